"""The data folder of a demo: marked before anything is in it, with a key of its own."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from jobboard.service.cli import DEMO_MARK
from jobboard.settings import METERED_CODE_VIEWS, Settings, default_settings

if TYPE_CHECKING:
    from pathlib import Path

KEY_FILE = "demo.key"
_KEY_BYTES = 48
_MARK_TEXT = """This folder holds a demo board.
Its passwords are printed for all to see, so `jobboard serve` refuses it. Delete the whole folder to begin anew.
"""


class NotADemo(Exception):
    """The folder, or a setting, belongs to a board that is no demo; the message says which."""


def claim(settings: Settings) -> None:
    """Make and mark the data folder. Raises `NotADemo` where it, or the database, holds another board."""
    folder = settings.data_dir
    own = default_settings(folder)
    if settings.database_url != own.database_url:
        shown = make_url(settings.database_url).render_as_string(hide_password=True)
        raise NotADemo(
            f"JOBBOARD_DATABASE_URL is {shown}, but a demo keeps its database in its own folder: unset it for the demo"
        )
    if (folder / DEMO_MARK).exists():
        return
    if (folder / "board.db").exists():
        raise NotADemo(
            f"{folder} holds a board that is no demo: choose another folder with JOBBOARD_DATA_DIR, such as "
            "JOBBOARD_DATA_DIR=demo"
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / DEMO_MARK).write_text(_MARK_TEXT, encoding="utf-8")


def settings_for(settings: Settings, base_url: str) -> Settings:
    """The settings of the demo: what was set, but for its mail, its key, its address, and that it is a demo.

    Where nothing is said of the views of code pages, a demo counts them, so that the meter is seen.
    """
    own = default_settings(settings.data_dir)
    views = METERED_CODE_VIEWS if settings.code_views == Settings.code_views else settings.code_views
    return replace(
        settings,
        demo=True,
        mail_url=own.mail_url,
        secret_key=_key(settings.data_dir),
        base_url=base_url,
        code_views=views,
    )


def _key(folder: Path) -> str:
    """The folder's own secret, readable by its owner alone; made when it is missing."""
    path = folder / KEY_FILE
    if path.exists() and (kept := path.read_text(encoding="ascii").strip()):
        return kept
    fresh = secrets.token_urlsafe(_KEY_BYTES)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    return fresh
