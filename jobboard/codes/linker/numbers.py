"""Bare numbers and pairs: DRGs, HCCs and modifiers, which are codes only where their system is named."""

from __future__ import annotations

from collections.abc import Sequence

from jobboard.codes.linker.atoms import Atom, Shape
from jobboard.codes.linker.elements import WORDS_OF_TWO, Element, element_from, ends_cleanly
from jobboard.codes.linker.government import JOINING_SIGNS, JOINING_WORDS, Government
from jobboard.codes.linker.heads import Kind, head_at
from jobboard.codes.linker.neighbours import is_amount, is_counted, is_quantified, is_time
from jobboard.codes.linker.plausible import is_modifier
from jobboard.codes.linker.sentences import Sentence
from jobboard.codes.linker.tokens import DASH, GLUED, NEW_LINE, SPACED, WORD, Token

_LESSONS = frozenset({":", "CLASS", "COURSE", "TRAINING", "SEMINAR", "WORKSHOP", "WEBINAR", "BASICS"})
_SURE = frozenset(
    ["XE", "XS", "XP", "XU", "JW", "JZ", "KX", "CQ", "QW", "QK", "QX", "QY", "QZ", "GT", "GY", "GZ"]
)
_LONGEST_LIST = 16  # tokens
_HALVES = ({"LT", "RT"}, {"26", "TC"}, {"80", "AS"}, {"50", "LT"}, {"50", "RT"})
_NUMBERED = {"msdrg": Shape.NUMBER, "hcc": Shape.NUMBER, "modifier": Shape.PAIR}


def governed_number(
    tokens: Sequence[Token], atoms: Sequence[Atom], government: Government, modifier_run: bool
) -> tuple[str, Element] | None:
    """The system and reading of a bare number, a range of them or a pair, if the head in force makes it one."""
    by_shape = {atom.shape: atom for atom in atoms}
    pair = by_shape.get(Shape.PAIR)
    if government.narrow:
        for head in reversed(government.heads):
            if head.kind is Kind.FOREIGN:
                return None
            shape = _NUMBERED.get(head.name)
            if shape is None or shape not in by_shape:
                continue
            element = element_from(tokens, by_shape[shape])
            accepts = _is_governed_pair if shape is Shape.PAIR else _is_governed_number
            if accepts(tokens, element, head.name, government):
                return head.name, element
    if modifier_run and pair and _listed(tokens, pair):
        return "modifier", element_from(tokens, pair)
    return None


def _listed(tokens: Sequence[Token], pair: Atom) -> bool:
    """`KX and KS`, `-59, XU`: a listed pair is a modifier if it can be nothing else."""
    token = tokens[pair.first]
    if token.value.isdecimal():
        closed = (
            pair.after >= len(tokens)
            or tokens[pair.after].kind != WORD
            or tokens[pair.after].gap > SPACED
            or tokens[pair.after].value in JOINING_WORDS
        )
        return closed and is_modifier(token.value) and not _measured(tokens, pair.first, pair.after)
    slashed = tokens[pair.first - 1].kind == "/" and token.gap == GLUED
    ends_list = token.raw == "AS" and (
        pair.after >= len(tokens) or tokens[pair.after].kind in {",", ".", ";", ")"}
    )
    return (
        token.raw.isupper()
        and is_modifier(token.value)
        and (slashed or ends_list or token.value not in WORDS_OF_TWO)
    )


