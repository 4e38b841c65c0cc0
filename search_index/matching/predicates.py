"""Every question of every stored query, each kept once, however many queries ask it.

A question is a node: the smallest are keys that a document carries (a token, two tokens in a row, a value of a field),
and others need one or all of theirs. A *literal* is a node or its contrary: `2 * node`, and one more for the contrary.
A query is a few literals that must all hold. For a document only what it makes true is touched, from its keys upwards.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from search_index.matching.facts import Facts, pair_key, stated_key
from search_index.matching.grouping import Flags, Grouped, Whole, whole
from search_index.schema import Schema

TRUE, FALSE = 0, 1
# What a node needs is its name; a longer one, such as all places around a city, is told by its digest.
_LONGEST_KEY = 32
# So many new edges are looked through one by one before all are sorted again, and at most a part of all.
_FEW, _PART = 4096, 16


@dataclass
class _Ranges:
    """The ranges asked about one integer field."""

    least: array[int] = field(default_factory=lambda: array("q"))
    most: array[int] = field(default_factory=lambda: array("q"))
    node: array[int] = field(default_factory=lambda: array("i"))


class Predicates:
    """The nodes, and which of them a document makes true. Not safe to change and ask at once."""

    def __init__(self, schema: Schema) -> None:
        """Begin with the node that always holds."""
        self._schema = schema
        self._keys: dict[str, int] = {}
        self._composites: dict[bytes, int] = {}
        self._contraries: dict[int, int] = {}
        # By round, the nodes whose contraries are looked at in it, and those contraries.
        self._rounds: list[tuple[array[int], array[int]]] = [(array("i"), array("i"))]
        self._phrases: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._ranges: defaultdict[str, _Ranges] = defaultdict(_Ranges)
        self._beginnings: set[int] = set()
        # How many of its parts a node needs, and after how many rounds of contraries it is known.
        self._need = array("i", [0])
        self._round = array("b", [0])
        self._edges = (array("i"), array("i"))
        self._sorted = Grouped(whole([]))
        self._need_column = whole([])

    def __len__(self) -> int:
        return len(self._need)

    # What is asked

    def key(self, key: str) -> int:
        """Return the literal that holds for a document with `key`."""
        node = self._keys.get(key)
        if node is None:
            node = self._keys[key] = self._new(0)
        return 2 * node

    def beginning(self, key: str, length: int) -> int:
        """Return the literal for a key about tokens that begin with so many signs."""
        self._beginnings.add(length)
        return self.key(key)

    def phrase(self, words: tuple[str, ...]) -> int:
        """Return the literal for two or more tokens in a row."""
        pairs = [pair_key(*pair) for pair in pairwise(words)]
        if len(pairs) == 1:
            return self.key(pairs[0])
        text = f" {' '.join(words)} "
        if (node := self._keys.get(text)) is None:
            node = self._keys[text] = self._new(0)
            self._phrases[min(pairs, key=lambda pair: len(self._phrases.get(pair, ())))].append((text, node))
        return 2 * node

    def between(self, name: str, least: int | None, most: int | None) -> int:
        """Return the literal for a stated value from `least` to `most`."""
        if least is None and most is None:
            return self.key(stated_key(name))
        low, high = -(2**63) if least is None else least, 2**63 - 1 if most is None else most
        if low > high:
            return FALSE
        key = f"r{name} {low} {high}"
        if (node := self._keys.get(key)) is None:
            node = self._keys[key] = self._new(0)
            ranges = self._ranges[name]
            ranges.least.append(low)
            ranges.most.append(high)
            ranges.node.append(node)
        return 2 * node

    def any_of(self, literals: Iterable[int]) -> int:
        """Return the literal that holds where one of `literals` does; that of none never does."""
        parts = set(literals) - {FALSE}
        if TRUE in parts or any(part ^ 1 in parts for part in parts):
            return TRUE
        if not parts:
            return FALSE
        if len(parts) == 1:
            return parts.pop()
        if all(part & 1 for part in parts):
            return self.all_of(part ^ 1 for part in parts) ^ 1
        return 2 * self._composite(sorted(parts), 1)

    def all_of(self, literals: Iterable[int]) -> int:
        """Return the literal that holds where all of `literals` do; that of none always does."""
        parts = set(literals) - {TRUE}
        if FALSE in parts or any(part ^ 1 in parts for part in parts):
            return FALSE
        if not parts:
            return TRUE
        if len(parts) == 1:
            return parts.pop()
        if all(part & 1 for part in parts):
            return self.any_of(part ^ 1 for part in parts) ^ 1
        return 2 * self._composite(sorted(parts), len(parts))

    def _composite(self, parts: list[int], need: int) -> int:
        key = array("i", (need, *parts)).tobytes()
        if len(key) > _LONGEST_KEY:
            key = blake2b(key, digest_size=_LONGEST_KEY).digest()
        if (node := self._composites.get(key)) is None:
            nodes = [self._contrary(part // 2) if part & 1 else part // 2 for part in parts]
            node = self._composites[key] = self._new(need, max(self._round[one] for one in nodes))
            children, parents = self._edges
            children.extend(nodes)
            parents.extend([node] * len(nodes))
        return node

    def _contrary(self, node: int) -> int:
        """Return the node that holds where `node`, which has to be known a round before, does not."""
        if (found := self._contraries.get(node)) is None:
            after = self._round[node] + 1
            found = self._contraries[node] = self._new(0, after)
            if after == len(self._rounds):
                self._rounds.append((array("i"), array("i")))
            nodes, contraries = self._rounds[after]
            nodes.append(node)
            contraries.append(found)
        return found

    def _new(self, need: int, known_after: int = 0) -> int:
        self._need.append(need)
        self._round.append(known_after)
        return len(self._need) - 1

    # What holds

    def true_nodes(self, facts: Facts) -> tuple[Whole, Flags]:
        """Return the nodes that hold for a document, and a flag for each node whether it does."""
        holding = np.zeros(len(self), dtype=np.bool_)
        counts = np.zeros(len(self), dtype=np.int32)
        if len(self._need_column) != len(self):
            self._need_column = whole(self._need)
        need = self._need_column
        found: list[Whole] = []
        fresh = np.unique(whole([TRUE, *self._carried(facts), *self._met(facts)]))
        for after, (nodes, contraries) in enumerate(self._rounds):
            if after:
                fresh = whole(contraries)[~holding[whole(nodes)]]
            while len(fresh):
                holding[fresh] = True
                found.append(fresh)
                parents = self._parents(fresh, holding)
                np.add.at(counts, parents, 1)
                reached = np.unique(parents[counts[parents] >= need[parents]])
                fresh = reached[~holding[reached]]
        return np.concatenate(found), holding

    def _carried(self, facts: Facts) -> Iterator[int]:
        known = self._keys
        for key in facts.keys(self._schema, sorted(self._beginnings)):
            if (node := known.get(key)) is not None:
                yield node
            if key in self._phrases:
                for text, phrase in self._phrases[key]:
                    if any(text in one for one in facts.texts):
                        yield phrase

    def _met(self, facts: Facts) -> list[int]:
        """Return the nodes of the ranges that the document's numbers lie in."""
        met: list[int] = []
        for name, ranges in self._ranges.items():
            if (value := facts.numbers.get(name)) is not None:
                # Views, not copies; they are gone before another range is added.
                least = np.frombuffer(ranges.least, dtype=np.int64)
                most = np.frombuffer(ranges.most, dtype=np.int64)
                met += np.frombuffer(ranges.node, dtype=np.int32)[(least <= value) & (value <= most)].tolist()
        return met

    def _parents(self, fresh: Whole, holding: Flags) -> Whole:
        """Return the parents of `fresh` nodes, once for each edge."""
        grouped, (children, parents) = self._sorted, self._edges
        if len(children) - grouped.size > _FEW + grouped.size // _PART:
            grouped = self._sorted = Grouped(whole(children), whole(parents))
        found = grouped.sorted[grouped.within(fresh)]
        if grouped.size == len(children):
            return found
        mine = np.zeros(len(holding), dtype=np.bool_)
        mine[fresh] = True
        later = mine[whole(children[grouped.size :])]
        return np.concatenate([found, whole(parents[grouped.size :])[later]])
