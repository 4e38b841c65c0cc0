"""Completes what is typed into a search box from what open postings carry, out of memory."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.keeping import Kept
from jobboard.places import state
from jobboard.search.carried import Carried, count_carried
from jobboard.vocabulary import Vocabularies, folded, vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jobboard.search.carried import CarriedCode

_EXTENSION = "suggester"
MOST = 8
_MOST_OF_A_KIND = 3
LONGEST = 200
# As many words of the end as a name may have; what stands before them is kept as it was typed.
_LONGEST_NAME = 6
# A letter or two begin thousands of names: the most frequent of them are looked at.
_CANDIDATES = 2_000
_ANSWERS_KEPT = 5_000
KINDS = {
    "specialty": "Specialty",
    "credential": "Credential",
    "role": "Role",
    "side": "Coding side",
    "arrangement": "Arrangement",
    "employment": "Employment",
    "tool": "Tool",
}
# Their codes look like nothing else, so that a search needs no name of the system.
_SYSTEMS = frozenset({"cpt", "icd10cm", "icd10pcs", "hcpcs"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: the whole new text of the box, the name, its kind, and how many openings carry it.

    `detail` says more where the name alone says little, such as the title of a code.
    """

    value: str
    label: str
    kind: str
    openings: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    kind: str
    openings: int
    phrases: tuple[str, ...]
    words: str
    detail: str = ""


class Suggester:
    """Finds names by the beginnings of their words, in any order, as they are usually written or also called."""

    def __init__(self, carried: Carried, words: Vocabularies) -> None:
        """Take what is carried, and the vocabularies that give the other names."""
        entries = [*_terms(carried, words), *_places(carried), *_names(carried), *_codes(carried, words)]
        # The most frequent first, names before titles that are as frequent: the number of an entry is its rank.
        entries.sort(key=lambda one: (-one.openings, one.kind == "Title", one.label))
        self._entries = entries
        self._by_phrase: dict[str, list[int]] = defaultdict(list)
        tokens: set[tuple[str, int]] = set()
        for number, entry in enumerate(entries):
            for phrase in entry.phrases:
                self._by_phrase[phrase].append(number)
                tokens.update((token, number) for token in phrase.split())
            tokens.update((token, number) for token in entry.words.split())
        self._tokens = sorted(tokens)
        self._answers: dict[str, tuple[Suggestion, ...]] = {}

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """At most `MOST` completions of `typed`, the best first; the last words where the whole is no beginning."""
        if not typed.strip() or len(typed) > LONGEST:
            return ()
        found = self._answers.get(typed)
        if found is None:
            if len(self._answers) > _ANSWERS_KEPT:
                self._answers.clear()
            found = self._answers[typed] = self._found(typed)
        return found

    def _found(self, typed: str) -> tuple[Suggestion, ...]:
        given = typed.split()
        for first in range(max(0, len(given) - _LONGEST_NAME), len(given)):
            entries = self._matching(folded(" ".join(given[first:])))
            if entries:
                kept = "".join(f"{word} " for word in given[:first])
                wanted = folded(" ".join(given[first:]))
                return tuple(
                    Suggestion(kept + one.label, one.label, one.kind, one.openings, _detail(one, wanted))
                    for one in entries
                )
        return ()

    def _matching(self, wanted: str) -> list[_Entry]:
        tokens = wanted.split()
        if not tokens:
            return []
        candidates = self._beginning(max(tokens, key=len))
        for token in tokens:
            candidates &= self._beginning(token)
        chosen = {*self._by_phrase.get(wanted, ()), *nsmallest(_CANDIDATES, candidates)}
        ranked = sorted(chosen, key=lambda number: (-_closeness(self._entries[number], wanted), number))
        met: set[str] = set()
        kinds = Counter[str]()
        found = []
        for number in ranked:
            entry = self._entries[number]
            if entry.phrases[0] in met or kinds[entry.kind] == _MOST_OF_A_KIND:
                continue
            met.add(entry.phrases[0])
            kinds[entry.kind] += 1
            found.append(entry)
            if len(found) == MOST:
                break
        return found

    def _beginning(self, token: str) -> set[int]:
        start = bisect_left(self._tokens, (token, -1))
        # No letter sorts behind this one.
        end = bisect_left(self._tokens, (token + "\U0010ffff", -1))
        return {number for _, number in self._tokens[start:end]}


