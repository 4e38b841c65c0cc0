"""What a search server says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import urllib3

from tests.servers.editions import ELASTICSEARCH, OPENSEARCH, name_of

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Address:
    """Where a server is, and how it is spoken to: user and password, and whose certificates are believed."""

    url: str
    credentials: tuple[str, str] | None = None
    ca: Path | None = None

    @classmethod
    def read(cls, text: str) -> Address:
        """The address in "https://user:password@host:9200/". Errors: ValueError if it is not one of http(s)."""
        parts = urllib3.util.parse_url(text.strip())
        if parts.scheme not in ("http", "https") or not parts.host:
            raise ValueError(f"{text.strip()!r} is not the address of a search server (http://host:9200)")
        user, _, password = (parts.auth or "").partition(":")
        bare = parts._replace(auth=None).url.rstrip("/")
        return cls(bare, (user, password) if user else None)


@dataclass(frozen=True)
class Answer:
    """A server's family ("opensearch" or "elasticsearch"), its version ("2.19.1") and its cluster's name."""

    family: str
    version: str
    cluster: str

    @property
    def name(self) -> str:
        return name_of(self.family, self.version)


def get(address: Address, path: str, timeout: float = 5.0) -> urllib3.BaseHTTPResponse:
    """The answer to GET `path`. Errors: OSError when none comes in `timeout` seconds."""
    headers = urllib3.make_headers(basic_auth=":".join(address.credentials)) if address.credentials else {}
    ca = str(address.ca) if address.ca else None
    with urllib3.PoolManager(ca_certs=ca, retries=False, timeout=timeout) as pool:
        try:
            return pool.request("GET", address.url + path, headers=headers)
        except urllib3.exceptions.HTTPError as gone:
            raise OSError(f"{address.url} does not answer: {gone}") from gone


def ask(address: Address) -> Answer:
    """Who is there. Errors: OSError when nobody is, or not a search server.

    The core of Elasticsearch refuses `GET /`, so the family is told by a header and the version by the node.
    """
    response = get(address, "/_nodes/_local/http")
    if response.status != 200:
        raise OSError(f"{address.url} answers {response.status} to a question about itself")
    try:
        told: dict[str, Any] = response.json()
        (node,) = told["nodes"].values()
        family = ELASTICSEARCH if "X-Elastic-Product" in response.headers else OPENSEARCH
        return Answer(family, node["version"], told["cluster_name"])
    except (ValueError, KeyError, AttributeError) as odd:
        raise OSError(f"{address.url} does not answer like a search server") from odd


def is_ready(address: Address, cluster: str) -> bool:
    """Whether that cluster, and not another that took its port, answers and has all its indices open."""
    try:
        response = get(address, "/_cluster/health?wait_for_status=yellow&timeout=1s")
        return response.status == 200 and response.json()["cluster_name"] == cluster
    except (OSError, ValueError, KeyError):
        return False
