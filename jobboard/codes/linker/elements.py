"""Ranges, and the modifiers that hang on a code: what is written as one piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jobboard.codes.linker.atoms import ICD_SHAPES, Atom, Shape, atoms_at, dotted
from jobboard.codes.linker.neighbours import is_counted, is_time
from jobboard.codes.linker.plausible import is_modifier, is_ride, modifies
from jobboard.codes.linker.positions import position
from jobboard.codes.linker.tokens import DASH, GLUED, NEW_LINE, RANGE_DOTS, SPACED, WORD, Token
from jobboard.codes.linker.wordlists import words

_TO = frozenset({"TO", "THROUGH", "THRU", "UNTIL"})
_CODES_WITH_MODIFIERS = (Shape.FIVE, Shape.LETTERED, Shape.LEVEL2)
# two letters that are words, states or departments oftener than modifiers when no dash ties them to a code
WORDS_OF_TWO = words(
    """
    AM AN AS AT BE BY DO GO HE IF IN IS IT ME MY NO OF OK ON OR SO TO UP US WE PM VS ED ER CT PT OT PA NP
    MD MS HR CA CO GA AL AR IA IL KS KY LA MA MN MO MT NC ND NE NH NJ NM NV NY OH RI SC SD TN TX UT VA VT
    WA WI WV WY DE FL HI ID AK AZ IR OB GI GU EM OP IP UR QA CC DX TX RX HX PC CE
    """
)
_DOTTED = frozenset({"26", "TC"})  # other two digits behind a point are cents
_CLOSED_WORDS = frozenset({"AT", "AS"})  # modifiers if nothing follows that they could join
_OF_THERAPY = frozenset({"GP", "GN", "KX", "RT", "LT", "CQ", "XS", "XU", "XE", "XP"})  # behind "97140 59"
_SHORT_SHAPES = (Shape.FIVE, Shape.LEVEL2, Shape.DOTTED, Shape.CATEGORY, Shape.NUMBER)


@dataclass(frozen=True, slots=True)
class Pair:
    """A modifier's two characters, and where they stand."""

    value: str
    start: int
    end: int


@dataclass(slots=True)
class Element:
    """A code or a range as written, with the modifiers tied to it. `after` is the index of the next token."""

    atom: Atom
    last: str | None
    after: int
    end: int
    undotted: bool = False
    modifiers: list[Pair] = field(default_factory=list)

    @property
    def shape(self) -> Shape:
        """The shape of the first code; `UNDOTTED` for a range with an undotted end."""
        return Shape.UNDOTTED if self.undotted else self.atom.shape


def element_from(tokens: Sequence[Token], atom: Atom) -> Element:
    """Extend a single code to the range that it begins, and collect its modifiers."""
    element = Element(atom, None, atom.after, atom.end)
    _extend_range(tokens, element)
    if atom.shape in _CODES_WITH_MODIFIERS and not atom.family:
        _collect_modifiers(tokens, element)
    return element


def _extend_range(tokens: Sequence[Token], element: Element) -> None:
    right = _connector(tokens, element.atom.after)
    if right is None:
        return
    first = element.atom
    glued = tokens[right].gap == GLUED and tokens[first.after].kind == DASH
    for other in atoms_at(tokens, right):
        if not _comparable(first, other) or not ends_cleanly(tokens, other.after):
            continue
        if _key(first) < _key(other):
            element.last, element.after, element.end = other.value, other.after, other.end
            element.undotted = Shape.UNDOTTED in {first.shape, other.shape}
        if (
            element.last is not None
            or len(other.value) >= len(first.value)
            or first.shape is not Shape.NUMBER
        ):
            return
    if tokens[first.after].kind == DASH and first.shape in _SHORT_SHAPES and not first.family:
        _complete(tokens, element, right, glued)


def _connector(tokens: Sequence[Token], at: int) -> int | None:
    """The index behind a dash, "to" or dots that may tie two ends; a bullet at a line's start ties nothing."""
    if at + 1 >= len(tokens):
        return None
    sign, behind = tokens[at], tokens[at + 1]
    if behind.gap > NEW_LINE or sign.gap > NEW_LINE:
        return None
    if sign.kind == DASH and len(sign.raw) <= 2:
        bullet = sign.gap == NEW_LINE and behind.gap != GLUED
        return None if bullet else at + 1
    if sign.kind == RANGE_DOTS:
        return at + 1 if sign.gap <= SPACED else None
    if sign.kind == WORD and sign.value in _TO:
        return at + 1
    if sign.kind == DASH or behind.value not in _TO:
        return None
    return None


