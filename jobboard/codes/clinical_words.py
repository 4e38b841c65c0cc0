"""Everyday and clinical words, in our own wording, and the codes that they stand for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jobboard.codes.linker import parse_query_code

if TYPE_CHECKING:
    from jobboard.codes.linker import Mention

_FILE = Path(__file__).parent / "data" / "clinical_words.toml"


@dataclass(frozen=True, slots=True)
class ClinicalWords:
    """Ways to say one thing, and its codes as an address writes them ("cpt:62320-62327")."""

    words: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def mentions(self) -> list[Mention]:
        """The codes, each read in its system."""
        return [mention for code in self.codes for mention in parse_query_code(code)]


@cache
def clinical_words() -> tuple[ClinicalWords, ...]:
    """All of them, in the file's order."""
    entries = tomllib.loads(_FILE.read_text(encoding="utf-8"))["words"]
    return tuple(ClinicalWords(tuple(one["words"]), tuple(one["codes"])) for one in entries.values())
