"""Seventh characters of ICD-10-CM: a category defines them once, every final code below it carries them.

The tabular list states a definition at a category or subcategory and does not print the codes that follow
from it. A final code shorter than six characters is padded with the placeholder X, so that the seventh
character stands seventh (conventions of the tabular list, "7th characters and placeholder X"). The nearest
definition above a code counts: S12.8 has its own and does not take that of S12.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BASE_LENGTH: Final = 6
PLACEHOLDER: Final = "X"

_EXCEPTION = re.compile(
    r"7th characters?\s+(?P<characters>[0-9A-Z](?:\s*(?:,|and|or)\s*[0-9A-Z])*)\s+"
    r"do(?:es)? not apply to codes in \w+ (?P<stem>[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)-? "
    r"with 6th characters? (?P<sixth>.+)",
    re.IGNORECASE,
)
_SIXTH = re.compile(r"(?:^|,\s*or\s+|,\s*|\bor\s+|\band\s+)(?P<character>[0-9A-Z])\s*(?=-|,|$|or\b|and\b|\.)")
_SOUNDS_LIKE_EXCEPTION = re.compile(r"7th characters?\b.*\bnot apply\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeventhCharacter:
    """One character of a definition with its meaning and, rarely, a note printed below it."""

    character: str
    meaning: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SeventhException:
    """A sentence of the list by which some seventh characters are not used with some codes.

    `stem` is undotted; a code is meant when it begins with it and its sixth character is in `sixth`.
    """

    stem: str
    sixth: frozenset[str]
    characters: frozenset[str]

    def forbids(self, code: str) -> bool:
        """Whether the seven-character, undotted `code` must not exist."""
        return code.startswith(self.stem) and code[5] in self.sixth and code[6] in self.characters


def read_exception(note: str) -> SeventhException | None:
    """Read the exception that `note` states; None when it states none in words known here."""
    found = _EXCEPTION.search(note)
    if found is None:
        return None
    sixth = frozenset(m["character"] for m in _SIXTH.finditer(found["sixth"]))
    characters = frozenset(re.findall(r"\b[0-9A-Z]\b", found["characters"]))
    if not sixth or not characters:
        return None
    return SeventhException(found["stem"].replace(".", ""), sixth, characters)


def sounds_like_exception(note: str) -> bool:
    """Whether `note` seems to take seventh characters away, read or not."""
    return _SOUNDS_LIKE_EXCEPTION.search(note) is not None


def expand(
    base: str, characters: tuple[SeventhCharacter, ...], exceptions: tuple[SeventhException, ...]
) -> list[tuple[str, SeventhCharacter]]:
    """Return the seven-character codes (undotted) that `base` (undotted, up to six characters) stands for."""
    padded = base.ljust(BASE_LENGTH, PLACEHOLDER)
    made = ((padded + each.character, each) for each in characters)
    return [(code, each) for code, each in made if not any(rule.forbids(code) for rule in exceptions)]