def _comparable(first: Atom, other: Atom) -> bool:
    if first.shape == other.shape:
        if first.shape is Shape.PAIR:
            both = first.value.isdecimal() and other.value.isdecimal()
            lettered = first.value[0] == other.value[0] and other.value[1].isdigit()
            return both or (lettered and is_modifier(first.value) and is_modifier(other.value))
        if first.shape is Shape.LETTERED:
            return first.value[-1] == other.value[-1]
        return True
    icd = {first.shape, other.shape}
    return icd <= ICD_SHAPES or icd == {Shape.UNDOTTED, Shape.LEVEL2}


def _key(atom: Atom) -> str:
    if atom.shape is Shape.LETTERED:
        return position("cpt", atom.value)
    if atom.shape is Shape.NUMBER:
        return atom.value.zfill(3)
    return atom.value.replace(".", "")


def ends_cleanly(tokens: Sequence[Token], after: int) -> bool:
    """Whether the piece ends here, and is not the beginning of a longer identifier."""
    if after >= len(tokens) or tokens[after].gap != GLUED:
        return True
    sign = tokens[after]
    if sign.kind == WORD:
        return False
    if sign.kind in {DASH, ".", ":"} and after + 1 < len(tokens) and tokens[after + 1].gap == GLUED:
        follower = tokens[after + 1]
        return not (follower.kind == WORD and follower.value[0].isdigit() and not is_modifier(follower.value))
    return True


def _complete(tokens: Sequence[Token], element: Element, right: int, glued: bool) -> None:
    """A shortened end: `99202-15`, `I21.0-.4`, `E11-14`, `J0120-90`, `469-70`."""
    first = element.atom
    at = right
    if tokens[at].kind == "." and first.shape is Shape.DOTTED and at + 1 < len(tokens):
        at += 1
        if tokens[at].gap != GLUED:
            return
    short = tokens[at]
    if short.kind != WORD or not short.value.isascii() or not ends_cleanly(tokens, at + 1):
        return
    end = _completed(first, short.value, dotted_end=at > right, typographic=tokens[right - 1].raw == "–")
    counted = is_time(tokens, at + 1) or is_counted(tokens, at + 1, round_number=True, reach=2)
    if end is None or (
        counted and not (glued and first.shape in (Shape.FIVE, Shape.DOTTED) and not is_time(tokens, at + 1))
    ):
        return
    if not glued and len(short.value) < 2:
        return
    element.last, element.after, element.end = end, at + 1, short.end


def _completed(first: Atom, short: str, dotted_end: bool, typographic: bool) -> str | None:
    value = first.value
    if first.shape is Shape.FIVE:
        near = typographic and len(short) == 2 and value[3:] < short < value[3] + "9" and short != "25"
        fits = (
            short.isdecimal()
            and len(short) <= 3
            and (near or not (len(short) == 2 and modifies(short, value)))
        )
    elif first.shape is Shape.LEVEL2:
        fits = short.isdecimal() and len(short) <= 4 and not is_modifier(short)
    elif first.shape is Shape.NUMBER:
        fits = short.isdecimal() and len(short) < len(value)
    elif first.shape is Shape.CATEGORY:
        fits = short.isdecimal() and len(short) == 2
    elif dotted_end:
        end = f"{value[:3]}.{short}"
        return end if short[0].isdigit() and len(short) <= 4 and value < end else None
    else:
        fits = short.isdecimal() and len(short) <= len(value) - 4
    if not fits:
        return None
    end = value[: len(value) - len(short)] + short
    return end if value < end else None


def _collect_modifiers(tokens: Sequence[Token], element: Element) -> None:
    while True:
        found = _next_modifier(tokens, element)
        if found is None:
            return
        at, pair = found
        element.modifiers.append(pair)
        element.after = at + 1


def _next_modifier(tokens: Sequence[Token], element: Element) -> tuple[int, Pair] | None:
    at = element.after
    if at >= len(tokens) or tokens[at].gap > NEW_LINE:
        return None
    sign = tokens[at]
    if (
        sign.value == "WITH" and sign.gap == SPACED and at + 1 < len(tokens) and not element.modifiers
    ):  # "99213 with 25"
        return _next_modifier_word(tokens, at + 1, element)
    if sign.value == "W" and at + 2 < len(tokens) and tokens[at + 1].kind == "/" and not element.modifiers:
        return _next_modifier_word(tokens, at + 2, element)  # "K0823 w/ GY"
    tied = at + 1 < len(tokens) and tokens[at + 1].kind == WORD and len(tokens[at + 1].value) == 2
    if tied and sign.kind == DASH and sign.gap <= NEW_LINE and tokens[at + 1].gap in {GLUED, NEW_LINE}:
        if sign.gap == NEW_LINE and tokens[at + 1].gap != GLUED:
            return None
        return _pair(tokens, at + 1, element)
    if tied and element.modifiers and sign.kind in {"/", ","} and tokens[at + 1].gap <= SPACED:
        value = tokens[at + 1].value
        if sign.kind == "/" or (is_modifier(value) and value not in WORDS_OF_TWO):
            return _pair(tokens, at + 1, element)
        return None
    if (
        tied
        and sign.kind == "/"
        and sign.gap == GLUED
        and tokens[at + 1].gap == GLUED
        and is_modifier(tokens[at + 1].value)
    ):
        return _pair(tokens, at + 1, element)
    if (
        sign.kind == "."
        and sign.gap == GLUED
        and tied
        and tokens[at + 1].gap == GLUED
        and not element.modifiers
    ):
        return _pair(tokens, at + 1, element) if tokens[at + 1].value in _DOTTED else None  # "75710.26"
    aside = _aside(tokens, at, element)
    return aside if aside is not None else _next_modifier_word(tokens, at, element)


