"""Codes that a posting's people name one by one: as they type or pick them, and as the form writes them again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jobboard.codes.linker import link, parse_query_code
from jobboard.postings.models import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jobboard.codes.linker import Mention
    from jobboard.postings.models import Posting, PostingCode

# The word before a code that says its system, as `parse_query_code` reads it.
SYSTEM_WORDS: Final = {
    "cpt": "CPT",
    "icd10cm": "ICD-10-CM",
    "icd10pcs": "ICD-10-PCS",
    "hcpcs": "HCPCS",
    "msdrg": "MS-DRG",
    "hcc": "HCC",
    "modifier": "modifier",
}
# With all that its text can name confirmed, and as many added.
MOST_STATED: Final = 600
LONGEST_TYPED: Final = 20_000
_MOST_COMPLAINTS: Final = 5
_LONGEST_SHOWN: Final = 40
# "ICD-10-CM codes E10 to E14", the longest that is one code or range.
_MOST_WORDS: Final = 5
_BETWEEN: Final = re.compile(r"[,;\n/&]|\b(?:and|or)\b", re.IGNORECASE)
_NEED_THEIR_WORD: Final = frozenset({"msdrg", "hcc", "modifier"})
_DENTAL: Final = re.compile(r"D[0-9]{4}", re.IGNORECASE)


def read_codes(typed: str) -> list[Mention]:
    """The codes, families and ranges of a list with commas or blanks between, each once, in their order.

    A system named before a number goes on to the numbers after it ("DRG 470, 871"). A letter and four digits are
    HCPCS Level II, unless ICD-10-CM was named before. ValueError names the words that are no codes, or a code that
    could be of two systems.
    """
    if len(typed) > LONGEST_TYPED:
        raise ValueError(f"Keep the codes to {LONGEST_TYPED:,} characters; a range says many at once.")
    found: dict[str, Mention] = {}
    unknown: list[str] = []
    last = named = ""
    for words, readings in _pieces(typed):
        if not readings and last in _NEED_THEIR_WORD:
            readings = parse_query_code(f"{SYSTEM_WORDS[last]} {words}")
        if not readings or _DENTAL.fullmatch(words):
            unknown.append(words[:_LONGEST_SHOWN])
        elif len(readings) > 1 and named == "icd10cm":
            both = " or ".join(_words_of(*_key(each)) for each in readings)
            raise ValueError(f"{words[:_LONGEST_SHOWN]} could be two codes: write {both}.")
        else:
            last = readings[0].system
            named = last if words != readings[0].text else named
            for mention in (readings[0], *_tied(words, last)):
                found.setdefault(_words_of(*_key(mention)), mention)
        if len(unknown) >= _MOST_COMPLAINTS or len(found) > MOST_STATED:
            break
    if unknown:
        named = ", ".join(f"“{each}”" for each in unknown)
        raise ValueError(f"Not a code: {named}. Write them so: 99213, E11.9, J1885, MS-DRG 470, 99202-99215.")
    if len(found) > MOST_STATED:
        raise ValueError(f"Name at most {MOST_STATED} codes; a range or family says many at once.")
    return list(found.values())


def written(code: PostingCode) -> str:
    """A posting's code as `read_codes` reads it back: "ICD-10-CM E11.-"; '' for what no list can say."""
    key = (code.system, code.start, code.end, code.is_family)
    words = _words_of(*key)
    try:
        read = read_codes(words)
    except ValueError:
        return ""
    return words if [_key(each) for each in read] == [key] else ""


def named_by_people(posting: Posting) -> list[str]:
    """The codes that the posting's people stated or confirmed, as `read_codes` reads them back."""
    named = (code for code in posting.codes if code.origin != Origin.RECOGNISED and not code.dismissed)
    return [words for code in named if (words := written(code))]


def canonical_words(mentions: Iterable[Mention]) -> list[str]:
    """Codes that were typed, each as `written` writes it."""
    return [_words_of(*_key(each)) for each in mentions]


def _pieces(typed: str) -> Iterator[tuple[str, list[Mention]]]:
    """What stands between commas; where that is no code as a whole, the longest codes within, word by word."""
    for piece in _BETWEEN.split(typed.strip()):
        words = [bare for word in piece.split() if (bare := word.strip(".()"))]
        at = 0
        while at < len(words):
            for many in range(min(_MOST_WORDS, len(words) - at), 0, -1):
                some = " ".join(words[at : at + many])
                readings = parse_query_code(some)
                if readings or many == 1:
                    yield some, readings
                    at += many
                    break


def _tied(words: str, system: str) -> list[Mention]:
    """The modifiers that stand behind a code: of 99213-25, the 25."""
    if system not in {"cpt", "hcpcs"}:
        return []
    return [each for each in link(words) if each.system == "modifier"]


def _key(mention: Mention) -> tuple[str, str, str | None, bool]:
    return mention.system, mention.start, mention.end, mention.family


def _words_of(system: str, start: str, end: str | None, family: bool) -> str:
    code = f"{start}-{end}" if end is not None else start
    if family and system == "icd10cm":
        code = f"{start}-" if "." in start else f"{start}.-"
    return f"{SYSTEM_WORDS.get(system, system)} {code}"
