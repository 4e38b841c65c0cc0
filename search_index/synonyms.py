"""Other ways to write a thing, several words long, expanded in the query and never in the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from search_index.analysis import tokens
from search_index.conditions import Condition
from search_index.intervals import Interval

Expression = tuple[str, ...]
Alternative = Expression | Interval | Condition


class Synonyms:
    """Maps a run of tokens to what may stand in its place: other runs of tokens, codes, or a condition on fields.

    Build it once and give it to many queries; `of_groups` takes phrases as people write them.
    """

    def __init__(self, mapping: Mapping[Expression, Sequence[Alternative]] | None = None) -> None:
        """Take a mapping whose keys and alternatives are already analysed tokens."""
        self._mapping = {key: tuple(found) for key, found in (mapping or {}).items() if key}
        self.longest = max(map(len, self._mapping), default=0)

    @classmethod
    def of_groups(cls, groups: Iterable[Iterable[str | Interval | Condition]]) -> Synonyms:
        """Make every phrase of a group stand for all others of it, both ways; codes and conditions for phrases only."""
        mapping: dict[Expression, dict[Alternative, None]] = {}
        for group in groups:
            members: dict[Alternative, None] = {}
            for one in group:
                member: Alternative = tuple(tokens(one)) if isinstance(one, str) else one
                if member:
                    members[member] = None
            for member in members:
                if isinstance(member, tuple):
                    others = {other: None for other in members if other != member}
                    mapping.setdefault(member, {}).update(others)
        return cls({key: tuple(found) for key, found in mapping.items()})

    def of(self, expression: Expression) -> tuple[Alternative, ...]:
        """Return what may stand for `expression`, itself not included."""
        return self._mapping.get(expression, ())


NO_SYNONYMS = Synonyms()