def _aside(tokens: Sequence[Token], at: int, element: Element) -> tuple[int, Pair] | None:
    """A modifier in brackets or behind a loose dash, with nothing that it could count (`75716 (26)`, `75625 – 59`)."""
    sign = tokens[at]
    if at + 1 >= len(tokens) or element.last is not None:
        return None
    behind = tokens[at + 2] if at + 2 < len(tokens) else None
    if sign.kind == "(":
        closed = behind is not None and behind.kind == ")"
    elif sign.kind == DASH and len(sign.raw) == 1 and sign.gap == SPACED == tokens[at + 1].gap:
        closed = tokens[at + 1].value.isdecimal() and (
            behind is None or (behind.kind in {",", ";", ")"} or behind.gap >= NEW_LINE)
        )
    else:
        return None
    return _pair(tokens, at + 1, element) if closed and len(tokens[at + 1].value) == 2 else None


def _next_modifier_word(tokens: Sequence[Token], at: int, element: Element) -> tuple[int, Pair] | None:
    sign = tokens[at]
    if (
        sign.kind == WORD
        and len(sign.value) == 2
        and sign.gap == SPACED
        and (is_modifier(sign.value) or is_ride(sign.raw, element.atom.value))
    ):
        return _loose_pair(tokens, at, element)
    return None


def _pair(tokens: Sequence[Token], at: int, element: Element) -> tuple[int, Pair] | None:
    token = tokens[at]
    value = token.value
    end_of_range = (
        element.last is None
        and not element.modifiers
        and not modifies(value, element.atom.value)
        and not is_ride(value, element.atom.value)
    )
    rising = element.last is None and element.atom.value[3:] < value < element.atom.value[3:4] + "9"
    if rising and tokens[at - 1].raw == "–" and value != "25" and value.isdecimal() and not element.modifiers:
        return None  # "11920–22": a typographer's dash between neighbours
    known = is_modifier(value) or is_ride(value, element.atom.value)
    if not known or end_of_range or not ends_cleanly(tokens, at + 1):
        return None
    if is_time(tokens, at + 1):
        return None
    return at, Pair(value, token.start, token.end)


def _loose_pair(tokens: Sequence[Token], at: int, element: Element) -> tuple[int, Pair] | None:
    """A modifier after a mere space (`A4253 KX`, `99213 25`): letters that are no word, or a closed number."""
    token = tokens[at]
    if not ends_cleanly(tokens, at + 1) or (
        at + 1 < len(tokens) and tokens[at + 1].kind == DASH and tokens[at + 1].gap == 0
    ):
        return None
    if token.value.isdecimal():
        closed = (
            at + 1 >= len(tokens)
            or tokens[at + 1].kind in {",", ".", ";", ")"}
            or tokens[at + 1].value in {"AND", "OR", "WHEN", "IF"}
            or (tokens[at + 1].raw in _OF_THERAPY and ends_cleanly(tokens, at + 2))
        )
        if not closed or element.last is not None:
            return None
        return at, Pair(token.value, token.start, token.end)
    same_case = token.raw.isupper() or element.atom.value != tokens[element.atom.first].raw
    listed = at + 2 < len(tokens) and tokens[at + 1].kind == "/" and is_modifier(tokens[at + 2].value)
    closed = token.raw in _CLOSED_WORDS and (
        at + 1 >= len(tokens) or tokens[at + 1].kind in {",", ";", ".", ")"} or tokens[at + 1].gap >= NEW_LINE
    )
    if is_ride(token.raw, element.atom.value):
        return at, Pair(token.value, token.start, token.end)
    if (token.value in WORDS_OF_TWO and not (listed or closed)) or not same_case:
        return None
    return at, Pair(token.value, token.start, token.end)


def completed_neighbour(previous: Element, value: str) -> str | None:
    """The code that a shortened list member stands for: `.22` after `E11.21`, `14` after `99213/`."""
    base = previous.last or previous.atom.value
    if value.startswith("."):
        return dotted(base[:3] + value[1:]) if previous.shape is Shape.DOTTED else None
    if previous.shape is Shape.FIVE and value.isdecimal() and len(value) <= 2 and not is_modifier(value):
        end = base[: 5 - len(value)] + value
        return end if end > base else None
    return None
