"""What somebody asks an importer for, and how the words of the command line are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from jobboard.codes.editions import effective_from, last_day
from jobboard.codes.records import CodeFileError
from jobboard.codes.release_names import release_named

COLUMNS: Final = ("code", "short", "long", "billable", "parent")
_LABEL: Final = re.compile(r"[\w][\w. -]{0,39}")


class WrongRequest(ValueError):
    """Something that was asked for cannot be; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class NamedEdition:
    """A label with the day from which the edition counts."""

    label: str
    begins: date


@dataclass(frozen=True, slots=True)
class Licence:
    """What a licence holder says of the files: see `CodeEdition`; None where nothing was said."""

    visible_to: str | None = None
    notice: str | None = None
    ends_on: date | None = None
    copyright_line: str | None = None


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """The files in the order given, what was said of their edition, and which column of a CSV holds what."""

    files: tuple[Path, ...]
    edition: NamedEdition | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    licence: Licence = field(default_factory=Licence)

    def edition_of(self, system: str, name: str, told: str | None = None) -> NamedEdition:
        """The edition of the file `name`: as was said, else `told` by the file itself, else by its name.

        Raises CodeFileError where nothing tells it.
        """
        if self.edition is not None:
            return self.edition
        label = told or release_named(system, name)
        if label is None:
            raise CodeFileError(
                name,
                "",
                "neither the file nor its name tells the edition: say --edition LABEL:YYYY-MM-DD, the label and "
                "the day from which it counts",
            )
        return NamedEdition(label, effective_from(label, system))

    def only_file(self) -> Path:
        """The one file given. Raises WrongRequest where there are more or none."""
        if len(self.files) != 1:
            raise WrongRequest(f"this kind takes one file, {len(self.files)} are given")
        return self.files[0]


def read_edition(text: str) -> NamedEdition:
    """Read LABEL:YYYY-MM-DD. Raises WrongRequest."""
    label, _, day = text.rpartition(":")
    try:
        begins = date.fromisoformat(day)
        last_day("icd10cm", begins)
    except (ValueError, OverflowError):
        begins = None
    if begins is None or not _LABEL.fullmatch(label):
        raise WrongRequest(f"{text!r} is no edition: write LABEL:YYYY-MM-DD, as in 2027:2026-10-01")
    return NamedEdition(label, begins)


def read_columns(texts: Iterable[str]) -> dict[str, str]:
    """Read code=…,short=…,long=…; what stands behind each is a name in the header. Raises WrongRequest."""
    columns: dict[str, str] = {}
    for pair in ",".join(texts).split(","):
        if not pair.strip():
            continue
        name, equals, header = (part.strip() for part in pair.partition("="))
        if not equals or name not in COLUMNS or not header or name in columns:
            raise WrongRequest(
                f"{pair!r} names no column: write code=…,short=…,long=…; there are {', '.join(COLUMNS)}"
            )
        columns[name] = header
    return columns
