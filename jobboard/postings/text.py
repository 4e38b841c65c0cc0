"""Markdown of postings and companies to a short list of HTML; never an image, a script or a foreign style."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LONGEST_DESCRIPTION = 20_000
_TAGS = {
    "p", "br", "hr", "strong", "em", "s", "ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6", "blockquote", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
_SPACE = re.compile(r"\s+")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    return parser.disable(["image", "html_block", "html_inline"])


_PARSER = _parser()
_WITHOUT_TABLES = _parser().disable("table")
# A short row is filled up to the width of its table, so that a few thousand characters could become a page of
# megabytes; no table that people read is as large.
_MOST_CELLS = 5000


def _tokens(markdown: str) -> list[Token]:
    lines = markdown.splitlines()
    cells = len(lines) * max((line.count("|") for line in lines), default=0)
    return (_PARSER if cells <= _MOST_CELLS else _WITHOUT_TABLES).parse(markdown)


@lru_cache(maxsize=512)
def render(markdown: str, top: int = 3) -> Markup:
    """Sanitised HTML. The text's highest heading becomes `<h{top}>`, the others follow without a gap below h6.

    Links carry `rel="nofollow ugc noopener"`; images and raw HTML stay text.
    """
    tokens = _tokens(markdown)
    _shift_headings(tokens, top)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return Markup(clean)  # noqa: S704 (nh3 has just cleaned it)


def plain(markdown: str) -> str:
    """The words of a text without its marks, on one line."""
    tokens = _tokens(markdown)
    words = []
    for token in tokens:
        if token.type in {"fence", "code_block"}:
            words.append(token.content)
        breaks = {"softbreak", "hardbreak"}
        words += [" " if child.type in breaks else child.content for child in token.children or ()]
        if token.type == "inline":
            words.append(" ")
    return _SPACE.sub(" ", "".join(words)).strip()


def extract(markdown: str, length: int = 200) -> str:
    """The first words of a text, at most `length` characters, cut between words."""
    words = plain(markdown)
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _shift_headings(tokens: list[Token], top: int) -> None:
    """Bring the headings under the page's own: levels are closed up, so that none is left out."""
    stack: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            while stack and stack[-1] >= level:
                stack.pop()
            stack.append(level)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(top + len(stack) - 1, 6)}"
