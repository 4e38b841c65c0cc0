"""Search engines for tests: where one is, and a name of its own for whatever a test makes there."""

from __future__ import annotations

import json
import urllib.request
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from uuid import uuid4

from search_index import Access
from tests.servers.search import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.search import SearchServer

EMBEDDED = "embedded"


@dataclass(frozen=True)
class Place:
    """A search URL, how it is reached, and the server behind it; `kind` is "embedded" or a server's name."""

    kind: str
    url: str
    access: Access
    server: SearchServer | None = None

    def settings(self) -> dict[str, object]:
        """As the board's settings say it."""
        return {"search_url": self.url, "search_prefix": self.access.prefix}

    def environment(self) -> dict[str, str]:
        """As the environment says it."""
        return {"JOBBOARD_SEARCH_URL": self.url, "JOBBOARD_SEARCH_PREFIX": self.access.prefix}


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Place]:
    """A place where nothing has been written yet; what is made there is gone afterwards."""
    if kind == EMBEDDED:
        yield Place(kind, f"embedded:{folder}", Access())
        return
    server = running(kind)
    prefix = f"t{uuid4().hex[:12]}-"
    # A busy machine takes its time over an index; tests of the time limit set their own.
    user = ":".join(map(quote, server.credentials or ()))
    url = server.url.replace("://", f"://{user}@") if user else server.url
    yield Place(kind, url, Access(prefix=prefix, search_seconds=30.0), server)
    for index in call(url, "GET", f"/{prefix}*/_mapping"):
        call(url, "DELETE", f"/{index}")


def call(url: str, method: str, path: str, body: object = None) -> dict[str, object]:
    """Ask a server behind the board's back, with no client of the board's."""
    data = None if body is None else json.dumps(body).encode()
    scheme, _, rest = url.partition("://")
    who, _, host = rest.rpartition("@")
    headers = {"Content-Type": "application/json"}
    if who:
        headers["Authorization"] = f"Basic {b64encode(unquote(who).encode()).decode()}"
    asked = urllib.request.Request(f"{scheme}://{host}{path}", data=data, method=method, headers=headers)
    with urllib.request.urlopen(asked, timeout=60) as response:
        told: dict[str, object] = json.loads(response.read())
    return told
