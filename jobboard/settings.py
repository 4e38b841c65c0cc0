"""Every setting, read once from the environment into one frozen object (the table is in docs/settings.md)."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "JOBBOARD_"
# Container platforms put the addresses of a service called "jobboard" under these names.
_INJECTED = re.compile(r"JOBBOARD_(TEST_.*|SERVICE_.*|PORT(_.*)?)")
_SHORTEST_KEY = 32
_FEWEST_CHARACTERS = 10
_SHORTEST_TOKEN = 20
_CODE_TIERS = ("guest", "account", "member")
METERED_CODE_VIEWS = "guest=1,account=6,member=unlimited"


class SettingsError(ValueError):
    """A setting that is unknown or cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What a running board needs to know. Paths are absolute; URLs are as written."""

    data_dir: Path
    # These may hold passwords.
    database_url: str = field(repr=False)
    search_url: str = field(repr=False)
    mail_url: str = field(repr=False)
    mail_from: str = "Job board <jobs@localhost>"
    secret_key: str = field(default="", repr=False)
    base_url: str = ""
    trusted_proxies: int = 0
    rate_limits: bool = True
    relevance_half_life_days: float = 365.0
    hours_per_year: float = 2080.0
    search_api_key: str = field(default="", repr=False)
    search_ca: str = ""
    search_fingerprint: str = ""
    search_prefix: str = "jobboard-"
    search_timeout_seconds: float = 3.0
    metrics_token: str = field(default="", repr=False)
    code_views: str = "guest=unlimited,account=unlimited,member=unlimited"
    code_views_per_network: int = 500
    demo: bool = False

    def environment(self) -> dict[str, str]:
        """Every setting as `read_settings` takes it, so that another process finds the same ones.

        A demo is not a setting: it is made by the command of that name.
        """
        return {"JOBBOARD_DATA_DIR": str(self.data_dir)} | {
            key: _written(getattr(self, name)) for key, (name, _) in _READERS.items()
        }

    def require_secret_key(self) -> None:
        """Raise `SettingsError` unless the key is long and varied enough to sign sessions with."""
        if not self.secret_key:
            raise SettingsError("JOBBOARD_SECRET_KEY is missing: set it to 32 or more random characters")
        if len(self.secret_key) < _SHORTEST_KEY or len(set(self.secret_key)) < _FEWEST_CHARACTERS:
            raise SettingsError("JOBBOARD_SECRET_KEY is weak: use 32 or more random characters")


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "" if value is None else str(value)


def default_settings(data_dir: Path, **values: object) -> Settings:
    """Settings with every part in `data_dir`, other fields replaced by `values`."""
    folder = data_dir.resolve()
    given: dict[str, object] = {
        "database_url": f"sqlite:///{folder / 'board.db'}",
        "search_url": f"embedded:{folder / 'search'}",
        "mail_url": f"mailbox:{folder / 'mailbox'}",
    }
    return Settings(data_dir=folder, **{**given, **values})  # type: ignore[arg-type]


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read `environ` (default: the process's). Raises `SettingsError` naming the key at fault."""
    source = os.environ if environ is None else environ
    found = {key: value for key, value in source.items() if key.startswith(PREFIX)}
    values: dict[str, object] = {}
    for key, text in found.items():
        if _INJECTED.fullmatch(key) or key == "JOBBOARD_DATA_DIR":
            continue
        reader = _READERS.get(key)
        if reader is None:
            raise SettingsError(f"{key} is not a setting; the settings are {', '.join(sorted(_KEYS))}")
        if not text.strip() and key != "JOBBOARD_BASE_URL":
            continue
        name, read = reader
        try:
            values[name] = read(text.strip())
        except ValueError as problem:
            raise SettingsError(f"{key} cannot be used: {problem}") from problem
    data_dir = Path(found.get("JOBBOARD_DATA_DIR") or "instance")
    if data_dir.exists() and not data_dir.is_dir():
        raise SettingsError(f"JOBBOARD_DATA_DIR cannot be used: {data_dir} is not a folder")
    return default_settings(data_dir, **values)


def database_address(text: str) -> str:
    """The address of a database as SQLAlchemy takes it; ValueError in words, without a password, where it is none."""
    scheme = text.partition(":")[0]
    if scheme in {"postgres", "postgresql"}:
        text = "postgresql+psycopg:" + text.partition(":")[2]
    elif scheme not in {"sqlite", "postgresql+psycopg"}:
        raise ValueError("it begins with sqlite:///, postgres:// or postgresql://")
    try:
        url = make_url(text)
    except ArgumentError as problem:
        raise ValueError("it is not an address such as sqlite:////srv/board/board.db") from problem
    except ValueError:
        # What could not be read may be a part of the password: it is not repeated.
        raise ValueError("its port is not a number") from None
    if url.get_backend_name() == "postgresql":
        _check_postgresql(url)
    if (
        url.get_backend_name() == "sqlite"
        and url.database
        and not url.database.startswith((":", "file:", "/"))
    ):
        # A relative path is the working folder's, not the package's.
        return url.set(database=str(Path(url.database).absolute())).render_as_string(hide_password=False)
    return text


