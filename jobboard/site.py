"""The board's identity: `site.toml` in the data folder over these defaults."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jobboard.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A part of the site as the header names it; one without an address is not there yet and left out."""

    name: str
    line: str
    url: str = ""


_LOGO_ENDINGS = (".svg", ".png", ".jpg", ".webp")
DEFAULT_PARTS = (
    Part("CareerCenter", "Medical Coding Job Board", "/jobs"),
    Part("Case2Code", "Search and Code Lookup Tool", "/codes"),
    Part("CasePilot", "Medical Coding Assistant"),
    Part("CaseConsultant", "Instant Email Coding Consultant"),
)


@dataclass(frozen=True)
class Site:
    """Who runs the board. `logo` is the name of an image in the data folder, or empty for the house's own."""

    name: str = "CareerCenter"
    operator: str = "the operator of this board"
    contact: str = ""
    logo: str = ""
    time_zone: str = "America/New_York"
    parts: tuple[Part, ...] = DEFAULT_PARTS

    @property
    def holder(self) -> str:
        """Whose the site is, for the line of copyright: its operator where one is named, else its own name."""
        return self.operator if self.operator != Site.operator else self.name

    @property
    def present_parts(self) -> tuple[Part, ...]:
        """The parts that have a page here."""
        return tuple(part for part in self.parts if part.url)


def read_site(data_dir: Path) -> Site:
    """Read `site.toml` in `data_dir`; the defaults where there is none. Raises `SettingsError` naming the entry."""
    path = data_dir / "site.toml"
    if not path.exists():
        return Site()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsError(f"{path} cannot be read: {problem}") from problem
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key == "parts":
            values["parts"] = _parts(value, path)
        elif key in {"name", "operator", "contact", "logo", "time_zone"} and isinstance(value, str):
            values[key] = value
        else:
            raise SettingsError(f"{path}: {key!r} is not an entry of the site, or is not a text")
    if "time_zone" in values:
        try:
            ZoneInfo(values["time_zone"])
        except (KeyError, ValueError, OSError) as problem:
            raise SettingsError(
                f"{path}: time_zone {values['time_zone']!r} is no IANA time zone"
            ) from problem
    logo = values.get("logo", "")
    if logo and ("/" in logo or logo.startswith(".") or not logo.endswith(_LOGO_ENDINGS)):
        raise SettingsError(
            f"{path}: logo is the name of an image in the data folder ({', '.join(_LOGO_ENDINGS)})"
        )
    return Site(**values)


def _parts(value: object, path: Path) -> tuple[Part, ...]:
    if not isinstance(value, list):
        raise SettingsError(f"{path}: parts is a list of tables [[parts]]")
    parts = []
    for number, entry in enumerate(value, 1):
        if not isinstance(entry, dict) or set(entry) - {"name", "line", "url"} or not entry.get("name"):
            raise SettingsError(f"{path}: part {number} needs a name, and has a line and a url at most")
        url = str(entry.get("url", ""))
        if url and not url.startswith(("/", "https://")):
            raise SettingsError(f"{path}: the url of part {number} begins with / or https://")
        parts.append(Part(str(entry["name"]), str(entry.get("line", "")), url))
    return tuple(parts)
