"""Names that ICD-10-PCS files under a value of its own: the Achilles tendon is a "Lower Leg Tendon" there.

The alphabetic index of ICD-10-PCS prints them as "Achilles tendon — use Lower Leg Tendon, Right" (the body part, device
and substance keys). They hold in that system alone: elsewhere an Achilles tendon is what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlalchemy import select

from jobboard.codes.book_models import IndexTerm
from jobboard.codes.edition_choice import editions_on
from jobboard.database import db
from search_index import tokens

SYSTEM: Final = "icd10pcs"
_SIDES: Final = frozenset({"left", "right", "bilateral"})
_MARKS: Final = re.compile(r"\((?:R|TM|tm)\)|[®™]")
_BRACKETS: Final = re.compile(r"\s*\(([^)]*)\)")
_ANOTHER_WORD: Final = re.compile(r"\S+ \(([^)]+)\)(?= )")
# Words that people leave out: the soleus is a muscle to everybody.
_UNSAID: Final = re.compile(r" (?:bone|muscle)$", re.IGNORECASE)


def other_names() -> dict[str, list[str]]:
    """What the index in force says to use for each name: tokens by tokens, joined by blanks; empty without an index."""
    index = editions_on(kind="index").get(SYSTEM)
    if index is None:
        return {}
    columns = select(IndexTerm.path, IndexTerm.use).where(
        IndexTerm.edition_id == index.id, IndexTerm.use != ""
    )
    return told((path, use) for path, use in db.session.execute(columns.order_by(IndexTerm.position)))


def told(lines: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """As `other_names`, of lines of a name and the value to use for it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    short: dict[str, dict[str, None]] = defaultdict(dict)
    for name, use in lines:
        value = _text(_as_in_descriptions(use))
        for said in _said(name):
            found[_text(said)][value] = None
            if (less := _UNSAID.sub("", said)) != said:
                short[_text(less)][value] = None
    names: Mapping[str, dict[str, None]] = short | found
    return {
        name: kept
        for name, values in names.items()
        if name and (kept := [one for one in values if one and one != name])
    }


def _said(name: str) -> Iterator[str]:
    """The ways to say "Bulbourethral (Cowper's) gland": with the one word, and with the other."""
    plain = _MARKS.sub("", name.rpartition(" > ")[2])
    yield _BRACKETS.sub("", plain)
    if (other := _ANOTHER_WORD.sub(r"\1", plain)) != plain:
        yield _BRACKETS.sub("", other)


def _as_in_descriptions(use: str) -> str:
    """A value as descriptions have it: "Lymphatic, Right Neck" is a right neck lymphatic; sides are left open."""
    value = _MARKS.sub("", use).partition(" in ")[0]
    noun, _, kind = value.partition(", ")
    return noun if not kind or kind.lower() in _SIDES else f"{kind} {noun}"


def _text(said: str) -> str:
    return " ".join(tokens(said))
