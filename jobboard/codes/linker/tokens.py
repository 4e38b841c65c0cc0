"""A text as tokens: words, single signs, one sign for every dash, and how far each stands from the last.

Everything is one pass of one regular expression without nested repetition, so a hostile text of any length
costs time in proportion to its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GLUED, SPACED, NEW_LINE, BLANK_LINE = range(4)
DASH, WORD, OPAQUE, RANGE_DOTS = "-", "word", "opaque", "…"

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<link>https?://[^\s()<>\[\]"']+|www\.[^\s()<>\[\]"']+)
    |(?P<example>(?<!\w)(?:e\.\s?g\.?|i\.\s?e\.?)(?!\w))
    |(?P<word>[^\W_]+(?:[_{_INVISIBLE}]+[^\W_]+)*)
    |(?P<entity>&(?:ndash|mdash|minus|nbsp|amp|\#8209|\#8211|\#8212|\#160|\#x2013);)
    |(?P<dash>[{_DASHES}]+)
    |(?P<dots>\u2026|\.\.+)
    |(?P<stars>\*+)
    |(?P<invisible>[_{_INVISIBLE}]+)
    |(?P<sign>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_GLUED_HEAD = re.compile(r"(HCCS?|DRGS?|MSDRGS?|CPT|HCPCS|MODS?|MODIFIERS?)([0-9]{1,5}[FTUM]?)")
_STRIP = str.maketrans("", "", _INVISIBLE)


@dataclass(slots=True)
class Token:
    """One token. `value` is upper case without invisible signs; `gap` is its distance from the one before."""

    kind: str
    value: str
    raw: str
    start: int
    end: int
    gap: int


def lex(text: str) -> list[Token]:
    """Split the text; e-mail addresses and links become one opaque token each."""
    tokens: list[Token] = []
    gap = NEW_LINE
    for match in _TOKEN.finditer(text):
        kind, raw, start, end = str(match.lastgroup), match.group(), match.start(), match.end()
        if kind == "space":
            lines = raw.count("\n") or raw.count("\r") or raw.count("\u2028")
            gap = max(gap, BLANK_LINE if lines > 1 else NEW_LINE if lines else SPACED)
            continue
        if kind == "entity" and raw.lower() in {"&nbsp;", "&#160;"}:
            gap = max(gap, SPACED)
            continue
        if kind == "invisible":
            continue
        tokens.extend(_tokens(kind, raw, start, end, gap))
        gap = GLUED
    _hide_addresses(tokens)
    _pair_stars(tokens)
    return tokens


def _tokens(kind: str, raw: str, start: int, end: int, gap: int) -> list[Token]:
    if kind == "word":
        return _words(raw, start, end, gap)
    if kind == "example":
        return [Token(WORD, "EG", raw, start, end, gap)]
    if kind == "link":
        return [Token(OPAQUE, "", raw, start, end, gap)]
    if kind == "entity":
        sign = "&" if "amp" in raw.lower() else DASH
        return [Token(sign, sign, sign, start, end, gap)]
    if kind == "dash":
        sign = DASH if len(raw) < 3 else OPAQUE
        return [Token(sign, DASH, raw, start, end, gap)]
    if kind == "dots":
        return [Token(RANGE_DOTS, RANGE_DOTS, raw, start, end, gap)]
    return [Token(raw, raw, raw, start, end, gap)]


def _words(raw: str, start: int, end: int, gap: int) -> list[Token]:
    value = raw.translate(_STRIP).upper()
    head = _GLUED_HEAD.fullmatch(value)
    if head and len(value) == len(raw):  # HCC18, DRG470, CPT99213: the word and its number
        cut = len(head[1])
        return [
            Token(WORD, head[1], raw[:cut], start, start + cut, gap),
            Token(WORD, head[2], raw[cut:], start + cut, end, GLUED),
        ]
    if raw[-1] == "s" and len(raw) == len(value) == 6 and raw[:5].isdecimal() and raw[3:5] != "00":
        return [Token(WORD, value[:5], raw, start, end - 1, gap)]  # "99213s and 99214s"
    return [Token(WORD, value, raw, start, end, gap)]


def _hide_addresses(tokens: list[Token]) -> None:
    for at, token in enumerate(tokens):
        if token.kind != "@":
            continue
        for step in (-1, 1):
            here = at
            while 0 <= here + step < len(tokens):
                glue = tokens[max(here, here + step)].gap
                neighbour = tokens[here + step]
                if glue != GLUED or neighbour.kind not in {WORD, ".", DASH, "+"}:
                    break
                neighbour.kind = OPAQUE
                here += step


def _pair_stars(tokens: list[Token]) -> None:
    """Take the stars of Markdown emphasis for signs of their own: only a star left over marks a family."""
    opened = False
    for at, token in enumerate(tokens):
        if token.gap >= NEW_LINE:
            opened = False
        if not token.kind.startswith("*"):
            continue
        before = token.gap == GLUED and at > 0 and tokens[at - 1].kind == WORD
        after = at + 1 < len(tokens) and tokens[at + 1].gap == GLUED and tokens[at + 1].kind == WORD
        if len(token.raw) > 1 or (after and not before):
            opened = len(token.raw) == 1
            token.kind = "**"
        elif opened:
            opened = False
            token.kind = "**"
