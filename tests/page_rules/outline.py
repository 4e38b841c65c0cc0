"""What a page says of itself, and how it is divided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.page_rules.reading import Page, name_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LANDMARKS = ("nav", "aside")


def head(page: Page) -> Iterable[str]:
    (root,) = page.named("html")
    if not root.get("lang"):
        yield "<html> does not say its language"
    named = {element.get("name"): element.get("content") or "" for element in page.named("meta")}
    if not any(element.get("charset") == "utf-8" for element in page.named("meta")):
        yield "the page does not say that it is utf-8"
    if "width=device-width" not in named.get("viewport", ""):
        yield "no viewport for phones"
    if re.search(r"user-scalable\s*=\s*no|maximum-scale", named.get("viewport", "")):
        yield "the viewport forbids to zoom"
    titles = [words_of(element) for element in page.named("title")]
    headings = [words_of(element) for element in page.named("h1")]
    if len(headings) != 1:
        yield f"{len(headings)} h1 headings"
    elif not headings[0]:
        yield "the h1 is empty"
    elif not titles or titles[0].split()[: len(headings[0].split())] != headings[0].split():
        yield f"the title {titles[:1]} does not start with the heading {headings[0]!r}"


def landmarks(page: Page) -> Iterable[str]:
    mains = list(page.named("main"))
    if len(mains) != 1:
        yield f"{len(mains)} main landmarks"
    for name in _LANDMARKS:
        found = [page.given_name(one) for one in page.named(name)]
        if len(found) > 1 and (len(set(found)) < len(found) or "" in found):
            yield f"several <{name}> that are not told apart by their names: {found}"


def headings(page: Page) -> Iterable[str]:
    before = 0
    for element in page.named("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(name_of(element)[1])
        if not words_of(element):
            yield f"an empty h{level}"
        if before and level > before + 1:
            yield f"h{level} {words_of(element)!r} follows h{before}"
        before = level


def tables(page: Page) -> Iterable[str]:
    for element in page.named("table"):
        if not any(name_of(one) == "th" for one in element.iter()):
            yield "a table without headings"
    for element in page.named("th"):
        scoped = element.get("scope") in {"col", "row", "colgroup", "rowgroup"}
        # In a table's head a heading is of its column without saying so.
        if not scoped and "thead" not in [name_of(one) for one in page.above(element)]:
            yield f"the heading {words_of(element)!r} of a table does not say of what"
