"""How a search cluster is reached: hosts, credentials and time limits. Nothing here prints a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

DEFAULT_PORT = 9200
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_FINGERPRINT = re.compile(r"[0-9A-Fa-f]{64}")


@dataclass(frozen=True, slots=True)
class Access:
    """What a cluster's URL does not say.

    `api_key` is Elasticsearch's own ("id:key" or its base64), instead of user and password. `ca` is the path of a
    PEM file that the server's certificate is checked against; `fingerprint` is that certificate's SHA-256 in hex,
    colons allowed, checked instead of a chain. Indexes are named with `prefix` before them. A search may take
    `search_seconds`, any other call `write_seconds`. Raises `ValueError` naming what cannot be used.
    """

    api_key: str = field(default="", repr=False)
    ca: str = ""
    fingerprint: str = ""
    prefix: str = "jobboard-"
    search_seconds: float = 3.0
    write_seconds: float = 30.0

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise ValueError(
                "prefix: it is up to 60 lower-case letters, digits, - and _, and begins with a letter or digit"
            )
        if self.fingerprint and not _FINGERPRINT.fullmatch(self.fingerprint.replace(":", "")):
            raise ValueError("fingerprint: it is the SHA-256 of the certificate, 64 hexadecimal digits")
        if self.ca and not Path(self.ca).is_file():
            raise ValueError(f"ca: there is no file {self.ca}")
        for name in ("search_seconds", "write_seconds"):
            if not 0 < getattr(self, name) <= 600:
                raise ValueError(f"{name}: it is a number of seconds above 0, up to 600")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The nodes of one cluster: addresses without credentials, and the credentials."""

    addresses: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """The addresses as they may be shown and logged."""
        return ",".join(self.addresses)


def hosts_of(url: str) -> Hosts:
    """Read `http(s)://[user:password@]host[:port][,host…]`; the first one's scheme, user and password hold for all.

    Raises `ValueError` for what is no such list, without repeating a password.
    """
    first, *others = (part.strip() for part in url.split(","))
    parts = _parts(first, "")
    found = [parts, *(_parts(one, parts.scheme) for one in others)]
    user, password = parts.username or "", parts.password or ""
    for one in found[1:]:
        if one.scheme != parts.scheme:
            raise ValueError("its hosts are all http or all https")
        if one.username and (one.username, one.password or "") != (user, password):
            raise ValueError("its hosts share one user and password")
    return Hosts(tuple(dict.fromkeys(map(_address, found))), unquote(user), unquote(password))


def _parts(text: str, scheme: str) -> SplitResult:
    parts = urlsplit(text if "://" in text or not scheme else f"{scheme}://{text}")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port of a host is a number up to 65535") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ValueError("it is http(s)://host:port, several hosts separated by commas")
    if parts.query or parts.fragment:
        raise ValueError("a host has no ? and no # behind it; encode such signs in a password")
    return parts


def _address(parts: SplitResult) -> str:
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{shown}:{parts.port or DEFAULT_PORT}", parts.path.rstrip("/"), "", ""))
