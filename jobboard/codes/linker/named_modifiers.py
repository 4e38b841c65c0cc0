"""Modifiers without the word "modifier": behind what they stand for ("co-surgeon 62"), behind "bills", before "is".

Each name speaks only for its own pairs, so that "team of 66" or "a staff of 82" stays a count.
"""

from __future__ import annotations

from collections.abc import Sequence

from jobboard.codes.linker.elements import ends_cleanly
from jobboard.codes.linker.neighbours import is_amount, is_counted, is_time
from jobboard.codes.linker.plausible import is_modifier
from jobboard.codes.linker.sentences import Sentence
from jobboard.codes.linker.tokens import DASH, GLUED, NEW_LINE, SPACED, WORD, Token
from jobboard.codes.linker.wordlists import words

_STANDS_FOR = {
    name: frozenset(pairs.split())
    for names, pairs in (
        ("COSURGEON COSURGEONS SURGEON SURGEONS", "62"),
        ("TEAM", "66"),
        ("ASSISTANT ASSISTANTS ASSIST ASSISTS", "80 81 82 AS"),
        ("BILATERAL", "50"),
        ("STAGED", "58"),
        ("UNRELATED", "24 79"),
        ("REPEAT REPEATED", "76 77 91"),
        ("COMANAGEMENT MANAGEMENT POSTOP POSTOPERATIVE", "54 55 56"),
        ("PROFESSIONAL", "26"),
        ("TECHNICAL", "TC"),
        ("DISTINCT", "59"),
    )
    for name in names.split()
}
_BETWEEN = words("SURGERY SURGEON PROCEDURE PROCEDURES SERVICE SERVICES COMPONENT PROCEDURAL CARE PORTION")
_BEHIND_CO = words("SURGEON SURGEONS MANAGEMENT")
_BILLING = words("BILL BILLS BILLED BILLING")
_COMPONENTS = frozenset({"26", "TC"})
_DOES = words("IS GOES BELONGS NEEDS MEANS APPLIES WINS FAILS OVERRIDES BYPASSES GETS REQUIRES")
_OF_COUNTS = words("A AN THE OUR MINIMUM MAXIMUM")
_OPENING = frozenset({",", ";", ":", "(", ".", "“", '"'})


def is_named(tokens: Sequence[Token], at: int, sentence: Sentence, among: bool) -> bool:
    """Whether the pair here is a modifier by the word before it, or by what a sentence of modifiers says of it.

    `among` tells that the sentence has a modifier before it.
    """
    token = tokens[at]
    if not is_modifier(token.value) or token.raw.islower():
        return False
    if (among or sentence.modifiers or _belongs(tokens, at, sentence)) and _opens(tokens, at):
        return True
    if _depends(tokens, at, sentence):
        return True
    if at < 1 or token.gap != SPACED or not _is_closed(tokens, at):
        return False
    return _stands_for(tokens, at) or _is_billed(tokens, at)


def _depends(tokens: Sequence[Token], at: int, sentence: Sentence) -> bool:
    """ "67036, 65756, with 74 when cancelled"."""
    depends = at > 0 and at + 1 < len(tokens) and tokens[at + 1].value in {"WHEN", "IF"}
    return depends and tokens[at - 1].value == "WITH" and sentence.is_of_work and tokens[at].value.isdecimal()


def _belongs(tokens: Sequence[Token], at: int, sentence: Sentence) -> bool:
    """ "59 belongs on the second biopsy (11104)"."""
    return sentence.is_of_work and at + 1 < len(tokens) and tokens[at + 1].value == "BELONGS"


def _is_closed(tokens: Sequence[Token], at: int) -> bool:
    after = at + 1
    if not ends_cleanly(tokens, after) or is_amount(tokens, at, after) or is_time(tokens, after):
        return False
    if is_counted(tokens, after, round_number=True, reach=2):
        return False
    if after == len(tokens) or tokens[after].gap >= NEW_LINE:
        return True
    return tokens[after].kind in {",", ";", ".", ")", "/"} or tokens[after].value in words(
        "AND OR RULES ON FOR"
    )


def _stands_for(tokens: Sequence[Token], at: int) -> bool:
    before = at - 1
    for _ in range(2):
        if before > 0 and tokens[before].value in _BETWEEN and tokens[before - 1].kind == WORD:
            if tokens[at].value in _STANDS_FOR.get(tokens[before].value, ()):
                break
            before -= 1
    name = tokens[before].value
    if name in _BEHIND_CO and not _behind_co(tokens, before):
        return False
    return tokens[at].value in _STANDS_FOR.get(name, ())


def _behind_co(tokens: Sequence[Token], at: int) -> bool:
    return at > 1 and tokens[at - 1].kind == DASH and tokens[at].gap == GLUED and tokens[at - 2].value == "CO"


def _is_billed(tokens: Sequence[Token], at: int) -> bool:
    """ "The hospital bills TC, we bill 26"."""
    return tokens[at].value in _COMPONENTS and tokens[at - 1].value in _BILLING


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """ "51 is often dropped", where modifiers are spoken of."""
    token = tokens[at]
    return token.value.isdecimal() and (at == 0 or tokens[at - 1].kind in _OPENING) and _does(tokens, at)


def _does(tokens: Sequence[Token], at: int) -> bool:
    behind = tokens[at + 1 : at + 3]
    return (
        len(behind) == 2
        and behind[0].value in _DOES
        and behind[0].gap == SPACED
        and behind[1].kind == WORD
        and behind[1].raw.islower()
        and (behind[1].value not in _OF_COUNTS or (at > 0 and tokens[at - 1].kind == ";"))
    )
