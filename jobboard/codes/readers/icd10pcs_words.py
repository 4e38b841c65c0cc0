"""Reads the words of ICD-10-PCS: its index, its definitions, and a key to the body parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jobboard.codes.readers.json_objects import json_object
from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.xml_nodes import Node, nodes_in

_CODES = re.compile(r"[0-9A-HJ-NP-Z]{1,7}")


@dataclass(frozen=True, slots=True)
class PcsIndexTerm:
    """A term of the index. `codes` are whole codes or the beginnings of codes; `see` and `use` are words to go on to.

    A term without words of its own, one of several references of the term above, has that term's path.
    """

    path: tuple[str, ...]
    level: int
    codes: tuple[str, ...]
    see: str
    use: str
    line: int


@dataclass(frozen=True, slots=True)
class PcsDefinition:
    """What a value of an axis means: the section's character, the axis's position, and the titles it is about."""

    section: str
    section_title: str
    position: int
    axis: str
    titles: tuple[str, ...]
    definition: str
    explanation: str
    includes: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PcsDeviceAggregate:
    """A device that counts as the value `value` of another name, in some operations and body systems."""

    device: str
    operation: str
    body_systems: tuple[str, ...]
    value: str
    parent: str
    line: int


@dataclass(frozen=True, slots=True)
class PcsBodyPart:
    """An anatomical term and the body parts by which ICD-10-PCS names it."""

    term: str
    names: tuple[str, ...]


def read_pcs_index(source: Source) -> Iterator[PcsIndexTerm]:
    """The terms in the order of the file. Raises SourceError."""
    begun = False
    for node in nodes_in(source, "ICD10PCS.index", ("mainTerm",)):
        begun = True
        yield from _terms(node, source, (), 0)
    if not begun:
        raise SourceError(source.name, 1, "holds no term")


def _terms(node: Node, source: Source, above: tuple[str, ...], level: int) -> Iterator[PcsIndexTerm]:
    title = node.text("title")
    if not title and not above:
        raise SourceError(source.name, node.line, "a main term has no words")
    path = (*above, title) if title else above
    places = [node, *node.all("see"), *node.all("use")]
    told = (code for place in places for tag in ("code", "codes", "tab") for code in place.texts(tag))
    # A few beginnings in the official index have a blank inside ("0J D8").
    codes = [code.replace(" ", "") for code in told]
    for code in codes:
        if not _CODES.fullmatch(code):
            raise SourceError(
                source.name, node.line, f"{code[:40]!r} is no beginning of a code of ICD-10-PCS"
            )
    term = PcsIndexTerm(path, level, tuple(codes), node.text("see"), node.text("use"), node.line)
    if title or codes or term.see or term.use:
        yield term
    for child in node.all("term"):
        if child.attributes.get("level") != str(level + 1):
            raise SourceError(source.name, child.line, f"a term of level {level + 1} says another level")
        yield from _terms(child, source, path, level + 1)


def read_pcs_definitions(source: Source) -> Iterator[PcsDefinition | PcsDeviceAggregate]:
    """Definitions and devices in the order of the file. Raises SourceError."""
    begun = False
    for node in nodes_in(source, "ICD10PCS.definitions", ("section", "aggregate")):
        begun = True
        if node.tag == "section":
            yield from _definitions(node, source)
            continue
        parents = node.all("parent")
        if len(parents) != 1 or not _CODES.fullmatch(parents[0].attributes.get("value", "")):
            raise SourceError(source.name, node.line, "a device counts as one value")
        yield PcsDeviceAggregate(
            node.text("device"),
            node.text("operation"),
            node.texts("bodySys"),
            parents[0].attributes["value"],
            parents[0].own_text(),
            node.line,
        )
    if not begun:
        raise SourceError(source.name, 1, "holds no definition")


def _definitions(section: Node, source: Source) -> Iterator[PcsDefinition]:
    character = section.attributes.get("code", "")
    if len(character) != 1 or not _CODES.fullmatch(character):
        raise SourceError(source.name, section.line, "a section has one character")
    for axis in section.all("axis"):
        position = axis.attributes.get("pos", "")
        if position not in ("1", "2", "3", "4", "5", "6", "7"):
            raise SourceError(source.name, axis.line, f"there is no axis {position[:20]!r}")
        for terms in axis.all("terms"):
            if not terms.texts("title"):
                raise SourceError(source.name, terms.line, "a definition has no title")
            yield PcsDefinition(
                character,
                section.text("title"),
                int(position),
                axis.text("title"),
                terms.texts("title"),
                terms.text("definition"),
                terms.text("explanation"),
                terms.texts("includes"),
                terms.line,
            )


def read_body_parts(source: Source) -> Iterator[PcsBodyPart]:
    """The terms of a key to body parts in JSON: an object whose "data" has a list of names for each term."""
    data = json_object(source).get("data")
    if not isinstance(data, dict) or not data:
        raise SourceError(source.name, 1, 'has no object "data"')
    for term, names in data.items():
        is_list = isinstance(names, list) and all(isinstance(name, str) and name.strip() for name in names)
        if not term.strip() or not is_list or not names:
            raise SourceError(source.name, 1, f"the term {term[:40]!r} has no list of names")
        yield PcsBodyPart(" ".join(term.split()), tuple(" ".join(name.split()) for name in names))
