"""Reads the alphabetic index of ICD-10-CM, its tables of neoplasms and of drugs, and the index of external causes.

The CDC publishes them as XML; lists made of them have the columns Level, Term, See, SeeAlso, NonEssModif and Code, or
a column for each column of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.tables import Row, header_of, rows_of
from jobboard.codes.readers.xml_nodes import Node, nodes_in

Table = Literal["index", "neoplasms", "drugs", "external"]

ROOT: Final = "ICD10CM.index"
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "neoplasms": {
        "MalignantPrimary": "malignant primary",
        "MalignantSecondary": "malignant secondary",
        "CaInSitu": "carcinoma in situ",
        "Benign": "benign",
        "UncertainBehavior": "uncertain behavior",
        "UnspecifiedBehavior": "unspecified behavior",
    },
    "drugs": {
        "PoisoningAccidental": "poisoning, accidental",
        "PoisoningIntentionalSelfHarm": "poisoning, intentional self-harm",
        "PoisoningAssault": "poisoning, assault",
        "PoisoningUndetermined": "poisoning, undetermined",
        "AdverseEffect": "adverse effect",
        "Underdosing": "underdosing",
    },
}
"""The columns of the two tables by their names in a CSV; in the XML they have the numbers 2 to 7 in this order."""

_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{0,4})?-?")
_NO_CODE = frozenset({"", "-", "--"})
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """A term of the index with one of its codes.

    `path` goes from the main term to the term, which stands at `level` (0 for a main term). `code` is dotted, a "-" at
    its end says that characters are wanting; "" where the term has none. `column` names the column of a table. A term
    that has a code in several columns comes once for each. `manifestation` is the code in brackets behind the code.
    """

    table: Table
    path: tuple[str, ...]
    level: int
    code: str
    column: str
    see: str
    see_also: str
    modifiers: str
    manifestation: str
    line: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands at one term: its codes by column."""

    codes: tuple[tuple[str, str], ...]
    see: str = ""
    see_also: str = ""
    modifiers: str = ""
    manifestation: str = ""


def read_index(source: Source, table: Table | None = None) -> Iterator[IndexTerm]:
    """The terms in the order of the file. Raises SourceError.

    The file tells which of the four it is, but for a CSV without columns of a table: there `table` counts, else its
    name ("external", "eindex").
    """
    if source.start(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _read_xml(source)
    return _read_csv(source, table)


def _read_csv(source: Source, table: Table | None) -> Iterator[IndexTerm]:
    header = header_of(source)
    found = next((name for name, columns in COLUMNS.items() if columns.keys() & set(header)), None)
    required = ["Level", "Term", "SeeAlso", "NonEssModif"]
    if found is None:
        required += ["See", "Code"]
        is_external = re.search(r"external|eindex", source.name, re.IGNORECASE)
        table = table or ("external" if is_external else "index")
    else:
        required += COLUMNS[found]
        table = "neoplasms" if found == "neoplasms" else "drugs"
    path: list[str] = []
    for row in rows_of(source, required):
        level = _level(row["Level"], source, row.line)
        if level > len(path):
            raise SourceError(
                source.name, row.line, f"level {level} stands under no term of level {level - 1}"
            )
        path[level:] = [_title(row["Term"] or row["NonEssModif"], source, row.line)]
        told = _Told(_codes(row, table), row["See"], row["SeeAlso"], row["NonEssModif"])
        yield from _terms(source, table, tuple(path), told, row.line)


def _codes(row: Row, table: Table) -> tuple[tuple[str, str], ...]:
    if table not in COLUMNS:
        return (("", row["Code"].replace(" ", "")),)
    return tuple((told, row[column].replace(" ", "")) for column, told in COLUMNS[table].items())


def _read_xml(source: Source) -> Iterator[IndexTerm]:
    table: Table = "index"
    begun = False
    for node in nodes_in(source, ROOT, ("head", "title", "mainTerm")):
        if node.tag == "mainTerm":
            begun = True
            yield from _walk(node, source, table, ())
        elif not begun:
            told = node.own_text().lower()
            if told == "neoplasm":
                table = "neoplasms"
            elif told == "substance":
                table = "drugs"
            elif "external cause" in told:
                table = "external"
    if not begun:
        raise SourceError(source.name, 1, "holds no term")


def _walk(node: Node, source: Source, table: Table, above: tuple[str, ...]) -> Iterator[IndexTerm]:
    titles = node.all("title")
    if len(titles) != 1:
        raise SourceError(source.name, node.line, "a term has one title")
    if node.tag == "term" and node.attributes.get("level") != str(len(above)):
        raise SourceError(source.name, node.line, f"a term of level {len(above)} says another level")
    modifiers = titles[0].texts("nemod")
    manifestations = [text.strip("[] ") for text in node.texts("manif")]
    path = (*above, _title(titles[0].own_text() or "; ".join(modifiers), source, node.line))
    told = _Told(
        _codes_of(node, source, table),
        "; ".join(_references(node)),
        node.text("seeAlso"),
        "; ".join((*modifiers, *(one for one in manifestations if not _CODE.fullmatch(one)))),
        "; ".join(one for one in manifestations if _CODE.fullmatch(one)),
    )
    yield from _terms(source, table, path, told, node.line)
    for child in node.all("term"):
        yield from _walk(child, source, table, path)


def _references(node: Node) -> Iterator[str]:
    yield from node.texts("see")
    yield from (f"category {text}" for text in node.texts("seecat"))
    yield from (f"subcategory {text}" for text in node.texts("subcat"))


def _codes_of(node: Node, source: Source, table: Table) -> tuple[tuple[str, str], ...]:
    if table not in COLUMNS:
        return tuple(("", code.replace(" ", "")) for code in node.texts("code"))
    names = list(COLUMNS[table].values())
    codes = []
    for cell in node.all("cell"):
        number = cell.attributes.get("col", "")
        if number not in ("2", "3", "4", "5", "6", "7"):
            raise SourceError(source.name, cell.line, f"there is no column {number[:20]!r}")
        # A few cells of the official tables have a blank inside the code ("D13 .1").
        codes.append((names[int(number) - 2], cell.own_text().replace(" ", "")))
    return tuple(codes)


def _terms(
    source: Source, table: Table, path: tuple[str, ...], told: _Told, line: int
) -> Iterator[IndexTerm]:
    codes = [(column, code) for column, code in told.codes if code not in _NO_CODE]
    for _, code in codes:
        if not _CODE.fullmatch(code):
            raise SourceError(source.name, line, f"{code[:40]!r} is not a code of ICD-10-CM")
    for column, code in codes or [("", "")]:
        yield IndexTerm(
            table,
            path,
            len(path) - 1,
            code,
            column,
            told.see,
            told.see_also,
            told.modifiers,
            told.manifestation,
            line,
        )


def _level(text: str, source: Source, line: int) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > _DEEPEST:
        raise SourceError(source.name, line, f"{text[:20]!r} is not a level")
    return int(text)


def _title(text: str, source: Source, line: int) -> str:
    if not text:
        raise SourceError(source.name, line, "a term has no words")
    return text
