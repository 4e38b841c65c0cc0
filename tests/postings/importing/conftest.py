"""Imports of lines as the command takes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from jobboard.database import db
from jobboard.postings.importing import Counts, Import, reader_of
from jobboard.postings.models import Posting
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def posting_object(**fields: object) -> dict[str, object]:
    """A complete JobPosting; `fields` replace or add, None takes away."""
    whole = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Mercy", "value": "R-1001"},
        "title": "Inpatient Coder",
        "description": "<p>Code <b>inpatient</b> charts of a trauma center with ICD-10-CM and ICD-10-PCS.</p>",
        "datePosted": "2026-03-02",
        "validThrough": "2026-05-31",
        "hiringOrganization": {"@type": "Organization", "name": "Mercy Hospital"},
        "jobLocation": {
            "@type": "Place",
            "address": {"addressLocality": "Austin", "addressRegion": "Texas", "postalCode": "78701"},
        },
        "url": "https://jobs.mercy.example.org/1001",
    }
    return {name: value for name, value in {**whole, **fields}.items() if value is not None}


class Runs:
    """Runs imports in a folder and remembers what was refused."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "openings.jsonl"
        self.refused: list[tuple[int, str]] = []

    def __call__(self, *things: object, name: str = "schema-org", **flags: bool) -> Counts:
        lines = (thing if isinstance(thing, str) else json.dumps(thing) for thing in things)
        self.file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return self.again(name, **flags)

    def again(self, name: str = "schema-org", **flags: bool) -> Counts:
        self.refused = []
        tell = lambda number, reason: self.refused.append((number, reason))  # noqa: E731
        return Import(self.file, reader_of(name, vocabularies()), tell=tell, **flags).run()


@pytest.fixture
def imported(app: object, tmp_path: Path) -> Runs:
    """Import these objects (or lines of text)."""
    return Runs(tmp_path)


@pytest.fixture
def one(imported: Runs) -> Callable[..., Posting]:
    """The posting that a JobPosting with these fields becomes."""

    def take(**fields: object) -> Posting:
        imported(posting_object(**fields), publish=True)
        assert imported.refused == []
        db.session.expire_all()
        return db.session.scalars(select(Posting)).one()

    return take


def postings() -> list[Posting]:
    """Every stored posting."""
    db.session.expire_all()
    return list(db.session.scalars(select(Posting).order_by(Posting.id)))
