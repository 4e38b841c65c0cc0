"""Which search engine the settings name, and how it is reached."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from jobboard.settings import SettingsError
from search_index import Access, connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobboard.settings import Settings
    from search_index import Engine

_SETTING_OF = {
    "prefix": "JOBBOARD_SEARCH_PREFIX",
    "fingerprint": "JOBBOARD_SEARCH_FINGERPRINT",
    "ca": "JOBBOARD_SEARCH_CA",
    "search_seconds": "JOBBOARD_SEARCH_TIMEOUT_SECONDS",
}


def engine_of(settings: Settings, clock: Callable[[], float] = time.time) -> Engine:
    """The engine; nothing is opened or called yet. Raises `SettingsError` naming the setting at fault.

    `clock` tells the time that relevance decays from.
    """
    try:
        access = Access(
            api_key=settings.search_api_key,
            ca=settings.search_ca,
            fingerprint=settings.search_fingerprint,
            prefix=settings.search_prefix,
            search_seconds=settings.search_timeout_seconds,
        )
    except ValueError as problem:
        part, _, words = str(problem).partition(": ")
        raise SettingsError(f"{_SETTING_OF[part]} cannot be used: {words}") from problem
    try:
        return connect(settings.search_url, clock=clock, access=access)
    except ValueError as problem:
        raise SettingsError(f"JOBBOARD_SEARCH_URL cannot be used: {problem}") from None
