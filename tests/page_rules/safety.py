"""What a page must not carry, ask for or let slip."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.page_rules.reading import Page, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAY_NAME_OTHERS = {"canonical", "alternate", "next", "prev", "license"}


def nothing_inline(page: Page) -> Iterable[str]:
    for element in page.elements:
        name = name_of(element)
        if any(str(attribute).startswith("on") for attribute in element.attrib):
            yield f"<{name}> has an inline handler"
        if element.get("style") is not None or name == "style":
            yield f"<{name}> carries inline style"
        if name == "script" and not element.get("src"):
            yield from _data(element)


def _data(script: Any) -> Iterable[str]:
    if script.get("type") != "application/ld+json":
        yield "an inline script"
        return
    try:
        found = json.loads(script.text or "")
    except ValueError as problem:
        yield f"structured data that cannot be read: {problem}"
        return
    if not isinstance(found, dict) or "@context" not in found or "@type" not in found:
        yield "structured data that does not say what it is"


def images(page: Page) -> Iterable[str]:
    for element in page.named("img"):
        if element.get("alt") is None:
            yield f"an image {element.get('src')!r} without alt"
        if not (element.get("height") or element.get("width")):
            yield f"an image {element.get('src')!r} without its size"


def other_hosts(page: Page) -> Iterable[str]:
    for element in page.elements:
        source = element.get("src") or (element.get("href") if name_of(element) == "link" else None)
        rel = element.get("rel") or ""
        if source and re.match(r"(https?:)?//", source) and rel not in _MAY_NAME_OTHERS:
            yield f"<{name_of(element)}> asks another host: {source}"


def leftovers(page: Page) -> Iterable[str]:
    for element in page.elements:
        if name_of(element) in {"script", "textarea", "pre", "code"}:
            continue
        texts = [element.text or "", *(child.tail or "" for child in element)]
        for text in texts:
            if text.strip() in {"None", "[]", "{}", "True", "False"} or re.search(
                r"\{\{ | \}\}|\{%|%\}|<\w+ object at", text
            ):
                yield f"<{name_of(element)}> shows {text.strip()[:60]!r}"
