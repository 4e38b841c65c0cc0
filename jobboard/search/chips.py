"""The chips of what was understood: what each says, and the addresses that pin it, remove it or make it plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.search.addresses import address, address_of
from jobboard.search.concepts import CODE, NEAR, PAY
from jobboard.search.facets import TITLES
from jobboard.search.request import PARAMETERS
from jobboard.vocabulary import folded

if TYPE_CHECKING:
    from jobboard.search.concept_reader import Reading
    from jobboard.search.concepts import Concept, Meaning
    from jobboard.search.request import SearchRequest

_TITLES = {CODE: "Code", NEAR: "Place", PAY: "Pay"}


@dataclass(frozen=True, slots=True)
class Way:
    """A link of a chip."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ReadChip:
    """A concept read from `words`. `pin` makes it a filter (None where it is one, or cannot be), `others` are the
    filters of its other meanings.
    """

    words: str
    group: str
    label: str
    excluded: bool
    remove_url: str
    plain_url: str
    pin: Way | None
    others: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class OfferedReading:
    """Words that were read as words, with what else they may mean; `read_url` where the person wanted them so."""

    words: str
    ways: tuple[Way, ...] = ()
    read_url: str = ""


def title_of(meaning: Meaning) -> str:
    """What kind of thing is meant: "Specialty"."""
    return _TITLES.get(meaning.parameter) or TITLES[meaning.parameter]


def read_chips(request: SearchRequest, reading: Reading) -> list[ReadChip]:
    """A chip for each concept, in the order of the words."""
    return [_chip(request, reading, one) for one in reading.concepts]


def offered_readings(request: SearchRequest, reading: Reading) -> list[OfferedReading]:
    """Words that could be read as a concept: those with another meaning, and those that the person made plain."""
    offered = [OfferedReading(one.words, _pins(request, reading, one)) for one in reading.offers]
    plain = [
        OfferedReading(words, read_url=address(replace(request, plain=_less(request, words), page=1)))
        for words in request.plain
    ]
    return [one for one in offered if one.ways] + plain


def _less(request: SearchRequest, words: str) -> tuple[str, ...]:
    return tuple(one for one in request.plain if one != words)


def _chip(request: SearchRequest, reading: Reading, concept: Concept) -> ReadChip:
    rest = replace(request, q=reading.without(concept), page=1)
    plain = replace(request, plain=(*request.plain, folded(concept.words)), page=1)
    ways = () if concept.excluded else _pins(request, reading, concept)
    return ReadChip(
        words=concept.words,
        group=title_of(concept.meaning),
        label=concept.meaning.label,
        excluded=concept.excluded,
        remove_url=address(rest),
        plain_url=address(plain),
        pin=ways[0] if ways else None,
        others=ways[1:],
    )


def _pins(request: SearchRequest, reading: Reading, concept: Concept) -> tuple[Way, ...]:
    """The filter of each meaning, in place of the words."""
    rest = replace(request, q=reading.without(concept), page=1).pairs()
    ways = []
    for meaning in concept.meanings:
        if meaning.parameter in PARAMETERS:
            chosen = [(meaning.parameter, value) for value in meaning.values]
            pairs = [*(pair for pair in rest if pair not in chosen), *chosen]
            ways.append(Way(f"{title_of(meaning)}: {meaning.label}", address_of(pairs)))
    return tuple(ways)
