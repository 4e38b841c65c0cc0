"""Codes like a code, each with the reason: beside it, in the same category, with the same words; two statements.

Words are compared with the entries around the code in the order of the book, so that what it costs has a bound however
large the edition is; what they weigh is one over the number of those entries that have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Float, Integer, Select, case, cast, func, literal, or_, select, union_all

from jobboard.codes.about.relations import Related
from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import Code, CodeRelation
from jobboard.database import db
from jobboard.vocabulary.terms import folded

MOST: Final = 10
AROUND: Final = 3000
"""Entries before and after the code among which its words are looked for."""
_CANDIDATES: Final = 40
_MOST_WORDS: Final = 4
_SHORTEST: Final = 4
_COMMON: Final = frozenset(
    {
        "with",
        "without",
        "unspecified",
        "other",
        "specified",
        "elsewhere",
        "classified",
        "type",
        "left",
        "right",
    }
    | {
        "initial",
        "encounter",
        "subsequent",
        "sequela",
        "each",
        "used",
        "code",
        "codes",
        "from",
        "into",
        "body",
    }
    | {"part", "than", "less", "more", "over", "under"}
)


@dataclass(slots=True)
class Similar:
    """A code that is like another, and why, as sentences without their end."""

    code: str
    words: str
    billable: bool
    beside: bool = False
    shared_words: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    score: float = 0.0


def telling_words(text: str) -> list[str]:
    """The words of a description by which others are looked for: the longest, folded, without the common ones."""
    words = dict.fromkeys(word for word in folded(text).split() if len(word) >= _SHORTEST)
    telling = [word for word in words if word not in _COMMON and not word.isdigit()]
    return sorted(telling, key=lambda word: (-len(word), word))[:_MOST_WORDS]


def similar_codes(code: Code, categories: Sequence[Related], sets: DaySets) -> list[Similar]:
    """At most `MOST` codes like `code`, the most like it first; `categories` are its own of CCSR and CMS-HCC."""
    words = telling_words(code.long)
    parts = [_beside(code)] + ([_worded(code, words)] if words else [])
    found: dict[str, Similar] = {}
    for row in db.session.execute(union_all(*(select(part.subquery()) for part in parts))):
        each = found.setdefault(row.code, Similar(row.code, row.long, row.billable))
        each.beside = each.beside or bool(row.beside)
        each.score = max(each.score, row.score)
        if row.score:
            each.shared_words = [word for word in words if f" {word}" in row.search_text]
    _mark_categories(code, categories, found, sets)
    # One shared word says little by itself.
    likely = [each for each in found.values() if each.beside or each.categories or len(each.shared_words) > 1]
    return sorted(likely, key=_place)[:MOST]


def _place(each: Similar) -> tuple[float, int, str]:
    reasons = each.beside + bool(each.categories) + len(each.shared_words)
    return (-reasons, len(each.words), each.code)


def _beside(code: Code) -> Select[Any]:
    """The entries of the same kind under the same one, the nearest first."""
    return (
        _columns(literal(1), literal(0.0))
        .where(
            *_others(code),
            Code.parent == code.parent if code.parent is not None else Code.parent.is_(None),
            Code.kind == code.kind,
        )
        .order_by(func.abs(Code.position - code.position), Code.position)
        .limit(_CANDIDATES // 2)
    )


def _worded(code: Code, words: Sequence[str]) -> Select[Any]:
    """The entries around it that have its words, those first that have the rarest of them."""
    hits = [
        case((Code.search_text.contains(f" {word}", autoescape=True), 1), else_=0).label(f"hit{at}")
        for at, word in enumerate(words)
    ]
    near = (
        select(Code.code, Code.long, Code.billable, Code.search_text, *hits)
        .where(
            *_others(code),
            Code.kind == code.kind,
            Code.position >= code.position - AROUND,
            Code.position <= code.position + AROUND,
        )
        .subquery()
    )
    marks = [near.c[f"hit{at}"] for at in range(len(words))]
    # A word that none of them has would make the whole sum NULL.
    score = sum(
        (func.coalesce(cast(mark, Float) / func.nullif(func.sum(mark).over(), 0), 0.0) for mark in marks),
        literal(0.0),
    )
    scored = select(near, score.label("score")).where(or_(*(mark == 1 for mark in marks))).subquery()
    return (
        select(
            scored.c.code,
            scored.c.long,
            scored.c.billable,
            scored.c.search_text,
            literal(0, Integer).label("beside"),
            scored.c.score,
        )
        .order_by(scored.c.score.desc(), func.length(scored.c.long), scored.c.code)
        .limit(_CANDIDATES)
    )


def _columns(beside: Any, score: Any) -> Select[Any]:
    return select(
        Code.code,
        Code.long,
        Code.billable,
        Code.search_text,
        beside.label("beside"),
        score.label("score"),
    )


def _others(code: Code) -> tuple[Any, ...]:
    """Other entries that may be used as the code is: billable ones for one that is."""
    return (
        Code.system == code.system,
        Code.edition_id == code.edition_id,
        Code.code != code.code,
        Code.billable.is_(code.billable),
    )


def _mark_categories(
    code: Code, categories: Sequence[Related], found: dict[str, Similar], sets: DaySets
) -> None:
    """Say of each that is found which categories it shares with `code`, and add some that share one."""
    ids = sets.ids(((code.system, "ccsr"), (code.system, "hcc")))
    if not categories or not ids:
        return
    # A part for each category, so that every one is looked up by its index.
    shared = union_all(
        *(
            select(CodeRelation.code, CodeRelation.to_code).where(
                CodeRelation.to_system == each.system,
                CodeRelation.to_code == each.code,
                CodeRelation.kind == each.kind,
                CodeRelation.edition_id.in_(ids),
            )
            for each in categories
        )
    ).subquery()
    rows = db.session.execute(
        select(shared.c.to_code, Code.code, Code.long, Code.billable)
        .join(Code, Code.code == shared.c.code)
        .where(*_others(code))
        .order_by(
            case((Code.code.in_(found), 0), else_=1), func.abs(Code.position - code.position), Code.code
        )
        .limit(4 * _CANDIDATES)
    )
    titles = {each.code: _title(each) for each in categories}
    for row in rows:
        each = found.setdefault(row.code, Similar(row.code, row.long, row.billable))
        each.categories.append(titles[row.to_code])


def _title(category: Related) -> str:
    named = "HCC" if category.system == "hcc" else "CCSR"
    return f"{named} {category.code}"