def _measured(tokens: Sequence[Token], first: int, after: int) -> bool:
    """Whether the number counts, measures, dates or numbers something."""
    if is_time(tokens, after) or is_amount(tokens, first, after) or is_quantified(tokens, first):
        return True
    if not ends_cleanly(tokens, after):
        return True
    if after >= len(tokens) or tokens[after].gap != GLUED:
        return False
    sign = tokens[after].kind
    behind = tokens[after + 1] if after + 1 < len(tokens) else None
    if behind is not None and behind.gap == GLUED and behind.kind == WORD:
        if sign == "/" and (behind.raw.islower() or behind.value == "7"):  # 5/day, 24/7
            return True
        if sign == "," and len(behind.value) == 3 > len(tokens[first].value):  # 1,200
            return True
        return sign == "+" and not behind.value.isdecimal()
    if sign == "+":
        return True
    enumerates = sign in {".", ")"} and tokens[first].gap >= NEW_LINE  # "2. Reviews"
    return enumerates and behind is not None and behind.raw[:1].isupper() and behind.gap == SPACED


def _is_governed_number(
    tokens: Sequence[Token], element: Element, system: str, government: Government
) -> bool:
    value, digits, after = int(element.atom.value), len(element.atom.value), element.after
    if value == 0 or _measured(tokens, element.atom.first, after):
        return False
    if value == 101 and after < len(tokens) and tokens[after].value in _LESSONS:  # "DRG 101 class"
        return False
    ordinary = digits == 3 and value % 50 != 0
    if not ordinary and is_counted(tokens, after, round_number=True, reach=1 if government.elements else 2):
        return False
    if government.renewed and system == "hcc" and element.last is None:
        return _in_list(tokens, element.atom)
    return digits == 3 or not (government.renewed and system == "msdrg")


def _in_list(tokens: Sequence[Token], atom: Atom) -> bool:
    after, before = atom.after, atom.first - 1
    joins = JOINING_SIGNS | {DASH, "…"}
    right = after < len(tokens) and (
        tokens[after].kind in joins or tokens[after].value in JOINING_WORDS | {"TO", "THROUGH"}
    )
    left = before >= 0 and (tokens[before].kind in joins or tokens[before].value in JOINING_WORDS)
    return left or (right and after + 1 < len(tokens) and tokens[after + 1].value.isdecimal())


def _is_governed_pair(tokens: Sequence[Token], element: Element, _: str, government: Government) -> bool:
    token, after = tokens[element.atom.first], element.after
    value = token.value
    if not value.isascii() or _measured(tokens, element.atom.first, after):
        return False
    if value.isdecimal():
        if is_counted(tokens, after, round_number=not is_modifier(value), reach=2):
            return False
        return is_modifier(value) or not government.renewed
    known = is_modifier(value)
    if token.raw.islower():
        return known and value not in WORDS_OF_TWO
    if not token.raw.isupper():
        return False
    if value in WORDS_OF_TWO:
        return known and not _before_word(tokens, after)
    return known or (government.elements == 0 and not government.renewed and not _before_word(tokens, after))


