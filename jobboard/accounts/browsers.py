"""A browser's own description of itself in a few words that its user recognises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from jobboard.accounts.models import PersonSession

# The more special names come first: most browsers also name those they descend from.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def browser_in_words(agent: str) -> str:
    """Words such as "Firefox on Windows" for a User-Agent header."""
    browser = next((words for mark, words in _BROWSERS if mark in agent), "")
    system = next((words for mark, words in _SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"A browser on {system}" if system else "Another browser")


@dataclass(frozen=True)
class ShownBrowser:
    """A signed-in browser as its owner is shown it; times in words, in the owner's zone."""

    session_id: int
    words: str
    is_this: bool
    last_seen: str
    since: str
    address: str


def shown_browser(session: PersonSession, this_id: int, zone: str) -> ShownBrowser:
    """A session row in words."""
    return ShownBrowser(
        session_id=session.id,
        words=browser_in_words(session.browser),
        is_this=session.id == this_id,
        last_seen=_moment_in_words(session.last_seen_at, zone),
        since=_moment_in_words(session.created_at, zone),
        address=session.address,
    )


def _moment_in_words(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y, %H:%M %Z}"
