"""Completes what is typed into the box for codes: a code by its beginning, or a description by those of its words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

import numpy as np

from jobboard.code_search.table import Table
from jobboard.code_search.words import begun_meanings
from jobboard.vocabulary.terms import folded
from search_index import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST: Final = 8
LONGEST: Final = 100
_BODIES_KEPT: Final = 10_000
# A letter or two begin the words of most codes: so many of the shortest descriptions are looked at.
_ENDING: Final = "\U0010ffff"
# So many of what each meaning of an abbreviation finds, and of all of its meanings.
_OF_A_MEANING, _OF_MEANINGS = 3, 4
# What is coded most, what codes are grouped into, and what nobody codes in any more.
_CODED_IN: Final = 6
_SYSTEMS: Final = (
    "icd10cm", "hcpcs", "icd10pcs", "cpt", "cdt", "modifier", "msdrg", "apc", "hcc", "icd9cm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """A completion: the system and code that it leads to, and the description in the edition of that id.

    The id is 0 where an article describes it.
    """

    system: str
    code: str
    description: str
    edition_id: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """A ready answer, and the editions whose words are in it."""

    text: bytes
    edition_ids: frozenset[int] = frozenset()


class CodeSuggester:
    """Completes from one table, for everybody or for those who may see more.

    `bodies` are ready answers that whoever writes them may keep here; they go when the table does.
    """

    def __init__(self, table: Table, audiences: Sequence[str]) -> None:
        """Take the table and who asks."""
        self._table = table
        numbers = [nth for nth, name in enumerate(table.audiences) if name in audiences]
        self._allowed = np.isin(table.audience, numbers)
        self.bodies: dict[tuple[bytes, str], Body] = {}

    def suggest(self, typed: str, *systems: str) -> tuple[CodeSuggestion, ...]:
        """At most `MOST` completions of `typed`, the best first, in `systems` where any is named."""
        rows = self._found(typed, systems) if typed.strip() and len(typed) <= LONGEST else []
        return tuple(self._suggestion(row) for row in rows)

    def remember(self, asked: tuple[bytes, str], body: Body) -> None:
        """Keep a ready answer; when there are many, all begin anew."""
        if len(self.bodies) >= _BODIES_KEPT:
            self.bodies.clear()
        self.bodies[asked] = body

    def _suggestion(self, row: int) -> CodeSuggestion:
        table = self._table
        return CodeSuggestion(
            table.system_of(row), table.code_of(row), table.description(row), table.edition_of(row)
        )

    def _found(self, typed: str, systems: tuple[str, ...]) -> list[int]:
        allowed = self._allowed
        if systems:
            numbers = [nth for nth, name in enumerate(self._table.systems) if name in systems]
            allowed = allowed & np.isin(self._table.system, numbers)
        by_code = self._by_code(typed, allowed)
        if len(by_code) >= MOST:
            return by_code
        meant = [row for one in begun_meanings(typed) for row in self._by_words(one, allowed)[:_OF_A_MEANING]]
        by_words = self._by_words(typed, allowed)
        return list(dict.fromkeys((*by_code, *meant[:_OF_MEANINGS], *by_words)))[:MOST]

    def _by_code(self, typed: str, allowed: NDArray[np.bool_]) -> list[int]:
        """The entries whose code, without its dot, begins so: the shortest code first, then by the alphabet.

        What codes are grouped into, and what has no words because only a crosswalk names it, comes last, unless it is
        typed to its end.
        """
        plain = "".join(typed.split()).replace(".", "").rstrip("-").upper()
        if not plain.isascii() or not plain.isalnum():
            return []
        keys, rows = self._codes
        start = int(np.searchsorted(keys, plain.encode()))
        end = int(np.searchsorted(keys, plain.encode() + b"\x7f"))
        begun = rows[start:end]
        lengths = np.char.str_len(keys[start:end])[allowed[begun]]
        begun = begun[allowed[begun]]
        if not len(begun):
            return []
        late = np.isin(self._table.system[begun], self._groupings) | (self._lengths[begun] == 0)
        order = np.lexsort((np.arange(len(begun)), lengths, late & (lengths > len(plain))))
        return [int(row) for row in begun[order][:MOST]]

    def _by_words(self, typed: str, allowed: NDArray[np.bool_]) -> list[int]:
        """The entries whose description has all words, the last one perhaps only begun.

        The general ones first, then those that begin with one of the words, then the shortest; some of each system.
        """
        words = folded(typed).split()
        if not words:
            return []
        left = allowed.copy()
        for nth, word in enumerate(words):
            carrying = np.zeros(len(left), dtype=bool)
            for rows in self._carrying(word, begun=nth == len(words) - 1):
                carrying[rows] = True
            left &= carrying
        found = np.nonzero(left)[0]
        if not len(found):
            return []
        begins = self._starts(words[-1])[found]
        for word in words[:-1]:
            begins |= self._first_word[found] == self._token(word)
        order = np.lexsort((found, self._lengths[found], ~begins, self._table.code_lengths[found]))
        return self._of_each_system(found[order], begins[order])

    def _of_each_system(self, rows: NDArray[np.intp], begins: NDArray[np.bool_]) -> list[int]:
        """The first `MOST` of `rows`: half of the first system, a few of each other.

        A system comes first where a description of it begins with what was typed, else in the order of `_SYSTEMS`.
        """
        numbers = self._table.system[rows]
        begun = set(numbers[begins].tolist())
        ranked = sorted(np.unique(numbers).tolist(), key=lambda one: (one not in begun, self._place(one)))
        found = [rows[numbers == system].tolist() for system in ranked]
        chosen = [found[0][: MOST // 2]]
        chosen += [each[: max(MOST // 4 // nth, 1)] for nth, each in enumerate(found[1:], 1)]
        spare = MOST - sum(map(len, chosen))
        for taken, each in zip(chosen, found, strict=True):
            more = each[len(taken) :][: max(spare, 0)]
            taken += more
            spare -= len(more)
        return list(chain.from_iterable(chosen))[:MOST]

    def _place(self, system: int) -> int:
        name = self._table.systems[system]
        return _SYSTEMS.index(name) if name in _SYSTEMS else len(_SYSTEMS)

    def _carrying(self, word: str, *, begun: bool) -> list[NDArray[np.intp]]:
        first, rows = self._postings
        numbers: set[int] = set()
        known = self._table.token_numbers
        numbers.update(known[token] for token in tokens(word) if token in known)
        if begun:
            tokens_known, places = self._alphabet
            start = bisect_left(tokens_known, word)
            end = bisect_left(tokens_known, word + _ENDING)
            numbers.update(places[start:end])
        return [rows[first[number] : first[number + 1]] for number in numbers]

    def _token(self, word: str) -> int:
        found = tokens(word)
        return self._table.token_numbers.get(found[0], -2) if found else -2

    def _starts(self, word: str) -> NDArray[np.bool_]:
        tokens_known, places = self._alphabet
        start, end = bisect_left(tokens_known, word), bisect_left(tokens_known, word + _ENDING)
        return np.isin(self._first_word, [*places[start:end], self._token(word)])

    @cached_property
    def _codes(self) -> tuple[NDArray[np.bytes_], NDArray[np.intp]]:
        """Codes without their dots by the alphabet, each with its row."""
        plain = np.char.replace(self._table.code, b".", b"")
        rows = np.argsort(plain, kind="stable")
        return plain[rows], rows

    @cached_property
    def _alphabet(self) -> tuple[list[str], list[int]]:
        pairs = sorted((token, number) for number, token in enumerate(self._table.vocabulary))
        return [token for token, _ in pairs], [number for _, number in pairs]

    @cached_property
    def _described(self) -> NDArray[np.intp]:
        """The term of each entry that is its description."""
        return self._table.first_term[:-1].astype(np.intp)

    @cached_property
    def _groupings(self) -> list[int]:
        """The systems of the table that no service or diagnosis is coded in."""
        return [nth for nth, name in enumerate(self._table.systems) if name in _SYSTEMS[_CODED_IN:]]

    @cached_property
    def _lengths(self) -> NDArray[np.int32]:
        return np.diff(self._table.first_sign)

    @cached_property
    def _first_word(self) -> NDArray[np.int32]:
        return self._table.main_token[self._described]

    @cached_property
    def _postings(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The rows whose description carries each token, one token after the other, and where each begins."""
        table = self._table
        starts, ends = table.first_token[self._described], table.first_token[self._described + 1]
        lengths = (ends - starts).astype(np.intp)
        rows = np.repeat(np.arange(len(table)), lengths)
        offsets = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        carried = table.token[np.arange(int(lengths.sum())) + offsets]
        order = np.argsort(carried, kind="stable")
        counts = np.bincount(carried, minlength=len(table.vocabulary))
        return np.concatenate([[0], np.cumsum(counts)]), rows[order]
