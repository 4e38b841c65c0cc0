"""Facts about an edition that follow from its file alone: dates, digest, the words it is found by."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

from jobboard.codes.records import CodeRecord, EditionFile
from jobboard.vocabulary.terms import folded

# Raise it when what is stored of a record changes, so that the next import loads unchanged files again.
STORED_FORM: Final = "1"
END_OF_TERM: Final = " |"


def effective_from(edition: str) -> date:
    """The day on which an edition of a fiscal-year system begins to count: "2026" is 1 October 2025.

    A release within the year counts from its month: "2026-04" from 1 April 2026.
    """
    year, _, month = edition.partition("-")
    return date(int(year), int(month), 1) if month else date(int(year) - 1, 10, 1)


def digest(file: EditionFile) -> str:
    """A fingerprint (64 hexadecimal digits) of everything that is stored of `file`; equal when nothing changed."""
    sha = hashlib.sha256(f"{STORED_FORM} {file.system} {file.edition}\n".encode())
    for record in file.records:
        sha.update(repr(record).encode())
    return sha.hexdigest()


def search_text(record: CodeRecord) -> str:
    """The folded words by which a record is found: description, inclusion terms, its code in two spellings.

    Each term is followed by a bar and each word preceded by a space, so that LIKE can ask for words that begin
    with some letters and for whole terms.
    """
    terms = [record.long, *(note.text for note in record.notes if note.kind == "inclusion")]
    if record.short and record.short != record.long:
        terms.append(record.short)
    terms.append(f"{record.code} {record.code.replace('.', '')}")
    return "".join(f" {folded(term)}{END_OF_TERM}" for term in terms)
