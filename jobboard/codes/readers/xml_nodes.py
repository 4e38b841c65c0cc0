"""Reads XML record by record, each with the line where it begins; whatever else the file holds is not kept.

Document types are refused, and with them every entity that a file could define.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.records import CodeFileError

DEEPEST: Final = 50
_MOST_NODES: Final = 500_000


@dataclass(slots=True)
class Node:
    """An element: its tag, attributes, the line where it begins, and its text and children in their order."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[str | Node] = field(default_factory=list)

    @property
    def children(self) -> list[Node]:
        return [part for part in self.parts if isinstance(part, Node)]

    def all(self, tag: str) -> list[Node]:
        """The children with `tag`."""
        return [child for child in self.children if child.tag == tag]

    def own_text(self) -> str:
        """The text that stands directly inside, blanks made single."""
        return " ".join(" ".join(part for part in self.parts if isinstance(part, str)).split())

    def texts(self, tag: str) -> tuple[str, ...]:
        """The own text of each child with `tag`, empty ones left out."""
        return tuple(filter(None, (child.own_text() for child in self.all(tag))))

    def text(self, tag: str) -> str:
        """The own texts of the children with `tag`, joined by a semicolon."""
        return "; ".join(self.texts(tag))


def nodes_in(source: Source, root: str, tags: Collection[str]) -> Iterator[Node]:
    """The outermost elements with one of `tags`, in the order in which they end. Raises SourceError."""
    reading = _Reading(source, root, tags)
    pieces = source.pieces()
    try:
        for piece in pieces:
            reading.parser.Parse(piece, False)
            yield from reading.take()
        reading.parser.Parse(b"", True)
    except CodeFileError:
        raise
    except expat.ExpatError as error:
        raise SourceError(source.name, max(error.lineno, 1), f"not well-formed XML: {error}") from error
    except (LookupError, ValueError) as error:
        raise SourceError(source.name, 1, f"an encoding that XML cannot have: {error}") from error
    yield from reading.take()


class _Reading:
    """The state of one pass: how deep it is, the record that is open, and those that are whole."""

    def __init__(self, source: Source, root: str, tags: Collection[str]) -> None:
        self._source, self._root, self._tags = source, root, frozenset(tags)
        self._depth = self._nodes = 0
        self._open: list[Node] = []
        self._whole: list[Node] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def take(self) -> list[Node]:
        """The records that have become whole since the last call."""
        whole, self._whole = self._whole, []
        return whole

    def _problem(self, problem: str) -> SourceError:
        return SourceError(self._source.name, self.parser.CurrentLineNumber, problem)

    def _refuse(self, *_: object) -> None:
        raise self._problem("document types and entities are not accepted in XML")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and tag != self._root:
            raise self._problem(f"<{self._root}> expected, <{tag[:40]}> found")
        if self._depth > DEEPEST:
            raise self._problem("elements are nested too deeply")
        if not self._open and tag not in self._tags:
            return
        self._nodes = self._nodes + 1 if self._open else 1
        if self._nodes > _MOST_NODES:
            raise self._problem(f"the record has more than {_MOST_NODES:,} elements")
        node = Node(tag, attributes, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].parts.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._whole.append(node)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)
