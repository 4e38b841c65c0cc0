"""What is said where a cluster cannot be used, and that no password is ever said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from search_index import Access, Index, Query, State, Unavailable, connect
from search_index.access import hosts_of
from tests.engines import Place
from tests.search_index.corpus import SCHEMA
from tests.servers.processes import free_ports
from tests.servers.protection import protected

SECRET = "hunter2-and-more"


@contextmanager
def answering(status: int, body: str, **headers: str) -> Iterator[str]:
    """A server that gives every question the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("http://a", ("http://a:9200",)),
        ("https://a:443/search/,b", ("https://a:443/search", "https://b:9200")),
        (
            "http://u:p%40x@a:9201, b:9202,http://u:p%40x@c",
            ("http://a:9201", "http://b:9202", "http://c:9200"),
        ),
        ("http://[::1]:9200,a:9200,a:9200", ("http://[::1]:9200", "http://a:9200")),
    ],
)
def test_hosts_are_read_without_their_credentials(url: str, addresses: tuple[str, ...]) -> None:
    assert hosts_of(url).addresses == addresses
    assert hosts_of(url).password in {"", "p@x"}


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"ftp://u:{SECRET}@a", "http"),
        (f"http://u:{SECRET}@", "host:port"),
        (f"http://u:{SECRET}@a:99999", "port"),
        (f"http://u:{SECRET}@a,https://b", "all http or all https"),
        (f"http://u:{SECRET}@a,http://other:{SECRET}@b", "one user"),
        (f"http://u:{SECRET}@a:9200/?x=1", r"\?"),
    ],
)
def test_a_wrong_address_is_said_without_the_password(url: str, named: str) -> None:
    with pytest.raises(ValueError, match=named) as refused:
        connect(url)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"prefix": "Jobs-"}, "prefix"),
        ({"prefix": ""}, "prefix"),
        ({"fingerprint": "abc"}, "fingerprint"),
        ({"ca": "/nowhere.pem"}, "ca"),
        ({"search_seconds": 0}, "search_seconds"),
        ({"write_seconds": 601}, "write_seconds"),
    ],
)
def test_what_cannot_be_used_to_reach_a_cluster_is_named(values: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named}:"):
        Access(**values)  # type: ignore[arg-type]


def test_nobody_there_is_said_with_the_address_and_without_the_password() -> None:
    port = free_ports(1)[0]
    engine = connect(f"http://u:{SECRET}@127.0.0.1:{port}", access=Access(api_key=""))
    index = engine.open(SCHEMA)
    with pytest.raises(Unavailable, match=f"127.0.0.1:{port} cannot be reached") as away:
        index.search(Query())
    assert index.state() is State.AWAY
    told = "".join(map(str, (away.value, engine.url, repr(engine), repr(index), vars(engine))))
    assert SECRET not in told


@pytest.mark.parametrize(
    ("status", "body", "headers", "said"),
    [
        (200, '{"hello": "world"}', {}, "neither Elasticsearch nor OpenSearch"),
        (200, "<html>a shop</html>", {"Content_Type": "text/html"}, "neither Elasticsearch nor OpenSearch"),
        (
            200,
            '{"version": {"number": "7.17.9"}}',
            {"X_Elastic_Product": "Elasticsearch"},
            "8 or 9 is needed",
        ),
        (
            200,
            '{"version": {"number": "10.0.0"}}',
            {"X_Elastic_Product": "Elasticsearch"},
            "8 or 9 is needed",
        ),
        (
            200,
            '{"version": {"number": "1.3.20", "distribution": "opensearch"}}',
            {},
            "OpenSearch 1.3.20 answers .* 2 or 3 is needed",
        ),
        (
            401,
            '{"error": {"type": "security_exception", "reason": "x"}}',
            {},
            "is refused; check the credentials",
        ),
        (403, '{"error": {"type": "security_exception", "reason": "x"}}', {}, "give it the right"),
        (429, "{}", {}, "answered 429"),
        (503, "{}", {}, "answered 503"),
    ],
)
def test_what_answers_and_cannot_be_used_is_said(
    status: int, body: str, headers: dict[str, str], said: str
) -> None:
    with answering(status, body, **headers) as url:
        with pytest.raises(Unavailable, match=said) as unusable:
            connect(url.replace("//", f"//board:{SECRET}@")).open(SCHEMA).search(Query())
        assert SECRET not in str(unusable.value)


