"""Orders what the engine found by how well a single term of each code says what was asked.

The engine knows which codes carry the words; here counts that one term carries them, and little else: the share of
the question that the term covers and the share of the term that the question covers. Words weigh what they tell
(`Table.weights`). The weights of the features were fitted to lines of the alphabetic index, each asked while it was
hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from jobboard.code_search.entries import DRUGS, EXTERNAL, NEOPLASMS
from jobboard.code_search.table import BILLABLE, OTHER, SEVENTH, UNSPECIFIED, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Features = NDArray[np.float64]
    Rows = NDArray[np.intp]

_MOST_TOKENS: Final = 60
# What a word weighs that no code carries.
_UNKNOWN: Final = 14.0
_LEFT_OPEN: Final = frozenset({"nec", "specifi", "other"})
_UNSAID: Final = frozenset({"nos", "unspecifi"})

WEIGHTS: Final = {
    "best": 2.16,
    "best_asked": -7.89,
    "best_told": 1.44,
    "main": -1.56,
    "sum": 1.66,
    "title_asked": -4.72,
    "title_told": -1.51,
    "title": 10.4,
    "both": -7.49,
    "above_too": 2.99,
    "above": -0.58,
    "last": 0.94,
    "ending": 1.19,
    "family": 0.96,
    "other_asked": 1.21,
    "other": 0.04,
    "open_asked": -0.13,
    "open": 0.23,
    "depth": -2.4,
    "seventh": -3.04,
    "billable": 0.72,
    "best_squared": 2.34,
    "both_squared": 3.31,
    "whole": -0.19,
    "index_whole": 1.57,
    "drugs": -2.85,
    "external": -3.37,
    "neoplasms": -3.1,
    "everything": 7.04,
}
NAMES: Final = tuple(WEIGHTS)


def ranked(table: Table, rows: Rows, questions: Sequence[Sequence[str]]) -> Rows:
    """`rows`, best first, by the best of `questions`, each a way to put what was asked in tokens."""
    if len(rows) < 2:
        return rows
    weights = np.array([WEIGHTS[name] for name in NAMES])
    scores = [features(table, rows, question) @ weights for question in questions if question]
    return rows[np.argsort(-np.max(scores, axis=0), kind="stable")] if scores else rows


def features(
    table: Table, rows: Rows, question: Sequence[str], hidden: frozenset[int] = frozenset()
) -> Features:
    """A line for each of `rows`, a column for each of `NAMES`; terms that are `hidden` count nothing."""
    asked = _Asked(table, question)
    term, first = _runs(table.first_term, rows)
    weight, mask = asked.of(term)
    if hidden:
        lost = np.isin(term, list(hidden))
        weight, mask = np.where(lost, 0, weight), np.where(lost, 0, mask)
    share_asked, share_told = weight / asked.total, weight / table.term_weights[term]
    score = share_asked * np.sqrt(share_told)
    best = np.maximum.reduceat(score, first)
    owner = np.repeat(np.arange(len(rows)), np.diff(np.append(first, len(term))))
    at_best = np.nonzero(score == best[owner])[0][::-1]
    chosen = np.zeros(len(rows), dtype=np.intp)
    chosen[owner[at_best]] = at_best
    main = np.where(table.main_token[term] == asked.first, score, 0)
    source = table.source[term[chosen]]
    parents = np.where(table.parent[rows] >= 0, table.parent[rows], rows)
    weight_above, mask_above = asked.of(table.first_term[parents])
    both = asked.share(mask[chosen] | mask[first])
    _, families = np.unique(table.family[rows], return_inverse=True)
    of_family = np.bincount(families, weights=best**2)[families]
    flags = table.flags[rows]
    other, unsaid = (flags & OTHER) > 0, (flags & UNSPECIFIED) > 0
    asks_other = bool(_LEFT_OPEN.intersection(question))
    sums = np.add.reduceat(score, first)
    said = mask[chosen] | mask[first]
    return np.stack(
        [
            best, share_asked[chosen], share_told[chosen], np.maximum.reduceat(main, first), np.log1p(sums),
            share_asked[first], share_told[first], score[first], both, asked.share(said | mask_above),
            weight_above / asked.total, asked.has_last(said), asked.ending(said),
            np.log1p(of_family), other & asks_other, other & (not asks_other),
            unsaid & asks_other, unsaid & (not asks_other),
            np.char.str_len(table.code[rows]) / 8, (flags & SEVENTH) > 0, (flags & BILLABLE) > 0, best**2, both**2,
            share_told[chosen] > 0.999, (share_told[chosen] > 0.999) & (share_asked[chosen] > 0.999), source == DRUGS,
            source == EXTERNAL, source == NEOPLASMS, asked.share(np.bitwise_or.reduceat(mask, first)),
        ],
        axis=1,
    ).astype(np.float64)  # fmt: skip


class _Asked:
    """The tokens of a question: which terms carry them, and what share of it they are."""

    def __init__(self, table: Table, question: Sequence[str]) -> None:
        self._table = table
        once = list(dict.fromkeys(question))[:_MOST_TOKENS]
        known = [number for token in once if (number := table.token_numbers.get(token)) is not None]
        self._weights = table.weights[known]
        self.total = float(self._weights.sum()) + _UNKNOWN * (len(once) - len(known)) or 1.0
        self.first = known[0] if known else -2
        self._weight_of = np.zeros(len(table.vocabulary) + 1, dtype=np.float32)
        self._weight_of[known] = self._weights
        self._bit_of = np.zeros(len(table.vocabulary) + 1, dtype=np.int64)
        self._bit_of[known] = 1 << np.arange(len(known))
        self._places = np.arange(len(known))

    def of(self, terms: NDArray[np.integer]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Of each term the weight of the asked tokens that it carries, and which they are, as bits."""
        table = self._table
        place, first = _runs(table.first_token, terms)
        # A closing token that nobody asks for, so that the last run may be empty.
        token = np.append(table.token[place], len(table.vocabulary))
        weight = np.add.reduceat(self._weight_of[token], first)
        mask = np.bitwise_or.reduceat(self._bit_of[token], first)
        empty = table.first_token[terms] == table.first_token[terms + 1]
        return np.where(empty, 0, weight), np.where(empty, 0, mask)

    def share(self, mask: NDArray[np.int64]) -> Features:
        """The share of the question that the tokens of each mask are."""
        carried = (mask[:, None] >> self._places) & 1
        return np.asarray((carried @ self._weights) / self.total, dtype=np.float64)

    def has_last(self, mask: NDArray[np.int64]) -> NDArray[np.int64]:
        """Whether the last token is carried."""
        return (mask >> max(len(self._places) - 1, 0)) & 1

    def ending(self, mask: NDArray[np.int64]) -> Features:
        """The share of the last three tokens that is carried."""
        last = self._places[-3:]
        if not len(last):
            return np.zeros(len(mask))
        carried = (mask[:, None] >> last) & 1
        weight = max(float(self._weights[last].sum()), 1.0)
        return np.asarray((carried @ self._weights[last]) / weight, dtype=np.float64)


def _runs(first: NDArray[np.int32], chosen: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The members of the `chosen` runs, one after the other, and where each begins among them."""
    starts = first[chosen].astype(np.intp)
    lengths = first[chosen + 1] - starts
    begins = np.cumsum(lengths) - lengths
    members = np.arange(int(lengths.sum())) + np.repeat(starts - begins, lengths)
    return members, begins
