"""Keeps a packed table in a folder, so that processes need not pack it anew but read it in a moment."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from jobboard.code_search.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)
# Hidden: it is made from the database, and a backup leaves it out.
FOLDER: Final = ".code-words"
_ARRAYS: Final = (
    "numbers", "system", "audience", "code", "parent", "family", "flags", "first_term", "first_token", "source",
    "token", "text", "first_sign",
)  # fmt: skip
_WORDS: Final = ("names", "systems", "audiences", "vocabulary")


def kept_or_made(data_folder: Path, made_of: str, make: Callable[[], Table]) -> Table:
    """The table of that fingerprint from the data folder; else what `make` returns, which is kept there then."""
    place = data_folder / FOLDER / made_of
    try:
        return _read(place, made_of)
    except (OSError, ValueError, KeyError):
        table = make()
        try:
            _write(table, place)
        except OSError as problem:
            log.warning("the words of codes cannot be kept: %s", problem)
        return table


def _read(place: Path, made_of: str) -> Table:
    words = json.loads((place / "words.json").read_text(encoding="utf-8"))
    # Mapped: the processes of one machine share the memory.
    arrays = {name: np.load(place / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _ARRAYS}
    return Table(**arrays, **{name: words[name] for name in _WORDS}, made_of=made_of, named=words["named"])


def _write(table: Table, place: Path) -> None:
    """Write beside and rename, so that nobody reads a half; tables of other fingerprints are removed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
    try:
        for name in _ARRAYS:
            np.save(beside / f"{name}.npy", getattr(table, name))
        words = {name: list(getattr(table, name)) for name in _WORDS} | {"named": dict(table.named)}
        (beside / "words.json").write_text(json.dumps(words), encoding="utf-8")
        others = [one for one in place.parent.iterdir() if one != beside]
        beside.rename(place)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if not place.is_dir():
            raise
        return
    for one in others:
        shutil.rmtree(one, ignore_errors=True)
