"""Reads the tables of ICD-10-PCS and expands them to their codes.

A table stands under the first three characters; each of its rows has values for the characters four to seven, and every
combination of a row's values is a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.xml_nodes import Node, nodes_in

ROOT: Final = "ICD10PCS.tabular"
_CHARACTER = re.compile(r"[0-9A-HJ-NP-Z]")


@dataclass(frozen=True, slots=True)
class PcsValue:
    """A character with its meaning."""

    character: str
    label: str


@dataclass(frozen=True, slots=True)
class PcsAxis:
    """The position of a character (1 to 7), its title ("Approach") and its values."""

    position: int
    title: str
    values: tuple[PcsValue, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class PcsTable:
    """A table: its three characters, their axes, and rows of the axes four to seven."""

    stem: str
    axes: tuple[PcsAxis, ...]
    rows: tuple[tuple[PcsAxis, ...], ...]
    line: int


def read_pcs_tables(source: Source) -> Iterator[PcsTable]:
    """The tables in the order of the file, each once. Raises SourceError.

    The counts that the file states for rows and axes are held against what is there.
    """
    seen: set[str] = set()
    for node in nodes_in(source, ROOT, ("pcsTable",)):
        axes = _axes(node, source, (1, 2, 3))
        if any(len(axis.values) != 1 for axis in axes):
            raise SourceError(
                source.name, node.line, "a table has one value for each of its three characters"
            )
        stem = "".join(axis.values[0].character for axis in axes)
        if stem in seen:
            raise SourceError(source.name, node.line, f"the table {stem} stands in the file twice")
        seen.add(stem)
        rows = tuple(_row(row, source) for row in node.all("pcsRow"))
        if not rows:
            raise SourceError(source.name, node.line, f"the table {stem} has no row")
        yield PcsTable(stem, axes, rows, node.line)
    if not seen:
        raise SourceError(source.name, 1, "holds no table")


def codes_of(table: PcsTable) -> Iterator[str]:
    """Every code of the table, row by row, of seven characters."""
    for row in table.rows:
        for values in product(*(axis.values for axis in row)):
            yield table.stem + "".join(value.character for value in values)


def _row(node: Node, source: Source) -> tuple[PcsAxis, ...]:
    axes = _axes(node, source, (4, 5, 6, 7))
    count = prod(len(axis.values) for axis in axes)
    if node.attributes.get("codes") != str(count):
        raise SourceError(source.name, node.line, f"the row has {count} codes and says another number")
    return axes


def _axes(node: Node, source: Source, positions: tuple[int, ...]) -> tuple[PcsAxis, ...]:
    found = node.all("axis")
    if [axis.attributes.get("pos") for axis in found] != [str(position) for position in positions]:
        raise SourceError(source.name, node.line, f"axes {positions[0]} to {positions[-1]} expected")
    return tuple(_axis(axis, position, source) for axis, position in zip(found, positions, strict=True))


def _axis(node: Node, position: int, source: Source) -> PcsAxis:
    labels = node.all("label")
    values = tuple(PcsValue(label.attributes.get("code", ""), label.own_text()) for label in labels)
    for label, value in zip(labels, values, strict=True):
        if not _CHARACTER.fullmatch(value.character) or not value.label:
            raise SourceError(
                source.name, label.line, "a value is one of 0-9 and A-Z without I and O, and named"
            )
    if len({value.character for value in values}) != len(values) or not values:
        raise SourceError(source.name, node.line, "an axis has values, each once")
    if node.attributes.get("values") != str(len(values)):
        raise SourceError(
            source.name, node.line, f"the axis has {len(values)} values and says another number"
        )
    return PcsAxis(position, node.text("title"), values, node.text("definition"))
