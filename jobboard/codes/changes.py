"""What an edition has new, revised and deleted against the one before it, and what takes a deleted code's place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from jobboard.codes.models import Code, CodeChange, CodeEdition, CodeRelation
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
    rows = [
        *_only_in(edition, previous, edition, NEW),
        *_only_in(previous, edition, edition, DELETED),
        *_revised(edition, previous),
    ]
    successors = successors_of(
        edition, {row["code"] for row in rows if row["kind"] == DELETED or not row["billable"]}
    )
    for row in rows:
        row["previous_id"] = previous.id
        row["successor"] = successors.get(row["code"], "") if row["kind"] != NEW else ""
    return rows


def successors_of(edition: CodeEdition, codes: Iterable[str]) -> dict[str, str]:
    """By code, the codes of `edition` that a loaded conversion table puts in its place, with blanks between."""
    wanted = sorted(set(codes))
    found: dict[str, list[str]] = {}
    for start in range(0, len(wanted), _PART):
        rows = db.session.execute(
            select(CodeRelation.code, CodeRelation.to_code)
            .join(CodeEdition, CodeEdition.id == CodeRelation.edition_id)
            .join(
                Code,
                (Code.system == CodeRelation.to_system)
                & (Code.code == CodeRelation.to_code)
                & (Code.edition_id == edition.id),
            )
            .where(
                CodeEdition.in_force.is_(True),
                CodeRelation.system == edition.system,
                CodeRelation.kind == SUCCESSOR,
                CodeRelation.code.in_(wanted[start : start + _PART]),
            )
            .distinct()
            .order_by(CodeRelation.code, CodeRelation.to_code)
        )
        for code, successor in rows:
            if code != successor:
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


def _only_in(here: CodeEdition, there: CodeEdition, edition: CodeEdition, kind: str) -> list[dict[str, Any]]:
    other = aliased(Code)
    same = (other.system == Code.system) & (other.edition_id == there.id) & (other.code == Code.code)
    statement = (
        select(Code.system, Code.code, Code.long, Code.billable)
        .outerjoin(other, same)
        .where(Code.edition_id == here.id, Code.kind.in_(_COUNTED), other.code.is_(None))
    )
    return [
        _row(edition, kind, row.system, row.code, row.long, "", row.billable)
        for row in db.session.execute(statement)
    ]


def _revised(edition: CodeEdition, previous: CodeEdition) -> list[dict[str, Any]]:
    old = aliased(Code)
    same = (old.system == Code.system) & (old.edition_id == previous.id) & (old.code == Code.code)
    differing = ((Code.long != old.long) & (Code.long != "") & (old.long != "")) | (
        Code.billable != old.billable
    )
    statement = (
        select(
            Code.system,
            Code.code,
            Code.long,
            Code.billable,
            old.long.label("old_long"),
            (Code.billable != old.billable).label("other_use"),
        )
        .join(old, same)
        .where(Code.edition_id == edition.id, Code.kind.in_(_COUNTED), differing)
    )
    return [
        _row(edition, REVISED, row.system, row.code, row.long, row.old_long, row.billable)
        for row in db.session.execute(statement)
        if row.other_use or folded(row.long) != folded(row.old_long)
    ]


def _row(
    edition: CodeEdition, kind: str, system: str, code: str, long: str, old_long: str, billable: bool
) -> dict[str, Any]:
    return {
        "edition_id": edition.id,
        "system": system,
        "code": code,
        "kind": kind,
        "long": long,
        "old_long": old_long,
        "billable": billable,
    }
