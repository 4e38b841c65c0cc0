"""Openings like one: the engine proposes those of its specialties or codes, what they share decides and is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import current_app

from jobboard import clock
from jobboard.codes.linker import interval
from jobboard.places import state
from jobboard.postings.labels import REMOTE
from jobboard.postings.presentation import code_shown
from jobboard.search.documents import CODES_FIELD
from jobboard.search.index import openings_index
from jobboard.search.opening_keys import keys_of
from jobboard.search.shelf import shelf
from jobboard.vocabulary import folded, vocabularies
from search_index import AnyOf, Between, Either, Interval, Overlapping, Query, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jobboard.postings.models import Posting
    from jobboard.postings.presentation import Card
    from jobboard.search.rows import CodeRow, PostingRow
    from search_index import Condition

MOST = 4
_EXTENSION = "similar_openings"
_KEPT_SECONDS = 300
_MOST_KEPT = 4096
_PROPOSED = 40
_MOST_CODES = 20
_MOST_WORDS = 24
_REASONS = 4
# What each thing in common is worth; at most two of a kind count.
_SPECIALTY, _CODE, _ROLE, _CREDENTIAL, _PLACE, _REMOTE, _TITLE = 3.0, 2.0, 1.0, 1.0, 1.5, 1.0, 3.0
# Without a specialty or a code in common, this part of the titles' words has to be.
_LIKE_TITLES = 0.5
_WORD = re.compile(r"[^\W_]+")
# They stand in most titles of the trade and tell nothing apart.
_USUAL_WORDS = frozenset({"a", "and", "at", "coder", "coding", "for", "in", "medical", "of", "the", "to"})


@dataclass(frozen=True)
class Similar:
    """A listed opening that is like another one, and what they have in common."""

    card: Card
    shared: tuple[str, ...]


@dataclass(frozen=True)
class _Likeness:
    points: float
    shared: tuple[str, ...]


_Chosen = tuple[tuple[int, tuple[str, ...]], ...]


def similar_openings(posting: Posting) -> list[Similar]:
    """At most four listed openings like `posting`, the likest first; none while the engine is away.

    Other advertisements of the same opening are left out. Which ones they are is kept for some minutes, whether they
    are still listed is not.
    """
    key = (posting.id, posting.version, int(clock.now().timestamp()) // _KEPT_SECONDS)
    kept: dict[tuple[int, int, int], _Chosen] = current_app.extensions.setdefault(_EXTENSION, {})
    chosen = kept.get(key)
    if chosen is None:
        try:
            chosen = _chosen(posting)
        except Unavailable:
            return []
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = chosen
    rows = shelf().listed([one for one, _ in chosen])
    return [Similar(shelf().card(rows[one]), shared) for one, shared in chosen if one in rows]


def _chosen(posting: Posting) -> _Chosen:
    """The ids of the likest, with what they have in common."""
    judged: dict[int, tuple[_Likeness, PostingRow]] = {}
    for query in _queries(posting):
        if len(judged) < MOST:
            ids = [int(one) for one in openings_index().search(query).ids]
            judged |= {one: found for one, found in _judged(posting, ids).items() if one not in judged}
    best = sorted(judged.values(), key=lambda one: -one[0].points)[:MOST]
    return tuple((row.id, likeness.shared) for likeness, row in best)


def _judged(posting: Posting, ids: list[int]) -> dict[int, tuple[_Likeness, PostingRow]]:
    """Those of the proposed that are like `posting`, in the engine's order."""
    rows = shelf().listed([one for one in ids if one != posting.id])
    # A posting has the attributes of a row that keys are made of.
    own = set(keys_of(cast("PostingRow", posting)))
    proposed = [rows[one] for one in ids if one in rows and own.isdisjoint(rows[one].opening_keys)]
    return {row.id: (likeness, row) for row in proposed if (likeness := _likeness(posting, row))}


def _queries(posting: Posting) -> Iterator[Query]:
    """Openings of its specialties or codes that share a word, best first; then those that share none, the newest."""
    specialties, labels = posting.slugs("specialty"), vocabularies()["specialty"]
    codes = [code for code in posting.codes if not code.dismissed][:_MOST_CODES]
    words = [*_title_words(posting.title), *(labels.label(slug) for slug in specialties)][:_MOST_WORDS]
    alike: list[Condition] = []
    if specialties:
        alike.append(AnyOf("specialty", tuple(specialties)))
    if codes:
        intervals = tuple(Interval(code.system, code.start, code.end, code.is_family) for code in codes)
        alike.append(Overlapping(CODES_FIELD, intervals))
    now = int(clock.now().timestamp())
    filters: dict[str, Condition] = {"open": Between("closes", least=now + 1)}
    if alike:
        filters["alike"] = Either(tuple(alike))
    # Literal words, any of them: they rank, and what the trade also calls them would only blur.
    text = " OR ".join(f'"{word}"' for word in words)
    if text:
        yield Query(text=text, filters=filters, size=_PROPOSED, now=now)
    if alike:
        yield Query(filters=filters, size=_PROPOSED, now=now)


def _likeness(posting: Posting, row: PostingRow) -> _Likeness | None:
    words = vocabularies()
    specialties = _both(posting.slugs("specialty"), row.slugs("specialty"))
    credentials = _both(posting.slugs("credential"), row.slugs("credential"))
    roles = _both(posting.slugs("role"), row.slugs("role"))
    codes = list(_common_codes(posting, row))
    states = _both([place.state for place in posting.places], [place.state for place in row.places])
    remote = posting.arrangement in REMOTE and row.arrangement in REMOTE
    own, other = set(_title_words(posting.title)), set(_title_words(row.title))
    titles = len(own & other) / len(own | other) if own | other else 0.0
    if not specialties and not codes and titles < _LIKE_TITLES:
        return None
    shared = [
        *(words["specialty"].label(slug) for slug in specialties[:2]),
        *codes[:2],
        *(words["credential"].label(slug) for slug in credentials[:2]),
        *(home.name for code in states[:1] if (home := state(code))),
        *(["Remote"] if remote else []),
        *(["A title like it"] if titles >= _LIKE_TITLES and not specialties and not codes else []),
    ]
    points = (
        _SPECIALTY * min(2, len(specialties))
        + _CODE * min(2, len(codes))
        + _CREDENTIAL * min(2, len(credentials))
        + _ROLE * min(2, len(roles))
        + _PLACE * bool(states)
        + _REMOTE * remote
        + _TITLE * titles
    )
    return _Likeness(points, tuple(shared[:_REASONS]))


def _both(own: Sequence[str], other: Sequence[str]) -> list[str]:
    return [one for one in dict.fromkeys(own) if one and one in other]


def _common_codes(posting: Posting, row: PostingRow) -> Iterator[str]:
    """The posting's codes that overlap one of the row's, as written."""
    theirs = [(code.system, *_span(code)) for code in row.codes]
    for code in posting.codes:
        low, high = code.low, code.high
        if not code.dismissed and any(
            code.system == system and low <= last and first <= high for system, first, last in theirs
        ):
            yield code_shown(code).text


def _span(code: CodeRow) -> tuple[str, str]:
    return interval(code.system, code.start, code.end, code.is_family)


@lru_cache(maxsize=2048)
def _title_words(title: str) -> tuple[str, ...]:
    words = dict.fromkeys(_WORD.findall(folded(title)))
    return tuple(word for word in words if word not in _USUAL_WORDS and not word.isdigit())
