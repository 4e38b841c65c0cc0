"""What an edition has new, revised and deleted against the one before it, and what takes a deleted code's place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from jobboard.codes.models import Code, CodeChange, CodeEdition, CodeRelation
from jobboard.codes.queries import existing
from jobboard.database import db
from jobboard.vocabulary.terms import folded

NEW: Final = "new"
REVISED: Final = "revised"
DELETED: Final = "deleted"
SUCCESSOR: Final = "successor"
"""The relation from a code to one that took its place, in sets of the kind "conversion"."""

_COUNTED: Final = ("category", "code", "modifier")
_PART: Final = 500


def compared(edition: CodeEdition, previous: CodeEdition) -> list[dict[str, Any]]:
    """The rows of `CodeChange` between two editions of a system.

    A description is revised where it differs by more than accents, capitals and punctuation, or where one became
    billable or ceased to be; one that is missing on either side says nothing.
    """
    old, new = _entries(previous), _entries(edition)
    rows = [_row(NEW, key, new[key]) for key in new.keys() - old.keys()]
    rows += [_row(DELETED, key, old[key]) for key in old.keys() - new.keys()]
    rows += [
        _row(REVISED, key, new[key], old[key].long)
        for key in new.keys() & old.keys()
        if _is_revised(old[key], new[key])
    ]
    successors = successors_of(
        edition, {row["code"] for row in rows if row["kind"] == DELETED or not row["billable"]}
    )
    for row in rows:
        row["edition_id"], row["previous_id"] = edition.id, previous.id
        row["successor"] = successors.get(row["code"], "") if row["kind"] != NEW else ""
    return rows


def successors_of(edition: CodeEdition, codes: Iterable[str]) -> dict[str, str]:
    """By code, the codes of `edition` that a loaded conversion table puts in its place, with blanks between."""
    wanted = sorted(set(codes))
    pairs: list[tuple[str, str]] = []
    for start in range(0, len(wanted), _PART):
        rows = db.session.execute(
            select(CodeRelation.code, CodeRelation.to_code)
            .join(CodeEdition, CodeEdition.id == CodeRelation.edition_id)
            .where(
                CodeEdition.in_force.is_(True),
                CodeRelation.system == edition.system,
                CodeRelation.kind == SUCCESSOR,
                CodeRelation.code.in_(wanted[start : start + _PART]),
            )
        )
        pairs += [(row.code, row.to_code) for row in rows]
    there = existing(edition.id, (successor for _, successor in pairs))
    found: dict[str, list[str]] = {}
    for code, successor in sorted(set(pairs)):
        if successor in there and code != successor:
            found.setdefault(code, []).append(successor)
    return {code: " ".join(each) for code, each in found.items()}


def changes_of(edition: CodeEdition, kinds: Iterable[str] = (NEW, REVISED, DELETED)) -> list[CodeChange]:
    """What `edition` has new, revised or deleted, by code; nothing for the first edition of a system."""
    if edition.compared_with_id is None:
        return []
    return list(
        db.session.scalars(
            select(CodeChange)
            .where(
                CodeChange.edition_id == edition.id,
                CodeChange.previous_id == edition.compared_with_id,
                CodeChange.kind.in_(list(kinds)),
            )
            .order_by(CodeChange.system, CodeChange.code)
        )
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    long: str
    billable: bool


def _entries(edition: CodeEdition) -> dict[tuple[str, str], _Entry]:
    """The codes of an edition; two such lists are compared here, for a database without statistics joins them badly."""
    rows = db.session.execute(
        select(Code.system, Code.code, Code.long, Code.billable).where(
            Code.edition_id == edition.id, Code.kind.in_(_COUNTED)
        )
    )
    return {(row.system, row.code): _Entry(row.long, row.billable) for row in rows}


def _is_revised(old: _Entry, new: _Entry) -> bool:
    if old.billable != new.billable:
        return True
    told = old.long and new.long and old.long != new.long
    return bool(told) and folded(old.long) != folded(new.long)


def _row(kind: str, key: tuple[str, str], entry: _Entry, old_long: str = "") -> dict[str, Any]:
    system, code = key
    return {
        "system": system,
        "code": code,
        "kind": kind,
        "long": entry.long,
        "old_long": old_long,
        "billable": entry.billable,
    }
