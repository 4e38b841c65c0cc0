"""The one analyser: what a text is made of, for documents, queries and highlights alike.

Case and accents are folded, possessives dropped and English words stemmed. Names of the trade stay whole: E/M,
ICD-10-CM, CCS-P, CPC-A, E11.9, 0DTJ4ZZ, 99213, 62320-62327; other hyphens and slashes part words. Engines get the
tokens joined by spaces and split them there again, so every engine matches the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple, TypeVar

import Stemmer

ANALYSIS_VERSION = 2
LONGEST_TOKEN = 64
SHORTEST_WRITTEN, LONGEST_WRITTEN = 4, 30
_SHORTEST_IN_CAPITALS = 7
_CACHE_LIMIT = 200_000

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_WORD = r"[^\W_][\w\u0300-\u036f\u00ad\u200b-\u200d]*"
_CHUNK = re.compile(
    rf"[Ii][Cc][Dd][{DASHES}]?10(?:[{DASHES}]?(?:[Cc][Mm]|[Pp][Cc][Ss]))?(?![\w])"
    rf"|{_WORD}(?:[{DASHES}./&,:'\u2019]{_WORD})*"
)
_RUN = re.compile(r"\S+")
_SPACED_ICD10 = re.compile(r"\bICD[- ]?10(?:[- ](?:CM|PCS))?\b", re.IGNORECASE)
_ICD10 = re.compile(r"icd-?10(?:-?(cm|pcs))?")
_ICD_CODE = r"[a-z]\d[0-9a-z](?:\.[0-9a-z]{1,4})?"
_WHOLE = re.compile(
    rf"{_ICD_CODE}-{_ICD_CODE}|[a-z]\d[0-9a-z]\.[0-9a-z]{{1,4}}"
    r"|\d{5}-\d{5}|\d{4}[ftum]-\d{4}[ftum]|[a-z]\d{4}-[a-z]\d{4}"
    r"|[a-z]{2,5}-[a-z]|icd-9(?:-cm)?|\d+\.\d+|\d+/\d+(?:/\d+)?"
)
_PAIR = re.compile(r"([a-z])[/&]([a-z])")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DOTTED_LETTERS = re.compile(r"(?:[a-z]\.)+[a-z]")
_LETTER_NUMBER = re.compile(r"([a-z])-(\d)")
_SEPARATORS = (re.compile(r"[,:_]"), re.compile(r"[/&]"), re.compile(rf"[{DASHES}]"), re.compile(r"\."))
_ANY_SEPARATOR = re.compile(rf"[{DASHES},:_/&.]")
_PLAIN = str.maketrans(
    dict.fromkeys(DASHES, "-") | {"\u2019": "'"} | dict.fromkeys("\u00ad\u200b\u200c\u200d", "")
)
_PLURAL_LETTERS = re.compile(r"[A-Z]{2,6}s")
_LOWER_PLURALS = {"drgs": "drg", "hccs": "hcc", "cpts": "cpt", "cpcs": "cpc", "msdrgs": "msdrg"}
_DOTLESS_ICD = re.compile(r"([a-z]\d[0-9a-z])([0-9a-z]{1,4})")
_HCPCS_SHAPE = re.compile(r"[a-z]\d{4}")

_Value = TypeVar("_Value")
_stem = Stemmer.Stemmer("english", 0).stemWord


class Token(NamedTuple):
    """A token and the half-open span of characters in the text from which it was made."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` without accents and case, dashes and apostrophes made plain."""
    text = text.translate(_PLAIN)
    if not text.isascii():
        signs = unicodedata.normalize("NFKD", text)
        plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
        # Some signs fold into a blank and a letter; a word must stay one word.
        text = plain if any(map(str.isspace, text)) else "".join(plain.split())
    return text.casefold()


def _word(raw: str, folded: str) -> str:
    folded = folded.removesuffix("'s").replace("'", "")[:LONGEST_TOKEN]
    if _PLURAL_LETTERS.fullmatch(raw):
        return folded[:-1]
    if len(folded) <= 3 or not folded.isalpha():
        return folded
    return _LOWER_PLURALS.get(folded) or str(_stem(folded))


def _whole(raw: str) -> str | None:
    """Return the token that `raw` is as a whole, or None where it must be parted."""
    folded = fold(raw)
    if named := _ICD10.fullmatch(folded):
        return f"icd-10-{named[1]}" if named[1] else "icd-10"
    if not _ANY_SEPARATOR.search(folded):
        return _word(raw, folded)
    owner = folded.removesuffix("'s")
    if _WHOLE.fullmatch(owner):
        return owner
    if pair := _PAIR.fullmatch(owner):
        return f"{pair[1]}/{pair[2]}"
    if joined := _LETTER_NUMBER.fullmatch(owner):
        return joined[1] + joined[2]
    if _THOUSANDS.fullmatch(owner):
        return owner.replace(",", "")
    if _DOTTED_LETTERS.fullmatch(owner):
        return owner.replace(".", "")
    return None


