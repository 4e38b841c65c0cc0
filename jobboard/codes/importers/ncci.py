"""The edits of the National Correct Coding Initiative: pairs of procedures, and units that are medically unlikely.

Rows that name a CPT or a dental code are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.importers.dropping import Dropped
from jobboard.codes.importers.links import Link, relation
from jobboard.codes.importers.request import ImportRequest
from jobboard.codes.models import CodeAttribute, CodeRelation
from jobboard.codes.readers.opening import SourceError, only_source
from jobboard.codes.readers.tables import rows_of

SYSTEM: Final = "hcpcs"
_HCPCS = re.compile(r"[A-CE-Z][0-9]{4}")


def read_pairs(request: ImportRequest) -> list[Dataset]:
    """The procedure-to-procedure edits; the note of a relation is 1 where a modifier may lift the edit."""
    source = only_source(request.only_file())
    named = request.edition_of(SYSTEM, source.name)
    dropped, pairs = Dropped(), []
    for row in rows_of(source, ("column1", "column2", "modifier_allowed")):
        first, second, allowed = row["column1"], row["column2"], row["modifier_allowed"]
        if dropped.drops(first) or dropped.drops(second):
            continue
        if not (_HCPCS.fullmatch(first) and _HCPCS.fullmatch(second)) or allowed not in ("0", "1", "9"):
            raise SourceError(source.name, row.line, "is not two codes and whether a modifier is allowed")
        pairs.append(Link(SYSTEM, first, "ncci-ptp", SYSTEM, second, allowed))
    part = Part(CodeRelation, pairs, relation)
    counts = {"pairs": len(pairs), **dropped.counts()}
    return [Dataset(SYSTEM, "ncci-ptp", named.label, named.begins, source.name, (part,), counts)]


def read_units(request: ImportRequest) -> list[Dataset]:
    """The most units of a code that a day usually has."""
    source = only_source(request.only_file())
    named = request.edition_of(SYSTEM, source.name)
    dropped, units = Dropped(), {}
    for row in rows_of(source, ("code", "mue")):
        code = row["code"]
        if dropped.drops(code):
            continue
        if not _HCPCS.fullmatch(code) or not re.fullmatch(r"[0-9]{1,6}", row["mue"]):
            raise SourceError(source.name, row.line, "is not a code and a number of units")
        if code in units:
            raise SourceError(source.name, row.line, f"the code {code} stands in the file twice")
        units[code] = (int(row["mue"]), row["rationale"])
    part = Part(CodeAttribute, list(units.items()), _unit)
    counts = {"codes": len(units), **dropped.counts()}
    return [Dataset(SYSTEM, "ncci-mue", named.label, named.begins, source.name, (part,), counts)]


def _unit(unit: tuple[str, tuple[int, str]]) -> Iterable[dict[str, Any]]:
    code, (most, rationale) = unit
    yield {"code": code, "values": {"mue": most, "rationale": rationale}}
