"""Roles, specialties and arrangement of a posting for ranking: what it states, and what its title names.

Nobody picks these as filters: a facet holds what is stated or was recognised, and no more.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.postings.recognition.arrangement import read_arrangement
from jobboard.postings.recognition.lexicon import lexicon
from jobboard.postings.recognition.reading import Sentence
from jobboard.search.concepts import ROLE, SPECIALTY

if TYPE_CHECKING:
    from jobboard.search.rows import PostingRow
    from jobboard.vocabulary import Vocabularies


def called(row: PostingRow, words: Vocabularies) -> list[str]:
    """Slugs of the roles stated, or else of those that the title names; none where neither says one."""
    return row.terms.get(ROLE) or list(_titled(row.title, words)[0])


def coded(row: PostingRow, words: Vocabularies) -> list[str]:
    """Slugs of the specialties stated and of those that the title names."""
    return list(dict.fromkeys((*row.terms.get(SPECIALTY, ()), *_titled(row.title, words)[1])))


def arranged(row: PostingRow) -> list[str]:
    """The slug of the arrangement stated, or else of the one that the title names: "Coder (Remote)"."""
    found = row.arrangement or _arranged_by(row.title)
    return [found] if found else []


@lru_cache(maxsize=16_384)
def _arranged_by(title: str) -> str:
    return read_arrangement((Sentence(title, is_title=True),)).slug or ""


@lru_cache(maxsize=16_384)
def _titled(title: str, words: Vocabularies) -> tuple[tuple[str, ...], tuple[str, ...]]:
    mentions = lexicon(words).mentions(Sentence(title, is_title=True))
    roles, specialties = (
        tuple(dict.fromkeys(one.slug for one in mentions if one.facet == facet))
        for facet in (ROLE, SPECIALTY)
    )
    return roles, specialties
