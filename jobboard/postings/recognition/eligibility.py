"""Reads in which states a candidate may live: these, all, or all but these."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobboard.postings.recognition.eligibility_words import (
    BARE_NO,
    CANDIDATES,
    DENIED,
    EVERYWHERE,
    EXCEPTION,
    FILLER,
    FURTHER,
    ONLY_TAIL,
    OWN_STAFF,
    PAY_OR_LAW,
    PREFERRED_TAIL,
    REFUSAL,
    REFUSED_TAIL,
    RESIDENTS_TAIL,
    SETS_A_RULE,
    TRIGGER,
    WAIVED,
)
from jobboard.postings.recognition.reading import Sentence
from jobboard.postings.recognition.state_lists import starts, state_list

_TITLE_REMOTE = re.compile(r"\b(?:remote|wfh|work from home)\b[\s\-–,:(]*(?:in|within|only in)?\s*")


@dataclass(frozen=True)
class Eligibility:
    """`mode` is all, named, all_but or nothing where the text is silent; `states` are two-letter codes."""

    mode: str | None = None
    states: tuple[str, ...] = ()


def read_eligibility(read: Sequence[Sentence]) -> Eligibility:
    """What the sentences say together: named states beat excluded ones, both beat "all states"."""
    named: dict[str, None] = {}
    excluded: dict[str, None] = {}
    everywhere = False
    for sentence in read:
        text = sentence.lower
        if PAY_OR_LAW.search(text) and not SETS_A_RULE.search(text):
            continue
        allowed, refused = _Lists(sentence).read()
        if sentence.is_title and not allowed and not refused:
            allowed = _title_states(sentence)
        named.update(dict.fromkeys(allowed))
        excluded.update(dict.fromkeys(refused))
        if CANDIDATES.search(text) and not OWN_STAFF.search(text) and _says_everywhere(text):
            everywhere = True
    for code in excluded:
        named.pop(code, None)
    if named:
        return Eligibility("named", tuple(named))
    if excluded:
        return Eligibility("all_but", tuple(excluded))
    return Eligibility("all") if everywhere else Eligibility()


def _says_everywhere(text: str) -> bool:
    match = EVERYWHERE.search(text)
    return match is not None and not DENIED.search(text[: match.start()])


class _Lists:
    """The lists of states in one sentence, each read once."""

    def __init__(self, sentence: Sentence) -> None:
        self._text, self._lower = sentence.text, sentence.lower
        self._allowed: list[str] = []
        self._refused: list[str] = []
        self._read: set[int] = set()

    def read(self) -> tuple[list[str], list[str]]:
        """The states where one may live, and those where one may not."""
        if not any(True for _ in starts(self._text)):
            return [], []
        self._exceptions()
        self._refusals()
        self._triggers()
        self._by_what_follows()
        return [code for code in self._allowed if code not in self._refused], self._refused

    def _list_at(self, place: int) -> tuple[list[str], int]:
        """The list after `place` and its filler words, unless it was read before."""
        filler = FILLER.match(self._lower, place)
        begins = [filler.end(), place] if filler and filler.end() > place else [place]
        for begin in begins:
            codes, end = state_list(self._text, begin)
            if codes:
                return ([], end) if end in self._read else (codes, end)
        return [], place

    def _take(self, codes: list[str], end: int, refused: bool) -> None:
        self._read.add(end)
        (self._refused if refused else self._allowed).extend(codes)

    def _exceptions(self) -> None:
        """ "All states except CA" refuses, "cannot hire outside of TX" and "nobody outside TX" allow."""
        for match in EXCEPTION.finditer(self._lower):
            codes, end = self._list_at(match.end())
            if not codes:
                continue
            denied = DENIED.search(self._lower[: match.start()]) or (
                match[0].startswith(("outside", "other")) and REFUSED_TAIL.match(self._lower, end)
            )
            self._take(codes, end, refused=not denied)

    def _refusals(self) -> None:
        for match in REFUSAL.finditer(self._lower):
            if WAIVED.search(match[0]):
                continue
            place: int | None = match.end()
            # "not registered to do business in CA": the place comes after the next small word.
            for _ in range(3):
                if place is None:
                    break
                codes, end = self._list_at(place)
                if codes:
                    self._take(codes, end, refused=True)
                    break
                further = FURTHER.match(self._lower, place)
                place = further.end() if further else None
        for match in BARE_NO.finditer(self._lower):
            codes, end = self._list_at(match.end())
            if codes and re.match(
                r"\s*(?:[).,;!]|$|please|residents?|applicants?|candidates?)", self._lower[end:]
            ):
                self._take(codes, end, refused=True)

    def _triggers(self) -> None:
        covered = 0
        for match in TRIGGER.finditer(self._lower):
            if match.start() < covered:
                continue
            codes, end = self._list_at(match.end())
            if not codes:
                continue
            covered = end
            before = self._lower[: match.start()]
            if WAIVED.search(before[-60:]) or PREFERRED_TAIL.match(self._lower, end):
                continue
            denied = DENIED.search(before) or REFUSED_TAIL.match(self._lower, end)
            self._take(codes, end, refused=bool(denied))

    def _by_what_follows(self) -> None:
        """ "Texas residents only", "CA and NY are excluded"."""
        reached = 0
        for start in starts(self._text):
            if start < reached:
                continue
            codes, end = state_list(self._text, start)
            if not codes:
                continue
            reached = end
            if end in self._read:
                continue
            if REFUSED_TAIL.match(self._lower, end):
                self._take(codes, end, refused=True)
            elif RESIDENTS_TAIL.match(self._lower, end) or (
                ONLY_TAIL.match(self._lower, end) and CANDIDATES.search(self._lower)
            ):
                self._take(codes, end, refused=DENIED.search(self._lower[:start]) is not None)


def _title_states(sentence: Sentence) -> list[str]:
    """ "Inpatient Coder - Remote (TX, OK, LA)": states right after the word remote in a title."""
    for match in _TITLE_REMOTE.finditer(sentence.lower):
        codes, end = state_list(sentence.text, match.end())
        if codes and (
            len(codes) > 1
            or sentence.text[end:].strip(" )").lower() in ("", "only", "residents only", "residents")
        ):
            return codes
    return _title_bracket(sentence)


def _title_bracket(sentence: Sentence) -> list[str]:
    """ "Remote Coder (AZ, NV)": several states in brackets of a title that says remote."""
    place = sentence.text.find("(")
    if place < 0 or not _TITLE_REMOTE.search(sentence.lower):
        return []
    codes, end = state_list(sentence.text, place + 1)
    return codes if len(codes) > 1 and sentence.text[end:].strip().startswith((")", "only")) else []
