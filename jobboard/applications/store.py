"""Files under random names in a folder outside of everything that is served.

A file is written beside its place, forced to the disk, moved, and read back before it counts as received.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{40}")
_UNFINISHED = ".part"


class NotStored(Exception):
    """A file could not be stored whole; nothing of it was left behind."""


@dataclass(frozen=True)
class StoredFile:
    """A file that was stored and read back: its name in the store, size in bytes, and SHA-256 in hex."""

    name: str
    size: int
    sha256: str


class DocumentStore:
    """The files in one folder, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> StoredFile:
        """Store `content` for good and read it back. Raises `NotStored` where the disk does not keep it."""
        name = secrets.token_hex(20)
        digest = hashlib.sha256(content).hexdigest()
        place = self._folder / name
        unfinished = self._folder / (name + _UNFINISHED)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_through(unfinished, content)
            os.replace(unfinished, place)
            sync_folder(self._folder)
            kept = hashlib.sha256(place.read_bytes()).hexdigest()
            if kept != digest:
                raise NotStored(f"{name} was read back with another content")
        except (OSError, NotStored) as problem:
            for left in (unfinished, place):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)
            raise NotStored(str(problem)) from problem
        return StoredFile(name, len(content), digest)

    def path(self, name: str) -> Path:
        """Where a stored file lies; ValueError for a name that the store never gave."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a name of this store")
        return self._folder / name

    def remove(self, name: str) -> None:
        """Delete a stored file; one that is gone already is no error."""
        self.path(name).unlink(missing_ok=True)

    def files_before(self, moment: float) -> Iterator[tuple[Path, bool]]:
        """Files last written before `moment` (seconds since 1970), each with whether it was finished."""
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.iterdir()):
            stem = path.name.removesuffix(_UNFINISHED)
            with contextlib.suppress(FileNotFoundError):
                if _NAME.fullmatch(stem) and path.stat().st_mtime < moment:
                    yield path, stem == path.name


def _write_through(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See that the names in `folder` outlive a power cut, as the files' contents do."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