def test_an_api_key_is_no_use_with_opensearch() -> None:
    with (
        answering(200, '{"version": {"number": "3.0.0", "distribution": "opensearch"}}') as url,
        pytest.raises(Unavailable, match="takes no API key"),
    ):
        connect(url, access=Access(api_key="abc")).open(SCHEMA).search(Query())


def test_a_host_that_is_gone_leaves_the_work_to_the_others(cluster: Place) -> None:
    gone = f"http://127.0.0.1:{free_ports(1)[0]}"
    for url in (f"{gone},{cluster.url}", f"{cluster.url},{gone}"):
        with connect(url, access=cluster.access).open(SCHEMA, write=True) as index:
            index.swap(index.begin_rebuild())
            for _ in range(4):
                assert index.search(Query()).total == 0


def test_what_answers_is_told_apart(cluster: Place) -> None:
    engine = connect(cluster.url, access=cluster.access)
    assert cluster.server is not None
    assert engine.server.lower() == f"{cluster.server.family} {cluster.server.version}"  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Guarded:
    """A real Elasticsearch that asks who is there: its address, its one user, and how its certificate is checked."""

    url: str
    user: str
    password: str
    trust: dict[str, str]
    fingerprint: str

    def index(self, user: str = "", password: str = "", **access: str) -> Index:
        """The index as somebody finds it who comes with these credentials."""
        who = f"{user}:{password}@" if user else ""
        values = {**self.trust, **access}
        found = Access(prefix="guarded-", search_seconds=30.0, **values)
        return connect(self.url.replace("://", f"://{who}"), access=found).open(SCHEMA, write=True)


@pytest.fixture(params=["plain", "TLS"])
def guarded(request: pytest.FixtureRequest) -> Guarded:
    server = protected(tls=request.param == "TLS")
    assert server.credentials is not None
    trust = {"ca": str(server.ca)} if server.ca else {}
    return Guarded(server.url, *server.credentials, trust, server.fingerprint or "")


def test_a_guarded_server_lets_in_who_has_user_and_password(guarded: Guarded) -> None:
    index = guarded.index(guarded.user, guarded.password)
    index.swap(index.begin_rebuild())
    assert index.search(Query()).total == 0


def test_a_guarded_server_refuses_a_wrong_password_a_wrong_key_and_nobody(guarded: Guarded) -> None:
    with pytest.raises(Unavailable, match=f"user '{guarded.user}' with its password is refused") as refused:
        guarded.index(guarded.user, SECRET).search(Query())
    assert SECRET not in str(refused.value)
    with pytest.raises(Unavailable, match="without user and password or API key is refused"):
        guarded.index().search(Query())
    with pytest.raises(Unavailable, match="the API key is refused"):
        guarded.index(api_key="bm90OmFrZXk=").search(Query())


def test_a_certificate_is_known_by_its_fingerprint_or_its_authority_and_else_not_trusted() -> None:
    server = protected(tls=True)
    assert server.credentials is not None
    known = Guarded(server.url, *server.credentials, {}, server.fingerprint or "")
    with_colons = ":".join(known.fingerprint[at : at + 2] for at in range(0, 64, 2))
    for fingerprint in (known.fingerprint, with_colons):
        state = known.index(known.user, known.password, fingerprint=fingerprint).state()
        assert state in {State.READY, State.MISSING}
    for access in ({"fingerprint": "0" * 64}, {}):
        with pytest.raises(Unavailable, match=r"cannot be trusted .*: check the CA file or the fingerprint"):
            known.index(known.user, known.password, **access).search(Query())


def test_a_server_that_hangs_is_given_up_within_the_limit(cluster: Place) -> None:
    assert cluster.server is not None
    access = Access(prefix=cluster.access.prefix, search_seconds=0.5, write_seconds=1.0)
    with connect(cluster.url, access=cluster.access).open(SCHEMA, write=True) as index:
        index.swap(index.begin_rebuild())
    impatient = connect(cluster.url, access=access).open(SCHEMA)
    assert impatient.search(Query()).total == 0
    cluster.server.pause()
    try:
        with pytest.raises(Unavailable, match=r"did not answer within 0\.5 seconds"):
            impatient.search(Query())
        assert impatient.state() is State.AWAY
    finally:
        cluster.server.resume()


def test_a_missing_ca_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no file"):
        Access(ca=str(tmp_path / "no.pem"))
