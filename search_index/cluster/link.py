"""The connection to a cluster. Here, and only here, the two families of servers differ.

Both official clients send what they are told to a path; everything above speaks the part of the interface that
Elasticsearch and OpenSearch share. Bodies go out as bytes made by orjson, and answers are read by it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from search_index.access import Access, Hosts
from search_index.cluster.elastic import elastic_caller
from search_index.cluster.failures import NotElastic, Refusal
from search_index.cluster.opensearch import opensearch_caller
from search_index.errors import Unavailable

# method, path, body, content type, parameters, seconds → the decoded answer; raises `Refusal` or `Unavailable`
Caller = Callable[[str, str, bytes | None, str, Mapping[str, str], float], Any]

JSON, LINES = "application/json", "application/x-ndjson"
UNDERSTOOD = {"elasticsearch": (8, 9), "opensearch": (2, 3)}
_NAMES = {"elasticsearch": "Elasticsearch", "opensearch": "OpenSearch"}
_FORBIDDEN = {401, 403}
_NOT_OFFERED = {400, 404, 405}


@dataclass(frozen=True, slots=True)
class Server:
    """What answered: "elasticsearch" or "opensearch", and its version as it says it."""

    family: str
    version: str

    def __str__(self) -> str:
        return f"{_NAMES.get(self.family, self.family)} {self.version}"


class Link:
    """A connection that is made at the first call, and anew in a forked process."""

    def __init__(self, hosts: Hosts, access: Access) -> None:
        """Touch nothing yet."""
        self.hosts, self.access = hosts, access
        self._lock = threading.Lock()
        self._caller: Caller | None = None
        self._server: Server | None = None
        self._process = 0

    @property
    def server(self) -> Server:
        """What answers at the other end. Raises `Unavailable` where nothing usable does."""
        self._connected()
        assert self._server is not None
        return self._server

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seconds: float = 0.0,
        **parameters: str,
    ) -> Any:
        """Return the decoded answer. `body` is data for JSON, or bytes of lines as `_bulk` takes them.

        Without `seconds` the call may take as long as a write may. Raises `Refusal` where the server says no to
        this call, and `Unavailable` where it cannot be reached, is overloaded, or takes no credentials of ours.
        """
        kind = LINES if isinstance(body, bytes) else JSON
        sent = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
        caller = self._connected()
        return self._asked(caller, method, path, sent, kind, parameters, seconds or self.access.write_seconds)

    def _asked(self, caller: Caller, *asked: Any) -> Any:
        try:
            return caller(*asked)
        except Refusal as refusal:
            if refusal.status in _FORBIDDEN and "block" not in refusal.kind:
                raise Unavailable(self._not_let_in(refusal)) from None
            raise

    def _connected(self) -> Caller:
        if self._caller is not None and self._process == os.getpid():
            return self._caller
        with self._lock:
            if self._caller is None or self._process != os.getpid():
                self._caller, self._server = self._told_apart()
                self._process = os.getpid()
            return self._caller

    def _told_apart(self) -> tuple[Caller, Server]:
        """Ask who is there: Elasticsearch says so in a header, which its client demands; OpenSearch in its answer."""
        try:
            caller = elastic_caller(self.hosts, self.access)
            server = Server("elasticsearch", self._version(caller))
        except NotElastic:
            caller = opensearch_caller(self.hosts, self.access)
            told = self._asked(caller, "GET", "/", None, JSON, {}, self.access.search_seconds)
            version = told.get("version") if isinstance(told, dict) else None
            if not isinstance(version, dict) or version.get("distribution") != "opensearch":
                raise Unavailable(
                    f"what answers at {self.hosts.shown} is neither Elasticsearch nor OpenSearch; "
                    "check the address of the search cluster"
                ) from None
            server = Server("opensearch", str(version.get("number")))
        major = server.version.partition(".")[0]
        if major not in {str(one) for one in UNDERSTOOD[server.family]}:
            wanted = " or ".join(map(str, UNDERSTOOD[server.family]))
            raise Unavailable(
                f"{server} answers at {self.hosts.shown}, but {wanted} is needed: install a server of such a version"
            )
        return caller, server

    def _version(self, caller: Caller) -> str:
        seconds = self.access.search_seconds
        try:
            told = self._asked(caller, "GET", "/", None, JSON, {}, seconds)
            return str(told["version"]["number"])
        except Refusal as refusal:
            # A server without its front page still tells about its nodes.
            if refusal.status not in _NOT_OFFERED:
                raise Unavailable(f"{self.hosts.shown} answered: {refusal}") from None
        except (KeyError, TypeError):
            raise NotElastic from None
        nodes = self._asked(
            caller, "GET", "/_nodes/_local", None, JSON, {"filter_path": "nodes.*.version"}, seconds
        )
        try:
            return str(next(iter(nodes["nodes"].values()))["version"])
        except (KeyError, TypeError, StopIteration):
            raise NotElastic from None

    def _not_let_in(self, refusal: Refusal) -> str:
        if self.access.api_key:
            with_what = "the API key"
        elif self.hosts.user:
            with_what = f"user {self.hosts.user!r} with its password"
        else:
            with_what = "a call without user and password or API key"
        reason = (
            "may not do this; give it the right"
            if refusal.status == 403
            else "is refused; check the credentials"
        )
        return f"the search cluster at {self.hosts.shown}: {with_what} {reason} ({refusal.kind or refusal.status})"