def _before_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether an ordinary word follows, so that two capitals are an abbreviation ("modifiers 25 and ED leveling")."""
    if at >= len(tokens) or tokens[at].kind != WORD or tokens[at].gap > SPACED:
        return False
    return tokens[at].value not in JOINING_WORDS | {
        "MODIFIER",
        "MODIFIERS",
        "ON",
        "FOR",
        "TO",
        "WITH",
        "WHEN",
        "WHERE",
        "IS",
    }


def loose_modifier(tokens: Sequence[Token], dash: int, sentence: Sentence) -> bool:
    """Whether this dash begins a modifier that stands alone (`append -59 and XU`)."""
    at = dash + 1
    if at >= len(tokens) or tokens[at].gap != GLUED or len(tokens[dash].raw) > 1:
        return False
    token = tokens[at]
    if tokens[dash].gap == GLUED and dash and tokens[dash - 1].kind not in {"(", "/", ",", "“", '"', "["}:
        return False
    if (
        token.kind != WORD
        or len(token.value) != 2
        or not is_modifier(token.value)
        or not ends_cleanly(tokens, at + 1)
    ):
        return False
    chained = at + 1 < len(tokens) and tokens[at + 1].kind == DASH and tokens[at + 1].gap == GLUED
    if chained and not token.value.isdecimal():
        return False
    if not token.value.isdecimal() and not (token.raw.isupper() and token.value not in WORDS_OF_TWO):
        return False
    cold = at + 1 < len(tokens) and tokens[at + 1].value in {
        "C",
        "F",
        "°",
        "DEGREES",
        "FREEZER",
        "FREEZERS",
        "DB",
    }
    counted = is_counted(tokens, at + 1, round_number=not sentence.coding, reach=2)
    return not (_measured(tokens, at, at + 1) or cold or counted)


def is_unmistakable(tokens: Sequence[Token], at: int, of_work: bool) -> bool:
    """Whether a pair is a modifier by itself: such as no other word is, and the two halves of "LT/RT" and "26/TC"."""
    token = tokens[at]
    if token.kind != WORD or len(token.value) != 2 or token.raw.upper() != token.raw:
        return False
    begins = token.gap != GLUED or not at or tokens[at - 1].kind in {"(", "/", "“", '"'}
    if token.value in _SURE:
        return of_work and begins and not _named_behind(tokens, at) and ends_cleanly(tokens, at + 1)
    if at < 2 or not ends_cleanly(tokens, at + 1) or {token.value, tokens[at - 2].value} not in _HALVES:
        return False
    return tokens[at - 1].kind == "/" or (
        (of_work or not {"AS", "TC"}.isdisjoint({token.value, tokens[at - 2].value}))
        and tokens[at - 1].value in {"AND", "OR", "VS"}
    )


def _named_behind(tokens: Sequence[Token], at: int) -> bool:
    """Whether the list goes on to the word "modifiers", which will name all its members."""
    for token in tokens[at + 1 : at + 1 + _LONGEST_LIST]:
        if token.value.startswith("MODIFIER"):
            return True
        joins = token.kind in {",", "/", "&"} or token.value in {"AND", "OR"}
        if not joins and not (token.kind == WORD and len(token.value) == 2):
            return False
    return False


def named_backward(tokens: Sequence[Token], head: int, floor: int) -> list[int]:
    """The pairs of a list that the word behind it names ("the 25 and 59 modifiers"), in order."""
    found: list[int] = []
    at = head - 1
    kind = tokens[at] if at > 0 and tokens[at].kind == WORD and tokens[at].raw.islower() else None
    described = kind is not None and len(kind.value) > 3 and tokens[head - 2].kind == WORD
    if described:  # "1P, 2P and 8P exclusion modifiers"
        at -= 1
    while at >= max(floor, 0):
        token = tokens[at]
        if (
            token.kind == WORD
            and len(token.value) == 2
            and (at + 1 == len(tokens) or tokens[at + 1].gap <= SPACED)
            and _names_backward(token)
        ):
            found.append(at)
        elif not (
            found
            and (
                token.kind in {",", "/", "&", DASH, '"', "“", "”"}
                or token.value in {"AND", "OR", "VS", "VERSUS"}
            )
        ) and token.kind not in {DASH, '"', "“", "”"}:
            break
        at -= 1
    while (
        found and tokens[found[-1]].value in WORDS_OF_TWO and tokens[found[-1] + 1].kind != "/"
    ):  # "ED and 25 modifiers"
        found.pop()
    if described and len(found) < 2:
        return []
    found.reverse()
    if found and (is_quantified(tokens, found[0]) or _governed_elsewhere(tokens, found[0])):
        return []
    return found


def _names_backward(token: Token) -> bool:
    return is_modifier(token.value) and (token.value.isdecimal() or token.raw.isupper())


def _governed_elsewhere(tokens: Sequence[Token], first: int) -> bool:
    before = first - 1
    if before < 0 or (tokens[before].kind in {"$", "#", "."} and tokens[first].gap == GLUED):
        return before >= 0
    head = head_at(tokens, before)
    return (
        head is not None
        and head.after == first
        and head.name not in {"cpt", "hcpcs"}
        and head.kind is not Kind.CODE
    )
