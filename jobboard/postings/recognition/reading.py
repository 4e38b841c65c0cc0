"""Cuts a title and a text into sentences of tokens, and knows under which heading a sentence stands.

Bounded throughout: no more than LONGEST_TEXT characters are read, and no sentence is longer than
LONGEST_SENTENCE, so that every pattern run over sentences costs time in proportion to the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jobboard.vocabulary import folded

LONGEST_TEXT = 60_000
LONGEST_SENTENCE = 800

_TOKEN = re.compile(r"[^\W_]+(?:[&+][^\W_]+)*")
_PLURAL = re.compile(r"[A-Z0-9&]{2,}s")
_LINK = re.compile(r"\[([^\]\[\n]{1,200})\]\([^()\s]{0,300}\)")
_BULLET = re.compile(r"^\s{0,12}(?:[-*+•·▪◦●–—o]\s+|\d{1,2}[.)]\s+|#{1,6}\s*|>\s*)")
_JOINED = frozenset({"or", "and", "and/or"})
_JOINING = tuple(f" {word}" for word in sorted(_JOINED))
_MARKS = re.compile(r"\*{1,3}(?!\s)|(?<=\S)\*{1,3}|_{2,3}|`+|\\(?=[^\w\s])")
# A question mark after a space stands for a dash that a form could not write.
_END = re.compile(r"(?<!\s)[.!?](?=\s)|;")
_STATES_AHEAD = re.compile(r"\b[Ss]tates?\b[^;:]{0,40}:")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|u\.s|st|ft|mt|dr|approx|min|max|yrs?|hrs?|mos?|wks?|no|inc|dept|req|vs"
    r"|incl|excl|pref)"
    r"|\b[a-z]|\b[a-z]\.[a-z])$",
    re.IGNORECASE,
)
_TYPED = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "®": " ", "™": " ", "\u00a0": " "} | dict.fromkeys("‐‑‒–—−", "-")
)

_PREFERRED = re.compile(
    r"^(?:preferred|desired|desirable|nice[ -]to[ -]have|bonus|ideal|pluses|a plus|additional)\b"
)
_REQUIRED = re.compile(
    r"^(?:required|requirements?|minimum|must[ -]haves?|basic qual|qualifications?|certifications?"
    r"|credentials?"
    r"|licens\w+|education|what you(?:'ll)? (?:need|bring)|experience|skills|who you are"
    r"|job requirements|eligibility)\b"
)
_OTHER = re.compile(
    r"^(?:benefits|perks|what we offer|we offer|compensation|pay|why|about|overview|summary"
    r"|job summary|description"
    r"|(?:job |essential |key |primary |main )?(?:duties|responsibilities|functions)"
    r"|what you(?:'ll| will) do"
    r"|the role|position|your day|schedule|location|how to apply|hours|shift|our)\b"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: folded, as written, and where it stands in its sentence."""

    word: str
    written: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence, line or clause between semicolons. `section` is required, preferred or other, if any."""

    text: str
    section: str | None = None
    is_title: bool = False

    @cached_property
    def lower(self) -> str:
        """The text in small letters, of equal length."""
        lowered = self.text.lower()
        return lowered if len(lowered) == len(self.text) else self.text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words in order."""
        return tuple(_tokens(self.text))

    @cached_property
    def is_shouted(self) -> bool:
        """Written in capitals, so that capitals say nothing about a word."""
        letters = [letter for letter in self.text if letter.isalpha()]
        return len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters)


def sentences(title: str, text: str) -> tuple[Sentence, ...]:
    """The title as the first sentence, then the sentences of the text."""
    head = " ".join(_plain(title[:500]).split())
    found = [Sentence(head[:LONGEST_SENTENCE], is_title=True)] if head else []
    section: str | None = None
    for line in _lines(_plain(text[:LONGEST_TEXT])):
        heading = _section(line)
        if heading is not None:
            section = heading
        found += [Sentence(part, section) for part in _parts(line)]
    return tuple(found)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_TYPED)).translate(_TYPED)
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def _lines(text: str) -> Iterator[str]:
    """Lines without bullets; a wrapped line and a list after "the following:" are put together again."""
    current, listing, gap = "", False, False
    for raw in text.splitlines():
        bullet = _BULLET.match(raw)
        line = " ".join((raw[bullet.end() :] if bullet else raw).split())
        if not line:
            gap = not listing and not current.endswith(_JOINING)
            continue
        joined = line.lower().strip(" .,:;-")
        if gap and joined not in _JOINED:
            yield current
            current = ""
        gap = False
        wrapped = bool(current) and not bullet and line[0].islower() and current[-1] not in ".:;!?"
        wrapped = wrapped or (bool(current) and not bullet and current[-1] in ",-(&/")
        if current and joined in _JOINED and len(current) < LONGEST_SENTENCE:
            current = f"{current.rstrip('.;,')} {joined}"
        elif current.endswith(_JOINING) and len(line) < 200 and len(current) < LONGEST_SENTENCE:
            current = f"{current} {line}"
        elif listing and _is_item(line, bullet is not None) and len(current) < LONGEST_SENTENCE:
            glue = " " if current.endswith(":") else ", "
            current = f"{current}{glue}{line.rstrip('.;,')}"
        elif wrapped and len(current) < LONGEST_SENTENCE:
            current = f"{current} {line}"
        else:
            yield current
            current = line
            listing = (
                line.endswith(":")
                and re.search(
                    r"\b(?:following|one of|any of|two of|states|specialties|service lines)\b", line.lower()
                )
                is not None
            )
    yield current


def _is_item(line: str, bulleted: bool) -> bool:
    """Whether a line is an item of the list that was announced; without a bullet it is short and no sentence."""
    if bulleted:
        return len(line) < 80
    return len(line) < 50 and line[-1] not in ".:!?" and len(line.split()) < 7 and _section(line) is None


def _section(line: str) -> str | None:
    """required, preferred or other when the line is a heading; nothing when it is none."""
    if len(line) > 60 or not line or line[-1] in ".!?," or len(line.split()) > 6:
        return None
    lowered = line.rstrip(" :").lower()
    if ":" in lowered:
        return None
    if "preferred" in lowered and "required" not in lowered and (line.endswith(":") or "qualif" in lowered):
        return "preferred"
    for pattern, name in ((_PREFERRED, "preferred"), (_REQUIRED, "required"), (_OTHER, "other")):
        if pattern.match(lowered) and (
            line.endswith(":") or line.istitle() or line.isupper() or len(lowered.split()) < 3
        ):
            return name
    return None


def _parts(line: str) -> Iterator[str]:
    if _STATES_AHEAD.search(line):
        line = line.replace(";", ",")
    start = 0
    for end in _END.finditer(line):
        before = line[max(start, end.start() - 8) : end.start()]
        if end[0] == "." and _ABBREVIATED.search(before):
            continue
        yield from _chunks(line[start : end.end()].strip(" ;"))
        start = end.end()
    yield from _chunks(line[start:].strip(" ;"))


def _chunks(part: str) -> Iterator[str]:
    while len(part) > LONGEST_SENTENCE:
        cut = part.rfind(" ", 0, LONGEST_SENTENCE)
        cut = cut if cut > 0 else LONGEST_SENTENCE
        yield part[:cut]
        part = part[cut:].lstrip()
    if part:
        yield part


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        written = match[0]
        singular = written
        after_hyphen = match.start() > 0 and text[match.start() - 1] == "-"
        if _PLURAL.fullmatch(written) or (after_hyphen and written in {"As", "Ps", "Hs"}):
            singular = written[:-1]
        yield Token(folded(singular), singular, match.start(), match.end())
