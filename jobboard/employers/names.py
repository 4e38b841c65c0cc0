"""Names of companies: the key by which one is found again, its address on the board, the host of its website."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 100
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
# Addresses under /employers that are not companies.
_TAKEN = frozenset({"mine", "new"})


def name_key(name: str) -> str:
    """The name without regard to case, accents and spaces: equal for two ways to write one company."""
    return " ".join(_plain(name).split())[:200]


def slug_for(name: str) -> str:
    """The name as it stands in an address; "company" where no letter of it can."""
    slug = _NOT_IN_SLUGS.sub("-", _plain(name)).strip("-")[:_LONGEST_SLUG].rstrip("-")
    return f"{slug}-company" if slug in _TAKEN else slug or "company"


def host_of(website: str) -> str:
    """The host of a website without "www.", or '' where there is none."""
    host = (urlsplit(website).hostname or "").casefold()
    return host.removeprefix("www.")[:253]


def ascii_host(address: str) -> str:
    """The host of an https address as browsers look it up, or '' where it has none that there could be."""
    try:
        parts = urlsplit(address)
        host, _ = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        return ""
    return host if parts.scheme == "https" and _HOST.fullmatch(host) else ""


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
