"""What the words of a search mean: abbreviations and everyday words, slips, and words that are only begun."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jobboard.codes
from jobboard.code_search.other_names import SYSTEM
from search_index import Synonyms, tokens
from search_index.likeness import near

if TYPE_CHECKING:
    from jobboard.code_search.table import Table

_FILE: Final = Path(jobboard.codes.__file__).parent / "data" / "search_words.toml"
Expression = tuple[str, ...]
_MOST_QUESTIONS: Final = 6
_MOST_CORRECTIONS: Final = 3
# Longer names of body parts and devices are not looked for.
_LONGEST_NAME: Final = 6
# So many letters of a word are needed before it is taken for the beginning of another; so many in each part of a pair.
_SHORTEST_BEGINNING, _SHORTEST_PART = 3, 3
_RARE, _LONG = 30, 9
# So many expressions of several words are completed.
_MOST_SAID = 2
# A word that so few terms carry may be a slip of the book for one that this many times as many carry.
_SLIP_OF_THE_BOOK, _TIMES = 3, 50


@dataclass(frozen=True)
class Understood:
    """`questions` are the ways to put a search in tokens, as typed first; `synonyms` tell them to an engine.

    `corrected` maps words that no code carries to those that they were taken for.
    """

    questions: tuple[Expression, ...]
    synonyms: Synonyms
    corrected: Mapping[str, str]


@cache
def _groups() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _meanings() -> Mapping[Expression, tuple[Expression, ...]]:
    return {
        tuple(tokens(said)): tuple(tuple(tokens(one)) for one in meant)
        for group in _groups().values()
        for said, meant in group.items()
    }


def begun_meanings(typed: str) -> tuple[str, ...]:
    """What the abbreviation or everyday expression means that `typed` is, or begins with more than a word."""
    said = " ".join(typed.lower().split())
    known = _as_said()
    if said in known:
        return known[said]
    if " " not in said:
        # A single word may begin many others.
        return ()
    begun = [one for one in known if one.startswith(said)]
    return tuple(dict.fromkeys(meant for one in begun[:_MOST_SAID] for meant in known[one]))


@cache
def _as_said() -> Mapping[str, tuple[str, ...]]:
    return {said: tuple(meant) for group in _groups().values() for said, meant in sorted(group.items())}


@cache
def _longest() -> int:
    return max(map(len, _meanings()))


def understood(query: str, table: Table | None, system: str = "") -> Understood:
    """Read `query`, of one `system` if it is named; without a table no word is corrected."""
    typed = tuple(tokens(query))
    named = table.other_names if table is not None and system == SYSTEM else {}
    parts: list[tuple[Expression, ...]] = []
    mapping: dict[Expression, tuple[Expression, ...]] = {}
    corrected: dict[str, str] = {}
    for run, others in _runs(typed, named):
        if not others and table is not None and len(run) == 1:
            others = corrections(table, run[0])
            if others and not _is_known(table, run[0]):
                corrected[run[0]] = " ".join(others[0])
        if others:
            mapping[run] = others
        parts.append((run, *others))
    return Understood(tuple(_questions(typed, parts)), Synonyms(mapping), corrected)


def _runs(
    typed: Expression, named: Mapping[Expression, tuple[Expression, ...]]
) -> Iterator[tuple[Expression, tuple[Expression, ...]]]:
    """Cut what was typed into the longest runs that mean something else too, or are `named` so, and single tokens."""
    known, place = _meanings(), 0
    longest = max(_longest(), _LONGEST_NAME) if named else _longest()
    while place < len(typed):
        for length in range(min(longest, len(typed) - place), 0, -1):
            run = typed[place : place + length]
            meant = known.get(run, ())
            # An abbreviation of a name that is called otherwise, too: ACL.
            if others := (*meant, *(other for one in (run, *meant) for other in named.get(one, ()))):
                yield run, others
                break
        else:
            length = 1
            yield typed[place : place + 1], ()
        place += length


def _questions(typed: Expression, parts: Sequence[tuple[Expression, ...]]) -> Iterator[Expression]:
    """As typed, then with other words for each part, the first of each before the second."""
    choices = [range(len(part)) for part in parts]
    if not any(len(part) > 1 for part in parts):
        yield typed
        return
    # Few of many: all first meanings, all second ones, then mixtures.
    wanted: dict[tuple[int, ...], None] = {tuple(0 for _ in parts): None}
    for nth in range(1, max(map(len, parts))):
        wanted[tuple(min(nth, len(part) - 1) for part in parts)] = None
    for chosen in product(*choices):
        if len(wanted) >= _MOST_QUESTIONS:
            break
        wanted[chosen] = None
    for chosen in list(wanted)[:_MOST_QUESTIONS]:
        yield tuple(token for part, nth in zip(parts, chosen, strict=True) for token in part[nth])


def _is_known(table: Table, token: str) -> bool:
    number = table.token_numbers.get(token)
    return number is not None and bool(table.carried[number])


@lru_cache(maxsize=4096)
def corrections(table: Table, token: str) -> tuple[Expression, ...]:
    """What a token may be meant for that no code carries: the words that it begins, two words in one, or a slip.

    Only words that everybody may see are ever told.
    """
    known = _is_known(table, token)
    if known:
        count = int(table.carried[table.token_numbers[token]])
        if count <= _SLIP_OF_THE_BOOK:
            slips = near(token, table.by_length)
            if meant := _meant(table, slips, least=_TIMES * count):
                return meant
        return _parted(table, token) if count < _RARE and len(token) >= _LONG else ()
    if not token.isalpha() or len(token) < _SHORTEST_BEGINNING:
        return ()
    words = table.ordered
    start = bisect_left(words, token)
    end = bisect_left(words, token + "\U0010ffff")
    if begun := words[start:end]:
        return tuple((word,) for word in _most_carried(table, begun))
    # "hypertention" is one letter from a word, and "hyper tent" as well.
    slips = near(token, table.by_length)
    nearest = {word: slip for word, slip in slips.items() if slip == 1}
    return _meant(table, nearest) or _parted(table, token) or _meant(table, slips)


def _meant(table: Table, slips: Mapping[str, int], least: int = 1) -> tuple[Expression, ...]:
    """Of words and by how many slips each is missed the nearest that at least `least` terms carry."""
    known = {word: slip for word, slip in slips.items() if table.carried[table.token_numbers[word]] >= least}
    fewest = min(known.values(), default=0)
    nearest = [word for word, slip in known.items() if slip == fewest]
    return tuple((word,) for word in _most_carried(table, nearest))


def _most_carried(table: Table, words: Sequence[str]) -> list[str]:
    return sorted(words, key=lambda word: -int(table.carried[table.token_numbers[word]]))[:_MOST_CORRECTIONS]


def _parted(table: Table, token: str) -> tuple[Expression, ...]:
    """A word that is two: "gastroesophageal" is written "gastro-esophageal"."""
    for cut in range(_SHORTEST_PART, len(token) - _SHORTEST_PART + 1):
        first, second = token[:cut], token[cut:]
        if _is_known(table, first) and _is_known(table, second):
            return ((first, second),)
    return ()
