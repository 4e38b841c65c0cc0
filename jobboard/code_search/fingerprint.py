"""Of what an index or a table is made: it changes with what is loaded, with what counts today, and with articles."""

from __future__ import annotations

import hashlib
from typing import Final

from jobboard.code_search.entries import HCC, INDEXES, licensed_editions
from jobboard.codes.datasets import CODES, NOTES
from jobboard.codes.edition_choice import editions_on, loaded_editions
from jobboard.codes.library import articles

# Raise it when entries or the table come to be made in another way.
FORM: Final = 4


def fingerprint() -> str:
    """32 hexadecimal digits; a few statements, one for each kind of set."""
    told: list[object] = [FORM]
    for kind in (CODES, NOTES, HCC, *INDEXES):
        chosen = {edition.id for edition in editions_on(kind=kind).values()}
        told += [
            (edition.id, edition.system, edition.kind, edition.label, edition.digest, edition.id in chosen)
            for edition in loaded_editions(kind=kind)
        ]
    told += [edition.id for edition in licensed_editions()]
    told += sorted((one.system, one.code, one.title, one.summary) for one in articles().values())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