def _check_postgresql(url: URL) -> None:
    if "@" in (url.host or ""):
        raise ValueError("write signs such as @ and / in the password as %40 and %2F")
    if not url.database:
        raise ValueError("it ends with the name of the database, such as postgresql://board@localhost/board")
    if "options" in url.query:
        raise ValueError("the board sets the option `options` itself")


def _search_url(text: str) -> str:
    if text == "embedded:" or not text.startswith(("embedded:", "http://", "https://")):
        raise ValueError("it is embedded: and a folder, or an http(s) address")
    return text


def _mail_url(text: str) -> str:
    scheme = text.partition(":")[0]
    if scheme not in {"smtp", "smtps", "mailbox"}:
        raise ValueError("it is smtp://host:port, smtps://host:port, or mailbox: and a folder")
    if scheme != "mailbox":
        parts = urlsplit(text)
        if not parts.hostname:
            raise ValueError("the mail server's host is missing")
        _ = parts.port  # a ValueError names a port that is none
    return text


def _base_url(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("it is the board's own address, such as https://jobs.example.org")
    return text.rstrip("/")


def _count(text: str) -> int:
    if not text.isdigit():
        raise ValueError("it is a whole number, 0 or more")
    return int(text)


def _days(text: str) -> float:
    value = float(text)
    if not 0 < value <= 3650:
        raise ValueError("it is a number of days above 0, up to 3650")
    return value


def _hours(text: str) -> float:
    value = float(text)
    if not 500 <= value <= 4000:
        raise ValueError("it is a number of hours from 500 to 4000")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 60:
        raise ValueError("it is a number of seconds above 0, up to 60")
    return value


def _switch(text: str) -> bool:
    if text not in {"on", "off"}:
        raise ValueError("it is on or off")
    return text == "on"


def _code_views(text: str) -> str:
    """The views of code pages per month and tier, in full: "guest=1,account=6,member=unlimited"."""
    if text == "unlimited":
        return Settings.code_views
    if text == "metered":
        return METERED_CODE_VIEWS
    named = [part.strip().partition("=")[::2] for part in text.split(",")]
    given = {name.strip(): number.strip() for name, number in named}
    if len(given) != len(named) or set(given) != set(_CODE_TIERS):
        raise ValueError("it is unlimited, metered, or such as guest=1,account=6,member=unlimited")
    for name, number in given.items():
        if number != "unlimited" and not (number.isdecimal() and number.isascii() and len(number) < 7):
            raise ValueError(f"{name} is a whole number below 1,000,000, or unlimited")
    return ",".join(f"{name}={given[name].lstrip('0') or '0'}" for name in _CODE_TIERS)


def _token(text: str) -> str:
    if len(text) < _SHORTEST_TOKEN or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError(f"it is {_SHORTEST_TOKEN} or more random characters without blanks")
    return text


def _address(text: str) -> str:
    if "@" not in text or "\n" in text:
        raise ValueError("it is a mail address, with or without a name before it")
    return text


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "JOBBOARD_DATABASE_URL": ("database_url", database_address),
    "JOBBOARD_SEARCH_URL": ("search_url", _search_url),
    "JOBBOARD_MAIL_URL": ("mail_url", _mail_url),
    "JOBBOARD_MAIL_FROM": ("mail_from", _address),
    "JOBBOARD_SECRET_KEY": ("secret_key", str),
    "JOBBOARD_BASE_URL": ("base_url", _base_url),
    "JOBBOARD_TRUSTED_PROXIES": ("trusted_proxies", _count),
    "JOBBOARD_RATE_LIMITS": ("rate_limits", _switch),
    "JOBBOARD_RELEVANCE_HALF_LIFE_DAYS": ("relevance_half_life_days", _days),
    "JOBBOARD_HOURS_PER_YEAR": ("hours_per_year", _hours),
    "JOBBOARD_SEARCH_API_KEY": ("search_api_key", str),
    "JOBBOARD_SEARCH_CA": ("search_ca", str),
    "JOBBOARD_SEARCH_FINGERPRINT": ("search_fingerprint", str),
    "JOBBOARD_SEARCH_PREFIX": ("search_prefix", str),
    "JOBBOARD_SEARCH_TIMEOUT_SECONDS": ("search_timeout_seconds", _seconds),
    "JOBBOARD_METRICS_TOKEN": ("metrics_token", _token),
    "JOBBOARD_CODE_VIEWS": ("code_views", _code_views),
    "JOBBOARD_CODE_VIEWS_PER_NETWORK": ("code_views_per_network", _count),
}
_KEYS = {"JOBBOARD_DATA_DIR", *_READERS}
