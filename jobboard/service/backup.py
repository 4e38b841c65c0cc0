"""A backup: a folder with the database of one moment, the files of the data folder, and a list of all with checksums.

The index is left out, since it is made from the database, and so are measures. Settings and the secret key are not
in the data folder and so not in the backup.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import make_url

from jobboard import __version__, clock
from jobboard.applications.store import sync_folder
from jobboard.database import db
from jobboard.measures import MEASURES_FOLDER
from jobboard.service.database_copy import dump, file_name
from jobboard.service.readiness import current_migration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jobboard.settings import Settings

FORMAT = 1
MANIFEST = "manifest.json"
DATA, DATABASE = "data", "database"
_CHUNK = 1024 * 1024


class BackupFailed(RuntimeError):
    """No backup was made, or it is not whole; the message says why."""


@dataclass(frozen=True)
class FileFacts:
    """Bytes of a file, and its SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: the kind of its database, that database's migration, and every file by its path."""

    kind: str
    migration: str
    files: dict[str, FileFacts]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


def back_up(target: Path) -> Manifest:
    """Make the backup `target`, a folder that is not there yet: whole or not at all. The board may be serving.

    Raises `BackupFailed`, or `CopyFailed` for the database.
    """
    settings: Settings = current_app.extensions["settings"]
    target = target.absolute()
    if target.exists():
        raise BackupFailed(f"{target} is there already; a backup is a new folder")
    if target.is_relative_to(settings.data_dir):
        raise BackupFailed(f"{target} lies in the data folder, which it is to be a copy of")
    with db.engine.connect() as connection:
        migration = current_migration(connection)
    if migration is None:
        raise BackupFailed("there is no board yet: its database has not been migrated")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part"))
    except OSError as problem:
        raise BackupFailed(f"{target} cannot be made: {problem.strerror}") from problem
    try:
        made = _filled(unfinished, settings, migration)
        for folder, _, _ in os.walk(unfinished):
            sync_folder(Path(folder))
        os.replace(unfinished, target)
        sync_folder(target.parent)
    except OSError as problem:
        raise BackupFailed(f"{problem.filename or target}: {problem.strerror}") from problem
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return made


def _filled(folder: Path, settings: Settings, migration: str) -> Manifest:
    url = make_url(settings.database_url)
    database = PurePosixPath(DATABASE, file_name(url))
    (folder / DATABASE).mkdir(mode=0o700)
    files: dict[str, FileFacts] = {}
    # A résumé's file is there before its row, and for a day after it. So what the database of any moment speaks of is
    # copied either before that moment or after it.
    _copy_new(settings, folder, files)
    dump(url, folder / database)
    _copy_new(settings, folder, files)
    files[str(database)] = _facts(folder / database)
    made = Manifest(url.get_backend_name(), migration, dict(sorted(files.items())))
    said = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "version": __version__,
        **asdict(made),
    }
    _write(folder / MANIFEST, json.dumps(said, indent=1).encode() + b"\n")
    return made


def _copy_new(settings: Settings, folder: Path, files: dict[str, FileFacts]) -> None:
    for path in _kept_files(settings):
        name = str(PurePosixPath(DATA, path.relative_to(settings.data_dir)))
        if name not in files:
            # What is gone meanwhile was not to be kept.
            with suppress(FileNotFoundError):
                files[name] = copy_file(path, folder / name)


def _kept_files(settings: Settings) -> Iterator[Path]:
    left_out = [settings.data_dir / MEASURES_FOLDER]
    scheme, _, place = settings.search_url.partition(":")
    if scheme == "embedded":
        left_out.append(Path(place))
    url = make_url(settings.database_url)
    of_database = {f"{url.database}{ending}" for ending in ("", "-wal", "-shm", "-journal")}
    for place, folders, names in os.walk(settings.data_dir, followlinks=True):
        folders[:] = sorted(name for name in folders if Path(place, name) not in left_out and name[0] != ".")
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and str(path) not in of_database and path.suffix != ".part":
                yield path


def copy_file(source: Path, place: Path) -> FileFacts:
    """Copy a file for good, readable by its owner alone; returns what was read. Raises `OSError`."""
    with source.open("rb") as file:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as copy:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
    return FileFacts(size, digest.hexdigest())


def _facts(path: Path) -> FileFacts:
    path.chmod(0o600)
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return FileFacts(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
