"""Which postings every saved search matches, worked out for all pairs in minutes: bits over the postings.

Each distinct word, phrase, beginning, value and condition is asked of all postings once and kept as a number with a
bit for each posting; a search is then a handful of `&` and `|`. Nothing here knows of the matcher, its graph, its rows.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import numpy
from numpy.typing import NDArray

from jobboard.search.saved import SavedSearch
from search_index import AnyOf, Condition, Document, Schema, StoredQuery
from search_index.conditions import Between, Both, Either, Overlapping, Stated, Without
from search_index.intervals import Interval, query_terms
from search_index.matching.facts import Facts
from search_index.query_text import Choice, Clause, Compound, Prefix, Term
from search_index.synonyms import Alternative, Expression

_CHUNK = 20_000


class Bits:
    """What holds of which of some postings; the first posting is the lowest bit."""

    def __init__(self, schema: Schema, postings: Sequence[Document]) -> None:
        """Analyse the postings."""
        self._facts = [Facts.of(schema, one) for one in postings]
        self._all = (1 << len(postings)) - 1
        self._kept: dict[Hashable, int] = {}
        self._tokens: dict[str, int] = {}
        self._values: dict[tuple[str, str], int] = {}
        self._terms: dict[str, dict[str, int]] = {}
        for number, facts in enumerate(self._facts):
            bit = 1 << number
            for token in facts.tokens:
                self._tokens[token] = self._tokens.get(token, 0) | bit
            for name, values in facts.keywords.items():
                for value in values:
                    self._values[name, value] = self._values.get((name, value), 0) | bit
            for name, terms in facts.terms.items():
                known = self._terms.setdefault(name, {})
                for term in terms:
                    known[term] = known.get(term, 0) | bit

    def matching(self, stored: StoredQuery) -> int:
        """The bits of the postings that `stored` matches."""
        words = stored.words()
        found = self._all
        for condition in stored.filters.values():
            found &= self.holding(condition)
        if stored.intervals:
            found &= self._mentioning(stored.intervals)
        for clause in words.required:
            found &= self.meeting(clause)
        for clause in words.excluded:
            found &= ~self.meeting(clause)
        return found

    def packed(self, stored: StoredQuery) -> bytes:
        """The same as bytes, the lowest bits first."""
        return self.matching(stored).to_bytes(_bytes(len(self._facts)), "little")

    def meeting(self, clause: Clause) -> int:
        """The bits of those whose texts and fields meet `clause`."""
        if clause not in self._kept:
            self._kept[clause] = self._met(clause)
        return self._kept[clause]

    def holding(self, condition: Condition) -> int:
        """The bits of those of which `condition` holds."""
        if condition not in self._kept:
            self._kept[condition] = self._held(condition)
        return self._kept[condition]

    def _met(self, clause: Clause) -> int:
        match clause:
            case Term(words, alternatives):
                return _any([self._saying(words), *map(self._standing_for, alternatives)])
            case Prefix(beginning, stems):
                begun = (bits for token, bits in self._tokens.items() if token.startswith(beginning))
                return _any([*begun, *(self._tokens.get(stem, 0) for stem in stems)])
            case Compound(parts, alternatives):
                together = self._all
                for part in parts:
                    together &= self.meeting(part)
                return _any([together, *map(self._standing_for, alternatives)])
            case Choice(options):
                return _any(map(self.meeting, options))

    def _held(self, condition: Condition) -> int:
        match condition:
            case AnyOf(name, values):
                return _any(self._values.get((name, value), 0) for value in values)
            case Between(name, least, most):
                return self._numbered(
                    name, lambda one: (least is None or one >= least) and (most is None or one <= most)
                )
            case Stated(name):
                return self._numbered(name, lambda _one: True)
            case Overlapping(name, intervals):
                return _any(self._terms[name].get(term, 0) for term in query_terms(intervals))
            case Without(unwanted):
                return self._all & ~self.holding(unwanted)
            case Either(conditions):
                return _any(map(self.holding, conditions))
            case Both(conditions):
                together = self._all
                for one in conditions:
                    together &= self.holding(one)
                return together

    def _saying(self, words: Expression) -> int:
        """The bits of those that say `words` in a row in one text."""
        if len(words) == 1:
            return self._tokens.get(words[0], 0)
        if words not in self._kept:
            phrase = f" {' '.join(words)} "
            told = (any(phrase in text for text in facts.texts) for facts in self._facts)
            self._kept[words] = _any(1 << number for number, says in enumerate(told) if says)
        return self._kept[words]

    def _standing_for(self, one: Alternative) -> int:
        if isinstance(one, tuple):
            return self._saying(one)
        return self._mentioning([one]) if isinstance(one, Interval) else self.holding(one)

    def _mentioning(self, intervals: Iterable[Interval]) -> int:
        sought = query_terms(intervals)
        return _any(known.get(term, 0) for known in self._terms.values() for term in sought)

    def _numbered(self, name: str, wanted: Callable[[int], bool]) -> int:
        values = ((1 << number, facts.numbers.get(name)) for number, facts in enumerate(self._facts))
        return _any(bit for bit, value in values if value is not None and wanted(value))


def _any(bits: Iterable[int]) -> int:
    together = 0
    for one in bits:
        together |= one
    return together


def differences(
    schema: Schema, path: Path, postings: Sequence[Document], found: Sequence[Sequence[int]]
) -> tuple[int, int]:
    """Pairs compared, and those that differ, of all searches in `path` with all postings.

    `found` holds for each posting the numbers of the searches (lines of the file) that it is said to match.
    """
    told = [numpy.sort(numpy.asarray(one)) for one in found]
    compared = different = first = 0
    # Fresh processes: what this one holds in memory is not copied.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=fresh, initializer=_begin, initargs=(schema, postings)) as pool:
        for worked_out in pool.map(_of_lines, *zip(*_stretches(path), strict=True)):
            matched = _unpacked(worked_out, len(postings))
            last = first + len(matched)
            for number, ids in enumerate(told):
                within = ids[slice(*numpy.searchsorted(ids, (first, last)))]
                # What only one side says is left over.
                matched[within - first, number] ^= True
            compared, different, first = compared + matched.size, different + int(matched.sum()), last
    return compared, different


def _unpacked(lines: bytes, postings: int) -> NDArray[numpy.bool_]:
    packed = numpy.frombuffer(lines, numpy.uint8).reshape(-1, _bytes(postings))
    return numpy.unpackbits(packed, axis=1, count=postings, bitorder="little").view(numpy.bool_)


def _bytes(postings: int) -> int:
    return (postings + 7) // 8


def _stretches(path: Path) -> Iterator[tuple[Path, int, int]]:
    """The file, where a stretch of at most `_CHUNK` lines begins in it, and how many lines it has."""
    with path.open("rb") as file:
        begin = 0
        while lengths := [len(line) for line in islice(file, _CHUNK)]:
            yield path, begin, len(lengths)
            begin += sum(lengths)


# Of a process that works out a share.
_bits: list[Bits] = []


def _begin(schema: Schema, postings: Sequence[Document]) -> None:
    _bits.append(Bits(schema, postings))


def _of_lines(path: Path, begin: int, lines: int) -> bytes:
    """The bits of so many searches, one after the other."""
    (bits,) = _bits
    with path.open("rb") as file:
        file.seek(begin)
        return b"".join(bits.packed(SavedSearch.from_json(line).sought) for line in islice(file, lines))
