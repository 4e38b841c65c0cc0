"""From a text to its mentions."""

from __future__ import annotations

from jobboard.codes.linker.atoms import dotted
from jobboard.codes.linker.elements import Element
from jobboard.codes.linker.judging import judge
from jobboard.codes.linker.mention import Mention, System
from jobboard.codes.linker.positions import position
from jobboard.codes.linker.reading import Candidate, Reader
from jobboard.codes.linker.tokens import lex

LONGEST_TEXT = (
    200_000  # characters; many times the longest posting, and what a page may wait for at the worst
)


def link(text: str) -> list[Mention]:
    """Every code, family and range that the text names, in order, one entry per occurrence.

    Needs nothing but the text; what is loaded plays no part. Never raises; takes time in proportion to the
    text's length, of which it reads the first `LONGEST_TEXT` characters.
    """
    tokens = lex(_as_far_as_read(text))
    candidates = Reader(tokens).read()
    mentions: list[Mention] = []
    for candidate, system in zip(candidates, judge(tokens, candidates), strict=True):
        if system is not None:
            mentions.extend(_mentions(text, candidate, system))
    return sorted(mentions, key=lambda mention: mention.offset)


def _as_far_as_read(text: str) -> str:
    """The text, or its beginning up to the last blank within the limit: half a code is none."""
    if len(text) <= LONGEST_TEXT:
        return text
    cut = max(text.rfind(blank, 0, LONGEST_TEXT) for blank in " \n\t")
    return text[: cut if cut > 0 else LONGEST_TEXT]


def _mentions(text: str, candidate: Candidate, system: System) -> list[Mention]:
    element = candidate.element
    modifiers = (
        Mention("modifier", pair.value, None, text[pair.start : pair.end], pair.start)
        for pair in element.modifiers
    )
    return [mention_of(text, element, system), *modifiers]


def mention_of(text: str, element: Element, system: System) -> Mention:
    """The element as a mention of the system, without the modifiers tied to it.

    A range that ends below its beginning (`E11-E11.A9`) is no interval, for a code covers what lies below it: it means
    the family.
    """
    atom = element.atom
    start = canonical(system, atom.value)
    end = None if element.last is None else canonical(system, element.last)
    is_below = end is not None and end != start and _below(system, end, start)
    if is_below:
        end = None
    family = (atom.family or is_below) and end is None
    return Mention(system, start, end, text[atom.start : element.end], atom.start, family)


def _below(system: System, code: str, above: str) -> bool:
    return position(system, code).startswith(position(system, above))


def canonical(system: System, value: str) -> str:
    """The code as its keeper prints it: upper case, dotted, a DRG with three digits, an HCC without zeros."""
    value = value.upper()
    if system == "icd10cm":
        return dotted(value)
    if system == "msdrg":
        return value.zfill(3)
    if system == "hcc":
        return value.lstrip("0") or value
    return value
