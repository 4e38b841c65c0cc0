"""Companies and open postings for the tests of applying and of order in the house."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, TypeVar

from jobboard.applications.models import Application
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.employers.models import Company, CompanyMember
from jobboard.postings import actions
from jobboard.postings.content import Content, PlaceGiven
from jobboard.postings.models import Posting

if TYPE_CHECKING:
    from tests.conftest import Player

RowT = TypeVar("RowT", Posting, Company, Application)
TEXT = "Code inpatient charts of a trauma center, query physicians, and keep 95 % accuracy. Work with E11.9."
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
_TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def docx(**more: bytes) -> bytes:
    """A small Word document; `more` are further parts by name, or other content for the usual ones."""
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _TYPES.encode(),
        "word/document.xml": b"<w:document/>",
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def company_of(player: Player, name: str, **facts: object) -> Company:
    """A company of that name whose owner is `player`."""
    company = employers.found(player.person, name, facts)
    db.session.commit()
    return company


def join_company(company: Company, player: Player) -> None:
    """Let `player` recruit for `company`."""
    db.session.add(CompanyMember(company_id=company.id, person_id=player.person_id, role="recruiter"))
    db.session.commit()


def content(**columns: object) -> Content:
    """What a listing needs; `columns` replace or add."""
    given = {
        "title": "Inpatient coder",
        "description": TEXT,
        "arrangement": "on-site",
        "pay_basis": "hourly",
        "pay_least_cents": 2800,
        "pay_most_cents": 3400,
        "apply_by": "here",
    }
    return Content(
        columns={**given, **columns},
        terms={"specialty": ["inpatient-acute"], "role": ["production-coder"], "employment": ["full-time"]},
        places=[PlaceGiven("Austin", "TX")],
    )


def in_review(company: Company, author: Player, **columns: object) -> Posting:
    """A posting of `company` that waits for a moderator."""
    posting = actions.draft(company, content(**columns), person_id=author.person_id)
    actions.submit(posting, person_id=author.person_id)
    db.session.commit()
    return posting


def opened(company: Company, author: Player, moderator: Player, **columns: object) -> Posting:
    """A listed posting of `company`."""
    posting = in_review(company, author, **columns)
    actions.approve(posting, person_id=moderator.person_id)
    db.session.commit()
    return posting


def fresh(thing: RowT) -> RowT:
    """The row as it is in the database now; a fixture that came later may have closed the session it was in."""
    found = db.session.get(type(thing), thing.id, populate_existing=True)
    assert found is not None
    return found


def upload(content: bytes = PDF, name: str = "resume.pdf") -> tuple[io.BytesIO, str]:
    """A file as the test client sends it."""
    return io.BytesIO(content), name