def _pieces(raw: str, offset: int = 0) -> Iterator[Token]:
    if (token := _whole(raw)) is not None:
        if token:
            yield Token(token, offset, offset + len(raw))
        return
    separator = next((found for found in _SEPARATORS if found.search(raw)), None)
    if separator is None:
        # One sign that folds into several ("🄀" is "0."): there is nowhere to part it.
        if joined := _ANY_SEPARATOR.sub("", fold(raw))[:LONGEST_TOKEN]:
            yield Token(joined, offset, offset + len(raw))
        return
    begin = 0
    for cut in separator.finditer(raw):
        if cut.start() > begin:
            yield from _pieces(raw[begin : cut.start()], offset + begin)
        begin = cut.end()
    if begin < len(raw):
        yield from _pieces(raw[begin:], offset + begin)


def _word_pieces(word: str) -> Iterator[Token]:
    for chunk in _CHUNK.finditer(word):
        yield from _pieces(chunk[0], chunk.start())


def _remember(cache: dict[str, _Value], word: str, value: _Value) -> None:
    if len(word) > LONGEST_TOKEN:
        return
    if len(cache) >= _CACHE_LIMIT:
        cache.clear()
    cache[word] = value


class _Pieces(dict[str, tuple[Token, ...]]):
    def __missing__(self, word: str) -> tuple[Token, ...]:
        found = tuple(_word_pieces(word))
        _remember(self, word, found)
        return found


class _Joined(dict[str, str]):
    def __missing__(self, word: str) -> str:
        joined = " ".join(piece.text for piece in _word_pieces(word))
        _remember(self, word, joined)
        return joined


class _Written(dict[str, tuple[str, ...]]):
    def __missing__(self, word: str) -> tuple[str, ...]:
        spans = ((word[piece.start : piece.end]) for piece in _word_pieces(word))
        found = tuple(
            plain
            for raw in spans
            if not (raw.isupper() and len(raw) < _SHORTEST_IN_CAPITALS)
            and (plain := fold(raw).removesuffix("'s").replace("'", "")).isalpha()
            and SHORTEST_WRITTEN <= len(plain) <= LONGEST_WRITTEN
        )
        _remember(self, word, found)
        return found


_pieces_of = _Pieces()
_written_of = _Written()
_joined_of = _Joined()


def bound(text: str) -> str:
    """Return `text` with ICD 10 CM bound by hyphens into one word; every character keeps its place."""
    if "CD 1" in text or "cd 1" in text or "10 C" in text or "10 P" in text:
        return _SPACED_ICD10.sub(lambda name: name[0].replace(" ", "-"), text)
    return text


def token_text(text: str) -> str:
    """Return the tokens of `text` joined by single spaces, as engines are given them."""
    return " ".join(filter(None, map(_joined_of.__getitem__, bound(text).split())))


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` in order."""
    return token_text(text).split()


def written_words(texts: Iterable[str]) -> set[str]:
    """Return the words of `texts` as people write them, folded but not stemmed: what a typo may have meant.

    Only words of letters, from `SHORTEST_WRITTEN` of them on; short ones in capitals are names of the trade.
    """
    found: set[str] = set()
    for run in {run for text in texts for run in bound(text).split()}:
        found.update(_written_of[run])
    return found


def words(text: str) -> tuple[list[str], list[int]]:
    """Return the runs of `text` between white space and where each starts; for use with `pieces`."""
    text = bound(text)
    runs = text.split()
    starts = [0, *accumulate(len(run) + 1 for run in runs)]
    lead = len(text) - len(text.lstrip())
    if starts[-1] - 1 != len(text.strip()):
        return runs, [run.start() for run in _RUN.finditer(text)]
    return runs, [start + lead for start in starts[:-1]] if lead else starts[:-1]


def pieces(word: str) -> tuple[Token, ...]:
    """Return the tokens of one run of `words`, with spans within it."""
    return _pieces_of[word]


def spans(text: str) -> Iterator[Token]:
    """Yield the tokens of `text` in order, each with the characters that it stands for."""
    for word, start in zip(*words(text), strict=True):
        for piece in _pieces_of[word]:
            yield Token(piece.text, start + piece.start, start + piece.end)


def variants(word: str) -> tuple[str, ...]:
    """Return other spellings under which documents may carry a code or a system's name.

    A diagnosis code is sought with and without its dot, except where the dotless form is a HCPCS code (J11.00 and
    J1100 are different things); ICD-10 alone stands for both of its systems.
    """
    if word == "icd-10":
        return ("icd-10-cm", "icd-10-pcs")
    if "." in word:
        dotless = word.replace(".", "")
        if _DOTLESS_ICD.fullmatch(dotless) and not _HCPCS_SHAPE.fullmatch(dotless) and dotless[0].isalpha():
            return (dotless,)
        return ()
    if (parts := _DOTLESS_ICD.fullmatch(word)) and not _HCPCS_SHAPE.fullmatch(word):
        return (f"{parts[1]}.{parts[2]}",)
    return ()
