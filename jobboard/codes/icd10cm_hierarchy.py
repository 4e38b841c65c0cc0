"""Gives an ICD-10-CM order file, which knows categories and codes only, the chapters and blocks above them.

Chapters and blocks come from a tabular list of any year: they hardly change. Its notes come along only where both
are of one fiscal year, since notes change with every edition.
"""

from __future__ import annotations

from dataclasses import replace

from jobboard.codes.records import CodeRecord, EditionFile


def with_chapters(listed: EditionFile, tabular: EditionFile) -> EditionFile:
    """Return `listed` (an order file) under the chapters and blocks of `tabular`, with its notes if they fit.

    A category that `tabular` lacks stands in the narrowest block or chapter that spans it, or at the top.
    """
    above = {each.code: each for each in tabular.records if each.kind in ("chapter", "block")}
    known = {each.code: each for each in tabular.records}
    same_year = listed.edition[:4] == tabular.edition[:4]
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
        add(record if same_year else replace(record, notes=()))

    for record in listed.records:
        match = known.get(record.code)
        parent = record.parent
        if record.kind == "category":
            parent = match.parent if match else _narrowest(above, record.code)
            place(parent)
        add(replace(record, parent=parent, notes=match.notes if match and same_year else ()))
    warning = (
        f"{listed.edition} is an order file: its notes are those of the tabular list {tabular.edition}"
        if same_year
        else f"{listed.edition} is an order file: it comes without notes; import that year's tabular list for them"
    )
    return replace(listed, records=tuple(records), warnings=(*listed.warnings, warning))


def _narrowest(above: dict[str, CodeRecord], category: str) -> str | None:
    """The deepest block or chapter whose range spans `category`."""
    spanning = [code for code in above if code.split("-")[0] <= category <= code.split("-")[1]]
    return max(spanning, key=lambda code: _depth(above, code), default=None)


def _depth(above: dict[str, CodeRecord], code: str) -> int:
    depth, parent = 0, above[code].parent
    while parent is not None:
        depth, parent = depth + 1, above[parent].parent
    return depth
