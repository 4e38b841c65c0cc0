"""The cheapest client there is, for it runs on the cores of the board that it measures."""

from __future__ import annotations

import re
import socket
from types import TracebackType
from typing import Self

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_PATIENCE_SECONDS = 60.0


class Asking:
    """Asks a board on this machine for compressed pages and does not look at them.

    Over one connection that is kept, or over a new one for each page (`kept=False`) as a proxy does: a connection that
    is kept stays with the process that took it, and a handful of them may all stay with the same. It brings a cookie,
    so that pages are made for it, unless it is a `stranger`, who may get a page that another saw a moment ago.
    """

    def __init__(self, port: int, *, kept: bool = True, stranger: bool = False) -> None:
        """Connect when something is asked for."""
        self._port, self._kept = port, kept
        self._cookie = "" if stranger else "Cookie: measured=1\r\n"
        self._socket: socket.socket | None = None

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def _connected(self) -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self._port), timeout=_PATIENCE_SECONDS)
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def get(self, path: str) -> int:
        """Ask for `path`, read the answer to its end, and return its status. Answers need a Content-Length."""
        if self._socket is None:
            self._socket = self._connected()
        ending = "" if self._kept else "Connection: close\r\n"
        asked = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{self._cookie}{ending}\r\n"
        )
        self._socket.sendall(asked.encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._received()
        head, _, body = answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head + b"\r\n")
        if length is None:
            raise RuntimeError(f"{path} was answered without a length")
        left = int(length[1]) - len(body)
        while left > 0:
            left -= len(self._received())
        if not self._kept:
            # At once: a server that closes waits for its client to do so.
            self._close()
        return int(head[9:12])

    def _received(self) -> bytes:
        assert self._socket
        part = self._socket.recv(262_144)
        if not part:
            raise RuntimeError("the board closed the connection")
        return part

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
