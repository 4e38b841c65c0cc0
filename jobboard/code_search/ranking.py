"""Orders what the engine found by how well a single term of each code says what was asked.

The engine knows which codes carry the words; here counts that one term carries them, and little else: the share of
the question that the term covers and the share of the term that the question covers. Words weigh what they tell
(`Table.weights`). The weights of the features were fitted to lines of the alphabetic index, each asked while it was
hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from jobboard.code_search.entries import ARTICLE, DRUGS, EXTERNAL, NEOPLASMS
from jobboard.code_search.table import BILLABLE, OTHER, SEVENTH, UNSPECIFIED, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Features = NDArray[np.float64]
    Rows = NDArray[np.intp]
    Masks = NDArray[np.integer]

_MOST_TOKENS: Final = 60
# Of so few tokens every mask is reckoned once, of more each mask that there is.
_FEW_TOKENS: Final = 8
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
    # Not fitted, for there are few: an editor's own words on a code, where they have all that is asked.
    "article": 5.0,
}
NAMES: Final = tuple(WEIGHTS)
_FITTED: Final = np.array(list(WEIGHTS.values()))


def order(table: Table, rows: Rows, questions: Sequence[Sequence[str]]) -> Rows:
    """The places of `rows`, best first, by the best of `questions`, each a way to put what was asked in tokens."""
    scores = [features(table, rows, question) @ _FITTED for question in questions if question]
    if len(rows) < 2 or not scores:
        return np.arange(len(rows))
    best = scores[0] if len(scores) == 1 else np.max(scores, axis=0)
    return np.argsort(-best, kind="stable")


def features(
    table: Table, rows: Rows, question: Sequence[str], hidden: frozenset[int] = frozenset()
) -> Features:
    """A line for each of `rows`, a column for each of `NAMES`; terms that are `hidden` count nothing."""
    asked = _Asked(table, question)
    term, first, lengths = _runs(table.first_term, rows)
    parents = table.parent[rows]
    above = table.first_term[np.where(parents >= 0, parents, rows)]
    weight, mask = asked.of(np.concatenate([term, above]))
    weight, weight_above = weight[: len(term)], weight[len(term) :]
    mask, mask_above = mask[: len(term)], mask[len(term) :]
    if hidden:
        lost = np.isin(term, list(hidden))
        weight, mask = np.where(lost, 0, weight), np.where(lost, 0, mask)
    share_asked, share_told = weight / asked.total, weight / table.term_weights[term]
    score = share_asked * np.sqrt(share_told)
    best = np.maximum.reduceat(score, first)
    owner = np.repeat(np.arange(len(rows)), lengths)
    at_best = np.nonzero(score == best[owner])[0][::-1]
    chosen = np.zeros(len(rows), dtype=np.intp)
    chosen[owner[at_best]] = at_best
    main = np.where(table.main_token[term] == asked.first, score, 0)
    source = table.source[term[chosen]]
    said = mask[chosen] | mask[first]
    both = asked.share(said)
    family = table.family[rows]
    of_family = (family[:, None] == family) @ best**2
    flags = table.flags[rows]
    other, unsaid = (flags & OTHER) > 0, (flags & UNSPECIFIED) > 0
    asks_other = bool(_LEFT_OPEN.intersection(question))
    sums = np.add.reduceat(score, first)
    told_whole = share_told[chosen] > 0.999
    return np.array(
        [
            best, share_asked[chosen], share_told[chosen], np.maximum.reduceat(main, first), np.log1p(sums),
            share_asked[first], share_told[first], score[first], both, asked.share(said | mask_above),
            weight_above / asked.total, asked.has_last(said), asked.ending(said),
            np.log1p(of_family), other & asks_other, other & (not asks_other),
            unsaid & asks_other, unsaid & (not asks_other),
            table.code_lengths[rows] / 8, (flags & SEVENTH) > 0, (flags & BILLABLE) > 0, best**2, both**2,
            told_whole, told_whole & (share_asked[chosen] > 0.999), source == DRUGS,
            source == EXTERNAL, source == NEOPLASMS, asked.share(np.bitwise_or.reduceat(mask, first)),
            (source == ARTICLE) & (share_asked[chosen] > 0.999),
        ],
        dtype=np.float64,
    ).T  # fmt: skip


class _Asked:
    """The tokens of a question: which terms carry them, and what share of it they are."""

    def __init__(self, table: Table, question: Sequence[str]) -> None:
        self._table = table
        once = list(dict.fromkeys(question))[:_MOST_TOKENS]
        known = [number for token in once if (number := table.token_numbers.get(token)) is not None]
        few = len(known) <= _FEW_TOKENS
        self._weights = table.weights[known].astype(np.float64)
        self.total = float(self._weights.sum()) + _UNKNOWN * (len(once) - len(known)) or 1.0
        self.first = known[0] if known else -2
        self._places = np.arange(len(known))
        self._bit_of = np.zeros(len(table.vocabulary), dtype=np.uint8 if few else np.int64)
        self._bit_of[known] = 1 << self._places
        self._every = self._carried(np.arange(1 << len(known))) if few else None

    def of(self, terms: NDArray[np.integer]) -> tuple[Features, Masks]:
        """Of each term the weight of the asked tokens that it carries, and which they are, as bits."""
        table = self._table
        place, first, lengths = _runs(table.first_token, terms)
        # A closing token that nobody asks for, so that the last run may be empty.
        bits = np.zeros(len(place) + 1, dtype=self._bit_of.dtype)
        bits[:-1] = self._bit_of[table.token[place]]
        mask = np.bitwise_or.reduceat(bits, first)
        mask[lengths == 0] = 0
        return self._sum(mask, self._weights), mask

    def share(self, mask: Masks) -> Features:
        """The share of the question that the tokens of each mask are."""
        return self._sum(mask, self._weights) / self.total

    def has_last(self, mask: Masks) -> Features:
        """Whether the last token is carried."""
        return self._sum(mask, (self._places == len(self._places) - 1).astype(np.float64))

    def ending(self, mask: Masks) -> Features:
        """The share of the last three tokens that is carried."""
        weights = self._weights.copy()
        weights[:-3] = 0
        return self._sum(mask, weights) / max(float(weights.sum()), 1.0)

    def _sum(self, mask: Masks, weights: Features) -> Features:
        """Of each mask the sum of the `weights` of its tokens."""
        if self._every is None:
            return np.asarray(self._carried(mask) @ weights)
        return np.asarray((self._every @ weights)[mask])

    def _carried(self, mask: Masks) -> Masks:
        """A line for each mask, with a one for each token that it has."""
        return np.asarray((mask[:, None] >> self._places) & 1)


def _runs(first: NDArray[np.int32], chosen: NDArray[np.integer]) -> tuple[Rows, Rows, Rows]:
    """The members of the `chosen` runs, one after the other, where each begins among them, and their lengths."""
    starts = first[chosen].astype(np.intp)
    lengths = first[chosen + 1] - starts
    begins = np.cumsum(lengths) - lengths
    members = np.arange(int(lengths.sum())) + np.repeat(starts - begins, lengths)
    return members, begins, lengths
