"""A backup made a board again: only where no board is, and only from a backup that is whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import make_url

from jobboard.database import db
from jobboard.service.backup import DATA, DATABASE, FORMAT, MANIFEST, FileFacts, Manifest, copy_file
from jobboard.service.database_copy import file_name, load, tables
from jobboard.service.readiness import known_migrations

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobboard.settings import Settings


class RestoreRefused(RuntimeError):
    """Nothing was restored; the message says why."""


def restore(source: Path) -> Manifest:
    """Fill the empty database and data folder of the running application with the backup `source`, or change nothing.

    Raises `RestoreRefused`, or `CopyFailed` where the database does not take it.
    """
    settings: Settings = current_app.extensions["settings"]
    url = make_url(settings.database_url)
    held = read_manifest(source)
    database = str(PurePosixPath(DATABASE, file_name(url)))
    if held.kind != url.get_backend_name() or database not in held.files:
        raise RestoreRefused(
            f"the backup is of {held.kind}, JOBBOARD_DATABASE_URL is {url.get_backend_name()}"
        )
    if held.migration not in known_migrations():
        raise RestoreRefused(
            f"the backup is of a newer version: its migration {held.migration} is not known here"
        )
    if tables(db.engine):
        raise RestoreRefused("the database already holds tables; a backup is restored into an empty one")
    db.engine.dispose()
    files = {name: settings.data_dir / Path(*PurePosixPath(name).parts[1:]) for name in held.files}
    del files[database]
    for place in files.values():
        if place.exists():
            raise RestoreRefused(f"{place} is there already; a backup is restored into an empty data folder")
    _check(source, held)
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        _fill(source, files, settings.data_dir, lambda: load(url, source / database))
    except OSError as problem:
        raise RestoreRefused(f"{problem.filename or settings.data_dir}: {problem.strerror}") from problem
    return held


def read_manifest(source: Path) -> Manifest:
    """What the backup `source` says it holds. Raises `RestoreRefused` where it is none, or of an unknown format."""
    try:
        said: dict[str, Any] = json.loads((source / MANIFEST).read_bytes())
        if said["format"] != FORMAT:
            raise RestoreRefused(f"{source}: format {said['format']} of backups is not known here")
        files = {
            str(name): FileFacts(facts["size"], facts["sha256"]) for name, facts in said["files"].items()
        }
        held = Manifest(str(said["kind"]), str(said["migration"]), files)
    except FileNotFoundError as problem:
        raise RestoreRefused(f"{source} is no backup: it has no {MANIFEST}") from problem
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise RestoreRefused(f"{source / MANIFEST} cannot be read: {problem}") from problem
    for name in files:
        parts = PurePosixPath(name).parts
        if len(parts) < 2 or parts[0] not in {DATA, DATABASE} or ".." in parts:
            raise RestoreRefused(f"{source / MANIFEST} names {name!r}, which is no file of a backup")
    return held


def _check(source: Path, held: Manifest) -> None:
    for name, facts in held.files.items():
        try:
            with (source / name).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == facts.sha256
        except OSError as problem:
            raise RestoreRefused(f"the backup is not whole: {name}: {problem.strerror}") from problem
        if not same:
            raise RestoreRefused(f"the backup is not whole: {name} is not the file that was saved")


def _fill(source: Path, files: dict[str, Path], folder: Path, load_database: Callable[[], None]) -> None:
    """Copy beside, then move into place, the database last; what was moved goes again where it does not come."""
    staged = Path(tempfile.mkdtemp(dir=folder, prefix=".restore-"))
    moved: list[Path] = []
    try:
        for name in files:
            copy_file(source / name, staged / name)
        for name, place in files.items():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.replace(staged / name, place)
            moved.append(place)
        load_database()
    except BaseException:
        for place in moved:
            place.unlink(missing_ok=True)
            _remove_empty(place.parent, folder)
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _remove_empty(place: Path, folder: Path) -> None:
    while place != folder:
        with suppress(OSError):
            place.rmdir()
        place = place.parent