def _closeness(entry: _Entry, wanted: str) -> int:
    """3 for the very name, 2 for how it begins, 1 where its words begin so, 0 where only its detail does."""
    if wanted in entry.phrases:
        return 3
    if any(phrase.startswith(wanted) for phrase in entry.phrases):
        return 2
    words = " ".join(entry.phrases)
    return int(all(f" {token}" in f" {words}" for token in wanted.split()))


def _detail(entry: _Entry, wanted: str) -> str:
    """What is said beside a name: its own detail, or the other name by which it was found."""
    shown = f" {folded(entry.label)} {folded(entry.detail)}"
    if all(f" {token}" in shown for token in wanted.split()):
        return entry.detail
    other = next((one for one in entry.phrases if one.startswith(wanted)), "")
    return f"also “{other}”" if other else entry.detail


def _entry(
    label: str, kind: str, openings: int, also: Iterable[str] = (), detail: str = "", words: str = ""
) -> _Entry:
    phrases = tuple(dict.fromkeys(filter(None, (folded(label), *map(folded, also)))))
    return _Entry(label, kind, openings, phrases or (label,), folded(words), detail)


def _terms(carried: Carried, words: Vocabularies) -> Iterator[_Entry]:
    for facet, kind in KINDS.items():
        for slug, number in carried.terms.get(facet, {}).items():
            if term := words[facet].get(slug):
                detail = term.name if folded(term.name) != folded(term.label) else ""
                yield _entry(term.label, kind, number, term.words, detail)


def _places(carried: Carried) -> Iterator[_Entry]:
    for code, number in carried.states.items():
        if found := state(code):
            yield _entry(found.name, "State", number, (code,))
    for (city, code), number in carried.cities.items():
        home = state(code)
        yield _entry(f"{city}, {code}", "City", number, (f"{city} {home.name}",) if home else ())


def _names(carried: Carried) -> Iterator[_Entry]:
    for (_, name), number in carried.employers.items():
        yield _entry(name, "Employer", number)
    # One title, however it was written; shown as most write it.
    titles: dict[str, str] = {}
    numbers = Counter[str]()
    for title, number in carried.titles.items():
        numbers[folded(title)] += number
        titles.setdefault(folded(title), title)
    for key, title in titles.items():
        if key:
            yield _entry(title, "Title", numbers[key])


def _codes(carried: Carried, words: Vocabularies) -> Iterator[_Entry]:
    systems = words["system"]
    for code in carried.codes:
        if code.system in _SYSTEMS:
            text = _written(code)
            also = (text.replace(".", ""), code.start)
            yield _entry(text, systems.label(code.system), code.postings, also, code.title, code.title)


def _written(code: CarriedCode) -> str:
    """A code as a search reads it: "62320-62327", "E11.-"."""
    if code.end and code.end != code.start:
        return f"{code.start}-{code.end}"
    if code.is_family:
        return f"{code.start}-" if "." in code.start or code.system != "icd10cm" else f"{code.start}.-"
    return code.start


@dataclass(frozen=True)
class Known:
    """What was counted, and what completes from it."""

    carried: Carried
    suggester: Suggester


def known() -> Known:
    """What the running application keeps, at most a minute old or as old as counting it takes long."""
    return _kept().get()


def known_within(seconds: float) -> Known | None:
    """The same, or None where it is being counted for the first time and that takes longer than `seconds`."""
    return _kept().get_within(seconds)


def _counted(words: Vocabularies) -> Known:
    carried = count_carried()
    return Known(carried, Suggester(carried, words))


def _kept() -> Kept[Known]:
    kept: Kept[Known] | None = current_app.extensions.get(_EXTENSION)
    if kept is None:
        app, words = current_app._get_current_object(), vocabularies()  # type: ignore[attr-defined]
        made = Kept(app, lambda: _counted(words))
        kept = current_app.extensions.setdefault(_EXTENSION, made)
    return kept
