"""Whether a page is valid HTML, in what parsers forgive too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.page_rules.reading import Page, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


# https://html.spec.whatwg.org/multipage/indices.html#elements-3, without what this site has no use for
# (frames, plugins, media) and without what is obsolete.
_ELEMENTS = _words(
    "a abbr address article aside b bdi bdo blockquote body br button caption cite code col colgroup data "
    "datalist dd del details dfn div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header "
    "hgroup hr html i img input ins kbd label legend li link main mark menu meta meter nav noscript ol optgroup "
    "option output p picture pre progress q s samp script search section select small source span strong style sub "
    "summary sup table tbody td template textarea tfoot th thead time title tr u ul var wbr"
)
_FLOW_ONLY = _words(
    "address article aside blockquote details dl div fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main "
    "menu nav ol p pre section table ul"
)
_PHRASING_ONLY = _words(
    "abbr b bdi button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark p pre q s samp small span "
    "strong sub sup time u var"
)
_CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "menu": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "select": {"option", "optgroup", "hr"},
    "tr": {"th", "td"},
}


def syntax(page: Page) -> Iterable[str]:
    yield from page.errors
    for element in page.elements:
        name = name_of(element)
        if name.startswith("{"):
            continue
        if name not in _ELEMENTS:
            yield f"<{name}> is no element of today's HTML"
        parent = page.parents.get(element)
        if parent is not None and name_of(parent) in _CHILDREN and name not in _CHILDREN[name_of(parent)]:
            yield f"<{name}> stands directly in <{name_of(parent)}>"
        above = [name_of(one) for one in page.above(element)]
        if name in _FLOW_ONLY:
            holders = [one for one in above if one in _PHRASING_ONLY]
            # An <ins> or <a> takes what its parent takes; a legend and a summary may hold one heading.
            if holders and not (name.startswith("h") and holders[0] == "legend"):
                yield f"<{name}> stands in <{holders[0]}>"
        if name in {"a", "button", "select", "textarea", "details"} and {"a", "button"} & set(above):
            yield f"<{name}> stands in a link or button"
        if name == "label" and "label" in above:
            yield "<label> stands in <label>"
        if name == "form" and "form" in above:
            yield "<form> stands in <form>"
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        yield f"the id {name!r} stands {page.ids.count(name)} times"
    for name in page.ids:
        if not name or re.search(r"\s", name):
            yield f"the id {name!r} is no word"
