"""The demo's employers, advertisements and people as the files beside this module say them.

Every name in them is checked against the vocabularies, and an unknown key is an error that names its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jobboard.demo.wording import WORDS_OF_CONTENT, content_of

FOLDER = Path(__file__).parent / "data"
STATES = ("open", "draft", "in_review", "returned", "filled", "withdrawn", "expired", "removed")
_LONGEST_OPEN_DAYS = 60
_SHORTEST_AHEAD_DAYS = 8


class DemoDataError(ValueError):
    """A data file says something that the board cannot take; the message names file, entry and key."""


@dataclass(frozen=True)
class Advertisement:
    """One posting: whose it is, where it is to stand in its life, and what it says.

    Days count back from today (`ago`, `closed_ago`) or ahead of it (`closes`, negative for one that ran out;
    `starts`). `hires` is the key of another employer for which this one posts, `client` a name without people.
    """

    key: str
    employer: str
    hires: str
    client: str
    state: str
    ago: int
    closes: int
    closed_ago: int
    starts: int | None
    reason: str
    confirm_codes: bool
    pending: Mapping[str, Any]
    says: Mapping[str, Any]

    @property
    def address(self) -> str:
        """ "employer/key": what applications and reports name it by."""
        return f"{self.employer}/{self.key}"


@dataclass(frozen=True)
class Employer:
    """A company with the demo people who speak for it (by key) and its advertisements."""

    key: str
    name: str
    facts: Mapping[str, Any]
    owner: str
    recruiters: tuple[str, ...]
    advertisements: tuple[Advertisement, ...]


@dataclass(frozen=True)
class DemoData:
    """Everything that is loaded; the tables of people, applications, departures and reports as they are written."""

    employers: tuple[Employer, ...]
    people: tuple[Mapping[str, Any], ...]
    applications: tuple[Mapping[str, Any], ...] = ()
    departures: tuple[Mapping[str, Any], ...] = ()
    reports: tuple[Mapping[str, Any], ...] = field(default=())


_OF_LIFE = (
    "key",
    "for",
    "client",
    "state",
    "ago",
    "closes",
    "closed_ago",
    "starts",
    "reason",
    "confirm_codes",
    "pending",
)
_OF_EMPLOYER = (
    "name",
    "website",
    "setting",
    "city",
    "state",
    "zone",
    "about",
    "agency",
    "owner",
    "recruiters",
)


def read_demo(folder: Path = FOLDER) -> DemoData:
    """Read all files. Raises `DemoDataError`."""
    employers = tuple(_employer(path) for path in sorted((folder / "employers").glob("*.toml")))
    known = {one.address for employer in employers for one in employer.advertisements}
    sent = _toml(folder / "applications.toml")
    for table in ("application", "went", "report"):
        for entry in sent.get(table, ()):
            if entry["posting"] not in known:
                raise DemoDataError(f"applications.toml: {table}: no posting {entry['posting']!r}")
    return DemoData(
        employers,
        people(folder),
        tuple(sent.get("application", ())),
        tuple(sent.get("went", ())),
        tuple(sent.get("report", ())),
    )


def people(folder: Path = FOLDER) -> tuple[Mapping[str, Any], ...]:
    """Whom one may sign in as: `key`, `name`, what the person `does`, perhaps `moderator`."""
    return tuple(_toml(folder / "people.toml")["person"])


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise DemoDataError(f"{path.name}: {problem}") from problem


def _employer(path: Path) -> Employer:
    data = _toml(path)
    given = data["employer"]
    _only(given, _OF_EMPLOYER, f"{path.name}: employer")
    facts = {
        "website": given["website"],
        "about": given["about"].strip(),
        "setting": given["setting"],
        "is_agency": given.get("agency", False),
        "time_zone": given["zone"],
        "city": given["city"],
        "state": given["state"],
    }
    usual = data.get("usual", {})
    found = tuple(_advertisement(path, {**usual, **entry}) for entry in data["posting"])
    return Employer(
        path.stem, given["name"], facts, given.get("owner", ""), tuple(given.get("recruiters", ())), found
    )


def _advertisement(path: Path, entry: Mapping[str, Any]) -> Advertisement:
    place = f"{path.name}: {entry.get('key', 'a posting without key')}"
    _only(entry, (*_OF_LIFE, *WORDS_OF_CONTENT), place)
    state = entry.get("state", "open")
    if state not in STATES:
        raise DemoDataError(f"{place}: state: {state!r} is none of {', '.join(STATES)}")
    says = {name: value for name, value in entry.items() if name in WORDS_OF_CONTENT}
    try:
        content_of(says)
    except (ValueError, KeyError, TypeError) as problem:
        raise DemoDataError(f"{place}: {problem}") from problem
    ago = entry["ago"]
    return Advertisement(
        key=entry["key"],
        employer=path.stem,
        hires=entry.get("for", ""),
        client=entry.get("client", ""),
        state=state,
        ago=ago,
        closes=entry.get("closes", max(_SHORTEST_AHEAD_DAYS, _LONGEST_OPEN_DAYS - ago)),
        closed_ago=entry.get("closed_ago", 0),
        starts=entry.get("starts"),
        reason=entry.get("reason", ""),
        confirm_codes=entry.get("confirm_codes", False),
        pending=entry.get("pending", {}),
        says=says,
    )


def _only(entry: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for name in entry:
        if name not in known:
            raise DemoDataError(f"{place}: unknown key {name!r}")
