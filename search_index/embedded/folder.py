"""Where the embedded engine keeps an index on disk.

NAME/current            one line: the name of the build that is searched; replaced whole, so the swap is atomic
NAME/builds/BUILD/      tantivy's files and build.json (schema fingerprint, time that decay is counted from)
NAME/writer.lock        held by the one writer, with its process id
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from search_index.errors import Locked, MissingIndex, Unavailable

FORMAT = 1


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """What a build says of itself: schema fingerprint, and the start (seconds since 1970) of its decay columns."""

    fingerprint: str
    epoch: int
    format: int = FORMAT


class IndexFolder:
    """The folder of one index: which build is current, making and removing builds."""

    def __init__(self, root: Path, name: str) -> None:
        """Take the engine's folder and the index's name; nothing is made yet."""
        self.path = root / name
        self.builds = self.path / "builds"
        self.pointer = self.path / "current"

    def current(self) -> Path:
        """Return the folder of the build that is searched. Raises `MissingIndex`, `Unavailable`."""
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise MissingIndex(f"index {self.path.name} has not been built") from None
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(f"index {self.path.name}: its pointer cannot be read ({error})") from error
        if not name.isalnum() or not (self.builds / name).is_dir():
            raise Unavailable(f"index {self.path.name}: the build it points to is gone; rebuild it")
        return self.builds / name

    def new_build(self, facts: BuildFacts) -> Path:
        """Make an empty build and return its folder, after removing every build that is not current."""
        try:
            self.remove_leftovers()
            build = self.builds / uuid4().hex
            build.mkdir(parents=True)
            (build / "build.json").write_text(json.dumps(asdict(facts)), encoding="utf-8")
        except OSError as error:
            raise Unavailable(f"index {self.path.name}: a new build cannot be made ({error})") from error
        return build

    def facts(self, build: Path) -> BuildFacts:
        """Return what `build` says of itself. Raises `Unavailable` where that cannot be read."""
        try:
            told = json.loads((build / "build.json").read_text(encoding="utf-8"))
            return BuildFacts(str(told["fingerprint"]), int(told["epoch"]), int(told["format"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Unavailable(
                f"index {self.path.name}: the build is damaged ({error}); rebuild it"
            ) from error

    def make_current(self, build: Path) -> None:
        """Point to `build`, for all readers at one instant, and remove the others."""
        try:
            draft = self.pointer.with_suffix(".new")
            with draft.open("w", encoding="ascii") as file:
                file.write(build.name + "\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.pointer)
        except OSError as error:
            raise Unavailable(f"index {self.path.name}: the swap failed ({error})") from error
        self.remove_leftovers()

    def remove_leftovers(self) -> None:
        """Remove every build that is not current; readers that have one open keep what they see."""
        try:
            kept = self.current()
        except Unavailable:
            kept = None
        if self.builds.is_dir():
            for build in self.builds.iterdir():
                if build != kept:
                    shutil.rmtree(build, ignore_errors=True)

    def signature(self, build: Path) -> tuple[int, ...]:
        """Return numbers that change with every swap and with every commit to `build`."""
        try:
            # Asked before every search; joining paths would take longer than looking.
            pointer, meta = os.stat(self.pointer), os.stat(f"{build}/meta.json")
        except OSError:
            return ()
        return pointer.st_ino, pointer.st_mtime_ns, meta.st_ino, meta.st_mtime_ns


class WriterLock:
    """The right to write one index, held by one process at a time and given back when that process ends."""

    def __init__(self, folder: IndexFolder) -> None:
        """Take the lock. Raises `Locked` naming the holder, `Unavailable` where the folder cannot be made."""
        try:
            folder.path.mkdir(parents=True, exist_ok=True)
            self._file = (folder.path / "writer.lock").open("a+", encoding="ascii")
        except OSError as error:
            raise Unavailable(f"index {folder.path.name}: its folder cannot be written ({error})") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            holder = self._file.read(20).strip() or "unknown"
            self._file.close()
            raise Locked(f"index {folder.path.name} is being written by process {holder}") from None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Give the lock back."""
        self._file.close()
