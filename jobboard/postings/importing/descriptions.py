"""Descriptions as feeds hold them, HTML or text, turned into Markdown once."""

from __future__ import annotations

import html
import re
from typing import Any, Final

import nh3
from markdownify import MarkdownConverter

from jobboard.postings.importing.fields import clean
from jobboard.postings.importing.refusal import Refused

LONGEST_SOURCE: Final = 400_000
LONGEST: Final = 60_000
_BLOCKS = (
    "p", "div", "br", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "hr",
    "section", "article", "blockquote", "pre",
)  # fmt: skip
_KEPT = {
    "p", "div", "br", "hr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i",
    "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre", "code", "s", "del",
    "section", "article",
}  # fmt: skip
_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCKS)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|<!--", re.IGNORECASE)
_MASKED_TAG = re.compile(r"&(?:amp;)*lt;/?[a-z][a-z0-9]*(?:\s[^<>&]{0,200})?/?&(?:amp;)*gt;", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", re.DOTALL)
_DEEPEST_MASK = 3
_BULLET = re.compile(r"^[ \t]*+[•·▪◦●‣∙○■□✓✔➢►–—\uf0b7\uf0a7][ \t\u00a0]*(?=\S)", re.MULTILINE)
_INDENT = re.compile(r"^[ \t\u00a0\u3000]++(?!(?:[-*+]|\d{1,3}[.)])[ \t])", re.MULTILINE)
_BEFORE_ITEM = re.compile(r"(?<! )  \n(?=- )")
_RUNS = re.compile(r"[ \t]{2,}")
_LONG_RUNS = re.compile(r" {5,}")
_MANY_BREAKS = re.compile(r"\n(?:[ \t]*+\n){2,}")
_TRAILING = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]++$", re.MULTILINE)
_NESTING = re.compile(
    r"<(/?)(?!p\b|li\b|br\b|hr\b|img\b|td\b|th\b|tr\b|input\b|meta\b|link\b|wbr\b|col\b)[a-z]", re.IGNORECASE
)
_DEEPEST = 100
_EMPTY_MARKS = re.compile(r"\*{4}|(?<!\*)\*\*\s*\*\*(?!\*)")
_BOLD_LINE = re.compile(r"^\*\*([^*\n]{2,100}?):?\s*\*\*:?$", re.MULTILINE)


_OPTIONS: Final[dict[str, Any]] = {
    "heading_style": "ATX",
    "bullets": "-",
    # Words are no marks here: "M54.5*" is a family of codes, and no feed means "_" as emphasis.
    "escape_asterisks": False,
    "escape_underscores": False,
    "newline_style": "backslash",
    "table_infer_header": True,
}


def markdown(source: str, field: str = "description") -> str:
    """`source` as Markdown, at most 60,000 characters: HTML (also masked once or more) is converted, text keeps its
    paragraphs and lists. `Refused` when it is too long or too deep."""
    if len(source) > LONGEST_SOURCE:
        raise Refused(field, f"longer than {LONGEST_SOURCE:,} characters")
    words = _unmasked(clean(source))
    words = _from_html(words, field) if _TAG.search(words) else _from_text(words)
    words = _BEFORE_ITEM.sub("\n", words)
    words = _MANY_BREAKS.sub("\n\n", _TRAILING.sub(_hard_break, words)).strip()
    if len(words) > LONGEST:
        raise Refused(field, f"longer than {LONGEST:,} characters")
    return words


def words_of(source: str) -> str:
    """A short text on one line without markup: a title, a name."""
    plain = nh3.clean(_unmasked(source), tags=set()) if _TAG.search(_unmasked(source)) else source
    return " ".join(html.unescape(html.unescape(plain)).split())


def _unmasked(words: str) -> str:
    if match := _CDATA.match(words):
        words = match[1]
    for _ in range(_DEEPEST_MASK):
        if _TAG.search(words) or not _MASKED_TAG.search(words):
            break
        words = html.unescape(words)
    return words


def _hard_break(spaces: re.Match[str]) -> str:
    return "  " if len(spaces[0]) > 1 else ""


def _too_deep(words: str) -> bool:
    depth = 0
    for tag in _NESTING.finditer(words):
        depth += -1 if tag[1] else 1
        if depth > _DEEPEST:
            return True
    return False


def _from_html(words: str, field: str) -> str:
    if _too_deep(words):
        raise Refused(field, "its HTML is nested too deeply")
    if not _BLOCK.search(words):
        words = words.replace("\n", "<br>\n")
    safe = nh3.clean(
        _RUNS.sub(" ", words),
        tags=_KEPT,
        clean_content_tags={"script", "style", "noscript", "template", "iframe", "object", "svg", "head"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    try:
        found = str(MarkdownConverter(**_OPTIONS).convert(safe))
    except RecursionError:
        raise Refused(field, "its HTML is nested too deeply") from None
    found = found.replace("\u00a0", " ").replace("\\\n", "  \n")
    if _ENTITY.search(found):
        found = html.unescape(found)
    found = _EMPTY_MARKS.sub("", found)
    return _INDENT.sub("", _BULLET.sub("- ", _BOLD_LINE.sub(r"**\1**", found)))


def _from_text(words: str) -> str:
    words = html.unescape(words).replace("\u00a0", " ").expandtabs(4)
    words = _LONG_RUNS.sub("    ", words)
    words = _INDENT.sub("", _BULLET.sub("- ", words))
    paragraphs = re.split(r"\n\s*\n", words)
    return "\n\n".join(_kept_lines(paragraph.strip("\n")) for paragraph in paragraphs)


_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s")
_FULL_LINE = 66


def _kept_lines(paragraph: str) -> str:
    """The lines of a paragraph; where it was not merely wrapped, they stay lines."""
    lines = [line.rstrip() for line in paragraph.split("\n")]
    wrapped = len(lines) > 1 and all(len(line) >= _FULL_LINE for line in lines[:-1])
    joined = ""
    for number, line in enumerate(lines):
        if number:
            item = bool(_ITEM.match(line))
            before = bool(_ITEM.match(lines[number - 1]))
            joined += (
                "\n\n" if item != before and not (before and wrapped) else "\n" if item or wrapped else "  \n"
            )
        joined += line
    return joined
