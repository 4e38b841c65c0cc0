"""Whether a sentence of a posting speaks of work that is not this opening's, or only rarely is, or of the employer.

"Our other openings: dental coder", "the cath lab is coded by a partner", "a background in urology is not required" name
what somebody who looks for it does not mean; "about a tenth of the volume is podiatry" names what is least of the work.
"A teaching hospital with a trauma program" tells where the work is done, not what it is.

Whole texts are looked through for each posting that is indexed, so that plain words are sought first and patterns last.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APART = (
    "other openings", "other positions", "other vacancies", "also hiring", "also recruiting", "o part of th",
    "ot part of th", "of their own", "have their own", "its own team", "not required", "not needed",
    "not necessary", "not be required", "no longer use", "no longer code", "by a partner", "by a vendor", "by another ",
)  # fmt: skip
_RARE = (
    "once a month", "once a year", "now and then", "time to time", "occasional", "a tenth of", "small part of",
)  # fmt: skip
# They begin with plain letters, which Python looks for quickly.
_NONE_NEEDED = re.compile(
    r"no (?<![a-z]no )(?![^.;:]{0,30}experience)[^.;:]{1,60} (?:required|needed|necessary)\b"
)
_LEFT = re.compile(r"left (?<![a-z]left )[^.;:]{1,60} behind\b")
_BEGINS = ("A ", "An ", "The ", "Our ", "We are a", "We're a", "- A ", "- The ", "* A ", "Level ", "- Level ")
_EMPLOYER = re.compile(
    r"\W*(?:level (?:i{1,3}|[1-3]) trauma\b|(?:we are |we're )?(?:an?|the|our)\s+(?:[\w,'/-]+\s+){0,4}?"
    r"(?:hospitals?|medical cent(?:er|re)|trauma cent(?:er|re)|health (?:system|network|plan|center)"
    r"|clinics?|compan(?:y|ies)|practice|(?:medical|physician|(?:multi-?)?specialty) group|surgery center|insurer"
    r"|vendor|firm|agency))\b"
)
_OF_THE_WORK = re.compile(
    r"\b(?:cod(?:e|es|ed|ing|ers?)|seek\w*|hir(?:e|es|ing)|looking|needs?|audit\w*|position|opening|role"
    r"|you|your|claims|charts?|charges?|records?|experience|visits)\b"
)


def signs_in(lowered: str) -> tuple[str, ...]:
    """The plain signs of such sentences that a text in small letters has; with none it holds no such sentence."""
    found = [sign for sign in (*_APART, *_RARE) if sign in lowered]
    for pattern, sign in ((_NONE_NEEDED, "no "), (_LEFT, "left ")):
        if pattern.search(lowered):
            found.append(sign)
    return tuple(found)


def has_sign(lowered: str, signs: Iterable[str]) -> bool:
    """Whether one of `signs`, which `signs_in` found in the whole, is in this part of it."""
    return any(sign in lowered for sign in signs)


def is_apart(lowered: str) -> bool:
    """Whether a sentence in small letters says what this opening is not about."""
    return (
        has_sign(lowered, _APART)
        or _NONE_NEEDED.search(lowered) is not None
        or _LEFT.search(lowered) is not None
    )


def is_rare(lowered: str) -> bool:
    """Whether a sentence in small letters tells of work that seldom comes."""
    return has_sign(lowered, _RARE)


def tells_of_employer(sentence: str) -> bool:
    """Whether a sentence begins with what kind of place the employer is, and says nothing of the work."""
    if not begins_with_employer(sentence):
        return False
    return _OF_THE_WORK.search(sentence.lower()) is None


def begins_with_employer(line: str) -> bool:
    """Whether a line begins as such a sentence does."""
    return line.startswith(_BEGINS) and _EMPLOYER.match(line[:120].lower()) is not None
