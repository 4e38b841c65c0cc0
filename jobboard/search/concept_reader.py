"""Reads a search: which of its words name a specialty, a credential, a place, pay, a code …, and what is left.

A concept is found by its words in the texts or by a field that carries it. Quoted phrases, beginnings (`word*`) and
what the person wants as plain words are left alone; a word with another meaning is offered as a concept instead.
Every step walks the words a fixed number of times, and no more of them are read than the engine would.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.postings.labels import REMOTE as REMOTE_ONES
from jobboard.postings.recognition.reading import Sentence
from jobboard.search.concept_amounts import (
    credential_candidates,
    experience_candidates,
    pay_basis_candidates,
    pay_candidates,
)
from jobboard.search.concept_clinical import clinical_candidates
from jobboard.search.concept_codes import code_candidates, intervals_of, mentions_of
from jobboard.search.concept_places import place_candidates
from jobboard.search.concept_terms import term_candidates
from jobboard.search.concepts import (
    ARRANGED,
    ARRANGEMENT,
    CITY,
    CODE,
    HIRES_IN,
    REMOTE,
    STATE,
    Candidate,
    Concept,
    Meaning,
    with_meaning,
)
from jobboard.vocabulary import folded
from search_index import AnyOf, Without, tokens
from search_index.analysis import DASHES
from search_index.query_text import MOST_WORDS, QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from jobboard.vocabulary import Vocabularies
    from search_index import Condition, Interval

_LEXEME = re.compile(r'-?"[^"]*"?|[^\s"]+')
# Stands for what is not read; no word and no phrase reaches across it.
_MASK = "|"
_MINUS = frozenset("-")
_ALTERNATIVE = re.compile(r"\s*(?:,?\s+or\s+|/)\s*", re.IGNORECASE)
# Of these, one typed beside the other is another choice and no further demand.
_PLACES = frozenset({STATE, HIRES_IN, CITY})
_BESIDE = re.compile(r"\s*(?:,|/|\bor\b|\band\b)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What was understood of `q`: concepts in the order of the words, and words that could be read as one.

    `plain` are words that the person wants to be nothing but words.
    """

    q: str
    concepts: tuple[Concept, ...]
    offers: tuple[Concept, ...]
    plain: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words for the engine: concepts as whole words, those that exclude by a field left out."""
        parts, at, before = [], 0, None
        for one in self.concepts:
            between = self.q[at : one.start - one.excluded]
            parts.append("OR" if before and _is_choice(before, one, between) else between)
            if not (one.excluded and one.meaning.parameter == ARRANGEMENT):
                parts.append("-" * one.excluded + one.text)
            at, before = one.end, one
        return " ".join(filter(None, map(str.strip, (*parts, self.q[at:]))))

    @property
    def ways(self) -> Mapping[tuple[str, ...], tuple[Interval | Condition, ...]]:
        """For the tokens of each concept, the codes and conditions by which it is met."""
        return {
            tuple(tokens(one.text)): tuple(way for meaning in one.meanings for way in meaning.ways)
            for one in self.concepts
        }

    @property
    def filters(self) -> dict[str, Condition]:
        """What excluded arrangements filter."""
        return {
            f"not {one.meaning.value}": Without(AnyOf(ARRANGED, _alike(one.meaning.value)))
            for one in self.concepts
            if one.excluded and one.meaning.parameter == ARRANGEMENT
        }

    @property
    def only_code(self) -> Meaning | None:
        """The code, family or range that the search is nothing but."""
        if len(self.concepts) != 1 or (one := self.concepts[0]).excluded or one.meaning.parameter != CODE:
            return None
        return one.meaning if not tokens(self.q[: one.start] + " " + self.q[one.end :]) else None

    @property
    def only_intervals(self) -> tuple[Interval, ...]:
        """What the search is nothing but, as the index matches it."""
        return intervals_of(mentions_of(self.only_code.value)) if self.only_code else ()

    def without(self, concept: Concept) -> str:
        """The search without the words of `concept`, and without what only led to them."""
        before = self.q[: concept.lead - concept.excluded].rstrip(" ,/" + DASHES)
        after = self.q[concept.end :].lstrip(" ,/")
        if not before or not after:
            before, after = before.removesuffix(" OR"), after.removeprefix("OR ")
        return f"{before} {after}".strip()


def _alike(arrangement: str) -> tuple[str, ...]:
    """The arrangements that somebody excludes with this one: who wants no remote work wants none after training."""
    return tuple(REMOTE_ONES) if arrangement == REMOTE else (arrangement,)


def _is_choice(before: Concept, one: Concept, between: str) -> bool:
    if before.excluded or one.excluded:
        return False
    parameters = {before.meaning.parameter, one.meaning.parameter}
    if parameters <= _PLACES:
        return _BESIDE.fullmatch(between) is not None
    return len(parameters) == 1 and _ALTERNATIVE.fullmatch(between) is not None


@lru_cache(maxsize=512)
def read_concepts(
    q: str, words: Vocabularies, plain: tuple[str, ...] = (), *, remote: bool = False
) -> Reading:
    """What the words of `q` mean. `plain` are words that the person wants as words; with `remote`, remote work was
    asked for already, so that a state is where a posting may hire.
    """
    masked = _masked(q)
    sentence = Sentence(masked)
    unwanted = frozenset(map(folded, plain))

    def wanted(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        return (one for one in candidates if folded(q[one.start : one.end]) not in unwanted)

    chosen = _Chosen(q)
    for kind in (pay_candidates, code_candidates, experience_candidates, credential_candidates):
        chosen.add(wanted(kind(masked)))
    chosen.add(wanted(pay_basis_candidates(masked, words["pay_basis"].label)))
    terms = list(wanted(term_candidates(sentence, words)))
    named = [(one.start, one.end) for one in terms if one.sure] + chosen.spans
    remote = remote or any(_is_remote(one, q) for one in terms)
    places = list(wanted(place_candidates(sentence, named, remote=remote)))
    found = [*terms, *places, *wanted(clinical_candidates(masked))]
    chosen.add(found)
    return Reading(q, chosen.concepts(), chosen.offers(found), tuple(unwanted))


def _masked(q: str) -> str:
    """The search, of equal length, with phrases and beginnings blotted out, and what lies beyond the bound."""
    text, end = [], 0
    for nth, lexeme in enumerate(_LEXEME.finditer(q.translate(QUOTES))):
        if nth == MOST_WORDS:
            break
        skipped = '"' in lexeme[0] or lexeme[0].endswith("*")
        text.append(" " * (lexeme.start() - end) + (_MASK * len(lexeme[0]) if skipped else lexeme[0]))
        end = lexeme.end()
    return "".join(text)


def _is_remote(one: Candidate, q: str) -> bool:
    remote = one.meaning.parameter == ARRANGEMENT and one.meaning.value.startswith(REMOTE)
    return remote and one.sure and not _is_excluded(one, q)


def _is_excluded(one: Candidate, q: str) -> bool:
    before = q[: one.start]
    return before[-1:] in _MINUS and (len(before) == 1 or before[-2].isspace())


class _Chosen:
    """The candidates that hold, the longest from left to right; none inside or across another."""

    def __init__(self, q: str) -> None:
        self._q = q
        self._concepts: dict[tuple[int, int], Concept] = {}

    @property
    def spans(self) -> list[tuple[int, int]]:
        return list(self._concepts)

    def add(self, candidates: Iterable[Candidate]) -> None:
        """Choose among `candidates`; equal words have several meanings."""
        for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
            span = one.start, one.end
            if not one.sure:
                continue
            excluded = _is_excluded(one, self._q)
            if excluded and any(map(str.isspace, self._q[one.start : one.end])):
                continue
            if span in self._concepts:
                self._concepts[span] = with_meaning(self._concepts[span], one.meaning)
            elif self._is_free(span):
                self._concepts[span] = replace(one.concept(self._q), excluded=excluded)

    def concepts(self) -> tuple[Concept, ...]:
        return tuple(self._concepts[span] for span in sorted(self._concepts))

    def offers(self, candidates: Sequence[Candidate]) -> tuple[Concept, ...]:
        """What the words left over could mean."""
        found: dict[tuple[int, int], Concept] = {}
        for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
            span = one.start, one.end
            if one.sure or not self._is_free(span) or _is_excluded(one, self._q):
                continue
            if span in found:
                found[span] = with_meaning(found[span], one.meaning)
            elif not any(start < span[1] and span[0] < end for start, end in found):
                found[span] = one.concept(self._q)
        return tuple(found.values())

    def _is_free(self, span: tuple[int, int]) -> bool:
        return not any(start < span[1] and span[0] < end for start, end in self._concepts)
