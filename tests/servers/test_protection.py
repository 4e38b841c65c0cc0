"""An Elasticsearch that asks who is there, behind TLS that only its own authority vouches for."""

from __future__ import annotations

import pytest
from elasticsearch import AuthorizationException, Elasticsearch

from tests.servers.probe import Address, ask, get
from tests.servers.protection import add_user, protected
from tests.servers.search import GIVEN, SearchServer, session
from tests.serving import eventually


@pytest.fixture(params=[True, False], ids=["tls", "plain"])
def server(request: pytest.FixtureRequest) -> SearchServer:
    if session.given():
        pytest.skip(f"the servers named in {GIVEN} are not ours to protect")
    return protected(tls=request.param)


def test_it_answers_those_it_knows_and_refuses_others(server: SearchServer) -> None:
    assert ask(Address(server.url, server.credentials, server.ca)).name == server.name
    assert get(Address(server.url, None, server.ca), "/_cluster/health").status == 401
    assert get(Address(server.url, ("jobboard", "wrong"), server.ca), "/_cluster/health").status == 401


def test_a_user_without_rights_is_known_and_refused(server: SearchServer) -> None:
    credentials = add_user(server, "reader", "monitoring_user")
    address = Address(server.url, credentials, server.ca)
    eventually(lambda: get(address, "/_cluster/health").status == 200, "the new user", 20)
    certificate = {"ca_certs": str(server.ca)} if server.ca else {}
    with (
        Elasticsearch(server.url, basic_auth=credentials, **certificate) as client,
        pytest.raises(AuthorizationException),
    ):
        client.indices.create(index="refused")


def test_its_certificate_is_believed_by_its_authority_or_its_fingerprint() -> None:
    if session.given():
        pytest.skip(f"the servers named in {GIVEN} are not ours to protect")
    server = protected(tls=True)
    for known in ({"ca_certs": str(server.ca)}, {"ssl_assert_fingerprint": server.fingerprint}):
        with Elasticsearch(server.url, basic_auth=server.credentials, **known) as client:
            assert client.cluster.health()["status"] == "green"
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        get(Address(server.url, server.credentials), "/_cluster/health")
