"""Codes kept for a test, and the editions that change them. All of it has begun."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from jobboard.codes.models import CodeEdition
from jobboard.database import db
from jobboard.my_codes.actions import keep
from tests.codes.tiny_editions import load_successors, load_tiny

CODES = ("5012", "5013")


def july(system: str = "apc") -> None:
    """The edition that people have before them when they keep codes."""
    load_tiny(system, "2026-07", date(2026, 7, 1), [("5012", "Clinic visits"), ("5013", "More visits")])


def october(system: str = "apc", label: str = "2026-10", words: str = "Many visits") -> None:
    """Deletes 5012 in favour of 5014, and revises 5013."""
    load_successors(system, label, date(2026, 10, 1), [("5012", "5014")])
    load_tiny(system, label, date(2026, 10, 1), [("5013", words), ("5014", "All visits")])


def kept(person_id: int | None, *codes: str, system: str = "apc") -> None:
    """Have a person keep these codes, both of July's unless told."""
    for code in codes or CODES:
        keep(person_id or 0, system, code)
    db.session.commit()


def licensed(system: str, label: str, **terms: object) -> CodeEdition:
    """The edition of that label with terms of a licence."""
    edition = db.session.scalars(
        select(CodeEdition).where(
            CodeEdition.system == system, CodeEdition.kind == "codes", CodeEdition.label == label
        )
    ).one()
    for name, value in terms.items():
        setattr(edition, name, value)
    db.session.commit()
    return edition
