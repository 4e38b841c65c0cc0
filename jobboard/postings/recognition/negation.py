"""Whether a sentence takes back what it names: "no weekends", "we do not use 3M", "formerly remote"."""

import re

from jobboard.postings.recognition.reading import Sentence

_NEGATORS = frozenset(
    [
        "no",
        "not",
        "never",
        "without",
        "formerly",
        "previously",
        "nor",
        "neither",
        "cannot",
        "cant",
        "isnt",
        "arent",
        "dont",
        "doesnt",
        "wont",
        "non",
        "excluding",
        "except",
    ]
)
_CONTRACTED = frozenset({"isn", "aren", "don", "doesn", "won", "can", "wasn", "didn"})
_NO_NEGATION = frozenset(
    {"only", "limited", "later", "less", "more", "just", "hesitate", "fewer", "problem", "necessarily"}
)
_REACH = 5
_LIST_REACH = 9
_STOP = re.compile(r"[;:()!?]|\bbut\b|\bhowever\b|\binstead\b|\bwe\b|\bwith\b")
_LEFT_BEHIND = re.compile(
    r"\b(?:moved|moving|migrat\w+|transition\w+|convert\w+|switch\w+)(?: over| away)? from (?:the |our )?$"
)
_LEFT = re.compile(r"\bleft (?:the |our )?(?:[\w/&.-]+ ){0,5}?$")
_AFTERWARDS = re.compile(
    r"^[\s,)]{0,3}(?:\w+\s+){0,2}?(?:is|are|was|were|will|do|does|be|has"
    r"|have)?\s*(?:currently\s+)?(?:not|no longer|never|n't)\s+(?:be\s+|been\s+)?(?:currently\s+)?"
    r"(?:available|required|offered|used|needed|accepted|possible|permitted|allowed|supported"
    r"|considered|an option"
    r"|necessary|part|provided|included|eligible|mandatory|expected|in use)\b"
    r"|^\s*(?:shifts?\s+)?(?:off|free)\b|^\s*:\s*no\b"
)


def is_negated(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the words from token `first` up to `last` are denied, by what stands before or right after them."""
    tokens = sentence.tokens
    before = sentence.lower[max(0, tokens[first].start - 60) : tokens[first].start]
    if _LEFT_BEHIND.search(before):
        return True
    if _LEFT.search(before) and " behind" in sentence.lower[tokens[last - 1].end :]:
        return True
    for place in range(first - 1, max(-1, first - _LIST_REACH) - 1, -1):
        if not _negates(sentence, place):
            continue
        between = sentence.lower[tokens[place].end : tokens[first].start]
        if _STOP.search(between):
            return False
        if "," not in between:
            return first - place <= _REACH or " or " in between or " nor " in between
        rest = sentence.lower[tokens[first].start : tokens[first].start + 60]
        return _runs_on(between, rest)
    return bool(_AFTERWARDS.search(sentence.lower[tokens[last - 1].end : tokens[last - 1].end + 80]))


def _negates(sentence: Sentence, place: int) -> bool:
    tokens = sentence.tokens
    word = tokens[place].word
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    if word in _CONTRACTED and following == "t":
        return True
    return word in _NEGATORS and following not in _NO_NEGATION


def _runs_on(between: str, rest: str) -> bool:
    """Whether "no weekends, nights or holidays" still speaks of the word after the comma: short items, then "or"."""
    items = between.split(",")
    if any(len(item.split()) > 3 for item in items[1:]):
        return False
    return bool(
        re.search(r"\b(?:or|nor)\b", between) or re.match(r"(?:[\w-]+\s*,?\s*){1,2}\b(?:or|nor)\b", rest)
    )
