"""Killing `jobboard` at the numbered places between two effects, as a power cut would."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.serving import clean_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.settings import Settings

DRAIN = ("drain-claimed", "drain-loaded", "drain-written", "drain-committed", "drain-settled")
REBUILD = (
    "rebuild-leased",
    "rebuild-begun",
    "rebuild-page",
    "rebuild-compared",
    "rebuild-swapped",
    "rebuild-drained",
    "rebuild-released",
)
MAIL = ("mail-claimed", "mail-connected", "mail-handed-over", "mail-noted")
WORK = ("work-stored",)
CODES = ("codes-batch", "codes-in-force")
MY_CODES = ("change-letter-written",)
SECONDS = 60


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment in which a process finds the data, the engine and the mail server of a board under test."""
    return {
        **clean_environment(),
        "JOBBOARD_DATA_DIR": str(settings.data_dir),
        "JOBBOARD_DATABASE_URL": settings.database_url,
        "JOBBOARD_SEARCH_URL": settings.search_url,
        "JOBBOARD_SEARCH_PREFIX": settings.search_prefix,
        "JOBBOARD_SEARCH_TIMEOUT_SECONDS": str(settings.search_timeout_seconds),
        "JOBBOARD_MAIL_URL": settings.mail_url,
        "JOBBOARD_MAIL_FROM": settings.mail_from,
        "JOBBOARD_SECRET_KEY": settings.secret_key,
        "JOBBOARD_BASE_URL": settings.base_url,
        "JOBBOARD_RATE_LIMITS": "off",
    }


def begun(environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    """`jobboard` with these words in a process of its own, what it says in pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "jobboard", *words],
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_at(place: str, environment: Mapping[str, str], *words: str) -> None:
    """Run `jobboard` with these words until it is killed at `place`; fails if it ends otherwise, or not at all."""
    with begun({**environment, "JOBBOARD_TEST_CRASH_AT": place}, *words) as process:
        try:
            said, complained = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert process.returncode == -signal.SIGKILL, f"{place} was not reached: {said}{complained}"
