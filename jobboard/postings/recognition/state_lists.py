"""Finds lists of states as texts write them: "TX, OK or LA", "Indiana (IN) and Ohio"."""

import re
from collections.abc import Iterator
from functools import cache

from jobboard.places import state, states

_WORD = re.compile(r"[A-Za-z][A-Za-z.]*|[,/;&|()]|[^\sA-Za-z]")
_CONNECT = frozenset({"and", "or", "and/or", "&", "/", ",", ";", "|"})
_BEFORE = frozenset({"(", "the", "state", "states", "of", ":"})
_MOST = 60


def starts(text: str) -> Iterator[int]:
    """Places where a capitalised word begins."""
    for match in re.finditer(r"(?<![\w.])[A-Z]", text):
        yield match.start()


def state_list(text: str, start: int) -> tuple[list[str], int]:
    """The states written from `start` on, and where their list ends.

    "OR" is the state between commas or at the end and the connective right before a state; IN, ME, OK, HI and the
    like are states only in capitals, as a code always must be.
    """
    if not _begins(text, start):
        return [], start
    words = _words(text, start, start + 900)
    codes: list[str] = []
    place, end = 0, start
    while place < len(words) and len(codes) < _MOST:
        found, used = _state_at(words, place)
        lowered = words[place][0].lower().rstrip(".")
        if found and not (words[place][0] == "OR" and _connects(words, place, bool(codes))):
            codes.append(found)
            place += used
            end = words[place - 1][2]
        elif (codes and (lowered in _CONNECT or lowered in {"the", "state"} or words[place][0] in "()")) or (
            not codes and lowered in _BEFORE
        ):
            place += 1
        else:
            break
    if len(codes) == 1 and _is_lone_word(words, codes[0]):
        return [], start
    return list(dict.fromkeys(codes)), end


def _words(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [
        (match[0], match.start(), match.end()) for match in _WORD.finditer(text, start, min(len(text), end))
    ]


def _begins(text: str, start: int) -> bool:
    """Whether a state stands among the first few words, so that a long text is not cut into words in vain."""
    words = _words(text, start, start + 60)
    for place, (word, _, _) in enumerate(words[:8]):
        if _state_at(words, place)[0]:
            return True
        if word.lower().rstrip(".") not in _BEFORE:
            return False
    return False


def _connects(words: list[tuple[str, int, int]], place: int, inside: bool) -> bool:
    following, _ = _state_at(words, place + 1)
    return inside and following is not None and words[place + 1][0] != ","


def _is_lone_word(words: list[tuple[str, int, int]], code: str) -> bool:
    """A single code with another meaning needs an end after it: "must be in MD", but not "from PA students"."""
    if len(words) < 2 or words[0][0] != code:
        return False
    following = words[1][0]
    return following[0].isalpha() and following.lower() not in {
        "only",
        "to",
        "and",
        "or",
        "for",
        "at",
        "with",
        "residents",
        "is",
        "are",
        "will",
        "cannot",
        "may",
        "can",
    }


def _state_at(words: list[tuple[str, int, int]], place: int) -> tuple[str | None, int]:
    """The state whose code or name begins at a word, and how many words it takes."""
    if place >= len(words):
        return None, 0
    for length in (4, 3, 2):
        parts = [word for word, _, _ in words[place : place + length]]
        if len(parts) == length and all(part[0].isalpha() for part in parts):
            name = " ".join(part.rstrip(".") for part in parts).casefold()
            if name in _names():
                return _names()[name], length
    word = words[place][0]
    bare = word.rstrip(".")
    if len(bare) == 2 and bare.isupper():
        found = state(bare)
        return (found.code, 1) if found else (None, 0)
    if bare == "D.C":
        return "DC", 1
    if word[0].isupper() and bare.casefold() in _names():
        return _names()[bare.casefold()], 1
    return None, 0


@cache
def _names() -> dict[str, str]:
    return {entry.name.casefold(): entry.code for entry in states()} | {
        "washington d.c": "DC",
        "washington dc": "DC",
    }
