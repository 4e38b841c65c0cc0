"""Finds states and cities in the words of a search. Codes of states that are words too need case and neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jobboard.places import city, state, states
from jobboard.places.gazetteer import large_cities
from jobboard.search.concepts import Candidate, around, of_city, of_state
from jobboard.vocabulary import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jobboard.places import Place, State
    from jobboard.postings.recognition.reading import Sentence, Token
    from jobboard.search.concepts import Meaning

_LEADS = frozenset({"in", "near", "from", "around", "at"})
# Words of every day: in small letters they are never a state, unless a city stands before them.
_EVERYDAY = frozenset({"as", "hi", "in", "me", "oh", "ok", "or"})
# Also words of medicine and of the trade: cancer, physician assistant, MS-DRG, Veterans Affairs …
_OF_THE_TRADE = frozenset(
    (
        "al",
        "ca",
        "co",
        "de",
        "id",
        "la",
        "ma",
        "md",
        "mi",
        "mo",
        "mp",
        "ms",
        "mt",
        "pa",
        "pr",
        "sc",
        "va",
        "vi",
    )
)
# Cities that are words, or better known as names of health systems.
_CAUTIOUS_CITIES = frozenset(
    (
        "aurora",
        "beaumont",
        "concord",
        "corona",
        "enterprise",
        "independence",
        "mobile",
        "orange",
        "providence",
    )
) | {"reading", "surprise", "victoria"}
_OF_A_NAME = frozenset(
    ("children", "childrens", "clinic", "general", "health", "healthcare", "hospital", "hospitals", "medical")
) | {"memorial", "methodist", "university"}
_LONGEST_STATE, _LONGEST_CITY = 4, 4
_PEOPLE_OF_A_KNOWN_CITY, _PEOPLE_BEFORE_A_WORD = 100_000, 50_000
_TIMES_THE_NEXT = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """A state at tokens `first` to `last`, which is one of its two-letter codes or a name."""

    state: State
    first: int
    last: int
    is_code: bool


@cache
def _state_words() -> Mapping[tuple[str, ...], State]:
    found = {tuple(folded(word).split()): one for one in states() for word in (one.code, one.name)}
    if (capital := state("DC")) is not None:
        found |= {("washington", "dc"): capital, ("washington", "d", "c"): capital}
    return found


@cache
def _known_cities() -> Mapping[tuple[str, ...], Place]:
    """Cities that a name alone is enough for: large, and far larger than others of the name."""
    by_name: dict[tuple[str, ...], list[Place]] = {}
    for place in large_cities(_PEOPLE_OF_A_KNOWN_CITY // _TIMES_THE_NEXT):
        by_name.setdefault(tuple(folded(place.name).split()), []).append(place)
    found = {}
    for name, places in by_name.items():
        first, *others = sorted(places, key=lambda one: -one.population)
        apart = not others or first.population >= _TIMES_THE_NEXT * others[0].population
        if first.population >= _PEOPLE_OF_A_KNOWN_CITY and apart and name not in _state_words():
            found[name] = first
    return found


def place_candidates(
    sentence: Sentence, named: Sequence[tuple[int, int]], *, remote: bool
) -> Iterator[Candidate]:
    """Cities and states in a search. `named` are stretches of characters that surely name something else.

    With `remote` a state is where a posting may hire.
    """
    reader = _Reader(sentence, named, remote)
    found = list(reader.states())
    cities = [(one, reader.city_before(one)) for one in found]
    company = len([one for one in found if reader.is_plain(one)])
    for one, before in cities:
        if before is not None:
            first, place = before
            text = f"{reader.words(first, one.first)} {one.state.name}"
            yield from (
                reader.candidate(first, one.last, each, text) for each in (of_city(place), around(place))
            )
        elif not reader.is_operator(one):
            sure = reader.is_plain(one) or reader.is_supported(one, company)
            if sure or sentence.tokens[one.first].written.isupper():
                meaning = of_state(one.state.code, one.state.name, remote=remote)
                yield reader.candidate(one.first, one.last, meaning, one.state.name, sure=sure)
    for first, last, place in reader.known_cities():
        yield from (reader.candidate(first, last, each, "") for each in (of_city(place), around(place)))


@dataclass(frozen=True)
class _Reader:
    sentence: Sentence
    named: Sequence[tuple[int, int]]
    remote: bool

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sentence.tokens

    def words(self, first: int, last: int) -> str:
        """The text from token `first` up to token `last`, without what stands between it and the next."""
        return self.sentence.text[self.tokens[first].start : self.tokens[last - 1].end]

    def candidate(
        self, first: int, last: int, meaning: Meaning, text: str, *, sure: bool = True
    ) -> Candidate:
        start, lead = self.tokens[first].start, self.tokens[first].start
        if first and self.tokens[first - 1].word in _LEADS and self._gap(first, " "):
            lead = self.tokens[first - 1].start
        return Candidate(start, self.tokens[last - 1].end, meaning, sure, lead, text)

    def _gap(self, place: int, allowed: str) -> bool:
        """Whether nothing but `allowed` signs stands between token `place` and the one before."""
        between = self.sentence.text[self.tokens[place - 1].end : self.tokens[place].start]
        return not between.strip(allowed)

    def _run(self, first: int, last: int) -> tuple[str, ...] | None:
        if last > len(self.tokens) or not all(self._gap(at, " .'\u2019") for at in range(first + 1, last)):
            return None
        return tuple(token.word for token in self.tokens[first:last])

    def _names_something_else(self, first: int, last: int) -> bool:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return any(start < its_end and its_start < end for its_start, its_end in self.named)

    def states(self) -> Iterator[_Found]:
        """States by name or code, the longest names first, none inside another."""
        place = 0
        while place < len(self.tokens):
            for last in range(place + _LONGEST_STATE, place, -1):
                run = self._run(place, last)
                found = _state_words().get(run) if run else None
                if found is not None and not self._names_something_else(place, last):
                    is_code = last == place + 1 and len(self.tokens[place].word) == 2
                    yield _Found(found, place, last, is_code)
                    place = last - 1
                    break
            place += 1

    def city_before(self, one: _Found) -> tuple[int, Place] | None:
        """The city in front of a state, and its first token."""
        comma = one.first > 0 and "," in self.sentence.text[self.tokens[one.first - 1].end :][:2]
        if one.first == 0 or not self._gap(one.first, " ,"):
            return None
        for first in range(max(0, one.first - _LONGEST_CITY), one.first):
            if self._run(first, one.first) is None or self._names_something_else(first, one.first):
                continue
            place = city(self.words(first, one.first), one.state.code)
            if place is None:
                continue
            everyday = one.is_code and self.tokens[one.first].word in _EVERYDAY and not comma
            if everyday and (place.population < _PEOPLE_BEFORE_A_WORD or self._leads_to_a_city(one)):
                return None
            return first, place
        return None

    def _leads_to_a_city(self, one: _Found) -> bool:
        """Whether what looks like Oregon joins two cities: "Portland OR Seattle"."""
        runs = (self._run(one.last, one.last + length) for length in range(1, _LONGEST_CITY))
        return one.state.code == "OR" and any(run in _known_cities() for run in runs if run)

    def is_operator(self, one: _Found) -> bool:
        """Whether "OR" joins the words at its sides."""
        if not one.is_code or one.state.code != "OR" or one.first == 0 or one.last == len(self.tokens):
            return False
        return self.tokens[one.first - 1].word not in _LEADS

    def is_plain(self, one: _Found) -> bool:
        """Whether the words have no other meaning: a name, or capitals that abbreviate nothing else."""
        token = self.tokens[one.first]
        if not one.is_code:
            return True
        if token.word in _EVERYDAY | _OF_THE_TRADE:
            return False
        capitals = token.written.isupper() and not self.sentence.is_shouted
        return capitals or one.last == len(self.tokens) or self._is_led(one)

    def is_supported(self, one: _Found, company: int) -> bool:
        """Whether a neighbour makes a state of a code that is a word too."""
        token = self.tokens[one.first]
        capitals = token.written.isupper() and not self.sentence.is_shouted
        if token.word in _EVERYDAY and not capitals:
            return False
        return self._is_led(one) or (capitals and (self.remote or company > 0))

    def _is_led(self, one: _Found) -> bool:
        return one.first > 0 and self.tokens[one.first - 1].word in _LEADS and self._gap(one.first, " ")

    def known_cities(self) -> Iterator[tuple[int, int, Place]]:
        """Well-known cities without their state."""
        for first in range(len(self.tokens)):
            for last in range(first + _LONGEST_CITY, first, -1):
                run = self._run(first, last)
                place = _known_cities().get(run) if run else None
                if place is None or (run and run[0] in _CAUTIOUS_CITIES):
                    continue
                follows = self.tokens[last].word if last < len(self.tokens) else ""
                if follows not in _OF_A_NAME and not self._names_something_else(first, last):
                    yield first, last, place
                break
