"""The words by which a code is found, folded, as they are stored beside it."""

from __future__ import annotations

from typing import Final

from jobboard.codes.records import CodeRecord
from jobboard.vocabulary.terms import folded

END_OF_TERM: Final = " |"


def search_text(record: CodeRecord) -> str:
    """The folded words by which a record is found: description, inclusion terms, its code in two spellings.

    Each term is followed by a bar and each word preceded by a space, so that LIKE can ask for words that begin
    with some letters and for whole terms.
    """
    terms = [record.long, *(note.text for note in record.notes if note.kind == "inclusion"), *record.terms]
    if record.short and record.short != record.long:
        terms.append(record.short)
    terms.append(f"{record.code} {record.code.replace('.', '')}")
    return "".join(f" {folded(term)}{END_OF_TERM}" for term in terms)
