"""Single codes by their shape, before anything is known of their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from jobboard.codes.linker.neighbours import is_counted, is_time
from jobboard.codes.linker.plausible import is_pcs_table
from jobboard.codes.linker.tokens import DASH, GLUED, NEW_LINE, OPAQUE, WORD, Token
from jobboard.codes.linker.wordlists import words


class Shape(Enum):
    """What a code looks like; several systems share some shapes."""

    FIVE = auto()  # 99213
    LETTERED = auto()  # 0075T
    LEVEL2 = auto()  # J1885: HCPCS, or ICD-10-CM typed without its dot
    DOTTED = auto()  # E11.9, E11.-
    CATEGORY = auto()  # E11
    UNDOTTED = auto()  # e119, S72001A
    PCS = auto()  # 0DTJ4ZZ
    PCS_PART = auto()  # 0SR
    NUMBER = auto()  # 470, 18
    PAIR = auto()  # LT, 25


ICD_SHAPES = frozenset({Shape.DOTTED, Shape.CATEGORY, Shape.UNDOTTED})


@dataclass(frozen=True, slots=True)
class Atom:
    """A code-shaped piece: canonical `value`, the tokens it takes, and its place in the text."""

    shape: Shape
    value: str
    family: bool
    first: int
    after: int
    start: int
    end: int


_FIVE = re.compile(r"[0-9]{5}")
_FIVE_FAMILY = re.compile(r"([0-9]{3,4})[X]{1,2}")
_LETTERED = re.compile(r"[0-9]{4}[FTUM]")
_LEVEL2 = re.compile(r"[A-Z][0-9]{4}")
_LEVEL2_FAMILY = re.compile(r"([ABCEGHJKLMPQRSTUV][0-9]{2,3})X{1,2}")
_CATEGORY = re.compile(r"[A-Z][0-9][0-9AB]|QA[01]")
_UNDOTTED = re.compile(
    r"[A-Z][0-9][0-9AB](?:[0-9A-Z]|[0-9][0-9A-Z]|[0-9A-Z]{2}[0-9X]|[0-9A-Z]{2}[0-9X][A-Z0-9])"
)
_SUFFIX = re.compile(r"[0-9A-Z]{1,4}")
_SUFFIX_PLAIN = re.compile(r"[0-9ABCX][0-9A-Z]{0,3}")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_PCS_PART = re.compile(r"([0-9BCDFGHX][0-9A-HJ-NP-Z]{2,5}?)(?:X{1,4})?")
_AFTER_FAMILY = words("AND OR TO THROUGH THRU CODE CODES FAMILY CATEGORY SERIES IS FOR WITH VS IN")
_PLACEHOLDER = frozenset("HMOSTVWXY")  # chapters whose codes hold a place with X (T40.2X5A)

# what stands behind "E11." on the next line when it is no rest of a code
_NOT_A_REST = re.compile(r"[0-9]+(?:ST|ND|RD|TH|AM|PM|K|X)|[A-Z]+")


def _atom(
    shape: Shape, value: str, tokens: Sequence[Token], first: int, after: int, family: bool = False
) -> Atom:
    return Atom(shape, value, family, first, after, tokens[first].start, tokens[after - 1].end)


def atoms_at(tokens: Sequence[Token], at: int) -> list[Atom]:
    """Every reading of the code-shaped piece that begins at this token, the likeliest first."""
    token = tokens[at]
    value = token.value
    if token.kind != WORD or len(value) > 7 or not value.isascii() or not value.isalnum():
        return []
    return [*_icd(tokens, at), *_plain(tokens, at)]


def _plain(tokens: Sequence[Token], at: int) -> list[Atom]:
    value = tokens[at].value
    one = at + 1
    found: list[Atom] = []
    if _FIVE.fullmatch(value):
        found.append(_atom(Shape.FIVE, value, tokens, at, one))
    elif _LETTERED.fullmatch(value):
        found.append(_atom(Shape.LETTERED, value, tokens, at, one))
    elif _LEVEL2.fullmatch(value):
        found.append(_atom(Shape.LEVEL2, value, tokens, at, one))
    elif (stem := _FIVE_FAMILY.fullmatch(value)) and len(value) == 5:
        found.append(_atom(Shape.FIVE, stem[1], tokens, at, one, family=True))
    elif (stem := _LEVEL2_FAMILY.fullmatch(value)) and len(value) == 5:
        found.append(_atom(Shape.LEVEL2, stem[1], tokens, at, one, family=True))
    elif _UNDOTTED.fullmatch(value):
        found.append(_atom(Shape.UNDOTTED, dotted(value), tokens, at, one))
    if _PCS.fullmatch(value):
        found.append(_atom(Shape.PCS, value, tokens, at, one))
    part = _pcs_part(tokens, at)
    if part:
        found.append(part)
    if value.isdecimal() and len(value) <= 3:
        found.append(_atom(Shape.NUMBER, value, tokens, at, one))
    if len(value) == 2:
        found.append(_atom(Shape.PAIR, value, tokens, at, one))
    return found


def _pcs_part(tokens: Sequence[Token], at: int) -> Atom | None:
    match = _PCS_PART.fullmatch(tokens[at].value)
    if not match or len(tokens[at].value) > 7:
        return None
    stem = match[1]
    digits = sum(char.isdigit() for char in stem)
    if (not digits and stem[0] != "X") or (digits == len(stem) and (len(stem) > 3 or not is_pcs_table(stem))):
        return None
    if stem[0].isalpha() and not is_pcs_table(stem):
        return None
    after = at + 1
    if after < len(tokens) and tokens[after].gap == GLUED and tokens[after].kind == "*":
        after += 1
    return _atom(Shape.PCS_PART, stem, tokens, at, after, family=True)


def dotted(code: str) -> str:
    """An ICD-10-CM code with its dot behind the category."""
    code = code.replace(".", "")
    return code if len(code) <= 3 else f"{code[:3]}.{code[3:]}"


def _icd(tokens: Sequence[Token], at: int) -> list[Atom]:
    value = tokens[at].value
    if not _CATEGORY.fullmatch(value):
        if _UNDOTTED.fullmatch(value) and _trailing_wildcard(tokens, at + 1):
            return [_atom(Shape.DOTTED, dotted(value), tokens, at, at + 2, family=True)]
        stem = value.rstrip("X")
        if len(value) > 4 - (value[-1] == "X") and _CATEGORY.fullmatch(stem) and tokens[at].raw[-1] == "x":
            return [_atom(Shape.DOTTED, stem, tokens, at, at + 1, family=True)]  # I50x
        return []
    after = at + 1
    if _trailing_wildcard(tokens, after, dash=False):
        return [_atom(Shape.DOTTED, value, tokens, at, after + 1, family=True)]
    dot = after < len(tokens) and tokens[after].kind == "." and tokens[after].gap in {GLUED, NEW_LINE}
    if dot and after + 1 < len(tokens):
        found = _with_dot(tokens, at, after)
        if found:
            return [found]
    return [_atom(Shape.CATEGORY, value, tokens, at, after)]


def _trailing_wildcard(tokens: Sequence[Token], at: int, dash: bool = True) -> bool:
    """Whether `*`, or a dash with no code behind it, marks a family here."""
    if at >= len(tokens) or tokens[at].gap != GLUED:
        return False
    if tokens[at].kind == "*":
        return True
    if not dash or tokens[at].kind != DASH or len(tokens[at].raw) > 1:
        return False
    if at + 1 >= len(tokens) or (tokens[at + 1].kind != WORD and tokens[at + 1].kind != "."):
        return True
    if tokens[at + 1].kind == ".":  # "I21.0-.4" is a range, "M54.5-." the end of a sentence
        return at + 2 >= len(tokens) or tokens[at + 2].gap != GLUED
    behind = tokens[at + 1]
    if behind.gap >= NEW_LINE:
        return not _CATEGORY.fullmatch(behind.value[:3])
    return behind.gap != GLUED and behind.value in _AFTER_FAMILY


def _with_dot(tokens: Sequence[Token], at: int, dot: int) -> Atom | None:
    value, rest = tokens[at].value, tokens[dot + 1]
    glued = rest.gap == GLUED and tokens[dot].gap == GLUED
    if glued and rest.kind in {DASH, "*", "**"} and len(rest.raw) <= 2:
        return _atom(Shape.DOTTED, value, tokens, at, dot + 2, family=True)
    broken = NEW_LINE in {rest.gap, tokens[dot].gap} and {rest.gap, tokens[dot].gap} <= {GLUED, NEW_LINE}
    if rest.kind != WORD or not _SUFFIX.fullmatch(rest.value):
        return None
    if broken and not glued and not _is_rest(tokens, dot + 1):
        return None
    if not (glued or broken):
        return None
    suffix, family = _wildcards(value, rest)
    if suffix and not _SUFFIX_PLAIN.fullmatch(suffix):
        return None
    code = f"{value}.{suffix}" if suffix else value
    after = dot + 2
    if not family and len(suffix) < 4 and _trailing_wildcard(tokens, after):
        return _atom(Shape.DOTTED, code, tokens, at, after + 1, family=True)
    return _atom(Shape.DOTTED, code, tokens, at, after, family=family)


def _is_rest(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word on the next line is the rest of a code and not the next sentence's first word."""
    from_here = tokens[at]
    if _NOT_A_REST.fullmatch(from_here.value) or not from_here.value[0].isdigit():
        return False
    if at + 1 >= len(tokens):
        return True
    follower = tokens[at + 1]
    if follower.kind in {".", ")"} and follower.gap == GLUED:  # "2. Reviews", "2) Reviews"
        return follower.kind == ")" or at + 2 >= len(tokens) or not tokens[at + 2].raw[:1].isupper()
    if follower.gap == GLUED and follower.kind in {DASH, "+", "%", "/", ":", OPAQUE}:
        return follower.kind in {DASH, "/"} and at + 2 < len(tokens) and bool(atoms_at(tokens, at + 2)[:1])
    if is_time(tokens, at + 1) or is_counted(tokens, at + 1, round_number=True, reach=2):
        return False
    return follower.kind != WORD or follower.raw.islower() or follower.gap > 1


def _wildcards(category: str, rest: Token) -> tuple[str, bool]:
    """The digits behind the dot without a family's x, and whether there was one.

    `I50.x` and `I50.X` are families; the X of `T40.2X` holds a place and belongs to the stem.
    """
    raw = rest.raw
    suffix = rest.value
    cut = len(raw) - len(raw.rstrip("x"))
    if cut and len(raw) == len(suffix):
        return suffix[: len(suffix) - cut], True
    lower = raw.find("x")
    if lower >= 0 and raw != raw.lower() and not any(char.isdigit() for char in raw[lower:]):  # S72.xxxA
        if lower and len(suffix) == 4 and category[0] in _PLACEHOLDER:  # T84.04xA
            return suffix, False
        return suffix[:lower], True
    if suffix.endswith("X"):
        holds_place = len(suffix) >= 2 and category[0] in _PLACEHOLDER and suffix[0].isdigit()
        return (suffix, True) if holds_place else (suffix.rstrip("X"), True)
    return suffix, False
