"""Gives a list of ICD-10-CM codes, which knows categories and codes only, the chapters and blocks above them.

Chapters and blocks come from a tabular list of any year: they hardly change. Its notes stay a set of their own, with
the tabular list's edition; its inclusion terms help to find the codes of other years too.
"""

from __future__ import annotations

from dataclasses import replace

from jobboard.codes.records import CodeRecord, EditionFile


def with_chapters(listed: EditionFile, tabular: EditionFile) -> EditionFile:
    """Return `listed` (an order file or a plain list) under the chapters and blocks of `tabular`, without its notes.

    A category that `tabular` lacks stands in the narrowest block or chapter that spans it, or at the top.
    """
    above = {each.code: each for each in tabular.records if each.kind in ("chapter", "block")}
    known = {each.code: each for each in tabular.records}
    records: list[CodeRecord] = []
    placed: set[str] = set()

    def add(record: CodeRecord) -> None:
        records.append(replace(record, order=len(records) + 1))

    def place(code: str | None) -> None:
        if code is None or code in placed:
            return
        record = above[code]
        place(record.parent)
        placed.add(code)
        add(replace(record, notes=()))

    for record in listed.records:
        match = known.get(record.code)
        parent = record.parent
        if parent is None:
            parent = match.parent if match and match.parent in above else _narrowest(above, record.code[:3])
            place(parent)
        terms = tuple(note.text for note in match.notes if note.kind == "inclusion") if match else ()
        add(replace(record, parent=parent, terms=terms))
    return replace(listed, records=tuple(records))


def _narrowest(above: dict[str, CodeRecord], category: str) -> str | None:
    """The deepest block or chapter whose range spans `category`."""
    spanning = [code for code in above if code.split("-")[0] <= category <= code.split("-")[1]]
    return max(spanning, key=lambda code: _depth(above, code), default=None)


def _depth(above: dict[str, CodeRecord], code: str) -> int:
    depth, parent = 0, above[code].parent
    while parent is not None:
        depth, parent = depth + 1, above[parent].parent
    return depth
