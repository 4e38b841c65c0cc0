"""A page as browsers and screen readers take it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterator

_HTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Page:
    """A parsed page: its elements in order, and who stands in whom."""

    tree: Any
    errors: tuple[str, ...]

    @cached_property
    def elements(self) -> list[Any]:
        return [element for element in self.tree.iter() if isinstance(element.tag, str)]

    @cached_property
    def parents(self) -> dict[Any, Any]:
        return {child: parent for parent in self.tree.iter() for child in parent}

    @cached_property
    def ids(self) -> list[str]:
        return [element.get("id") for element in self.elements if element.get("id") is not None]

    def named(self, *names: str) -> Iterator[Any]:
        """The elements of those names, in order."""
        return (element for element in self.elements if name_of(element) in names)

    def above(self, element: Any) -> Iterator[Any]:
        """What an element stands in, the nearest first."""
        while element in self.parents:
            element = self.parents[element]
            yield element

    def accessible_name(self, element: Any) -> str:
        """What a screen reader calls an element, as far as a page alone can tell."""
        return self.given_name(element) or words_of(element) or (element.get("title") or "").strip()

    def given_name(self, element: Any) -> str:
        """The name that an element is given by attributes for those who listen."""
        named_by = [self.by_id(name) for name in (element.get("aria-labelledby") or "").split()]
        words = " ".join(words_of(one) for one in named_by if one is not None)
        return (words or element.get("aria-label") or "").strip()

    def by_id(self, name: str) -> Any:
        return next((element for element in self.elements if element.get("id") == name), None)


def parsed(page: str) -> Page:
    """Read a page as browsers do, remembering what they forgive."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(page)
    return Page(tree, tuple(f"{code} at line {place[0]}" for place, code, _ in parser.errors))


def name_of(element: Any) -> str:
    """An HTML element's name; of other elements the name with its namespace."""
    return str(element.tag).removeprefix(_HTML)


def words_of(element: Any) -> str:
    """The words in an element that are not hidden from those who listen, with the words that stand for its images."""
    parts: list[str] = []

    def read(one: Any) -> None:
        if one.get("aria-hidden") == "true":
            return
        if name_of(one) == "img":
            parts.append(one.get("alt") or "")
        parts.append(one.get("aria-label") or "" if one is not element else "")
        parts.append(one.text or "")
        for child in one:
            if isinstance(child.tag, str):
                read(child)
            parts.append(child.tail or "")

    read(element)
    return " ".join("".join(parts).split())
