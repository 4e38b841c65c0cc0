"""A board that lists the corpus, as an employer's form or an import would have filled it, at a moment of its own.

Filling it reads every text, so the filled database is kept beside the interpreter under a fingerprint of all that went
into it; the index is made anew each time.
"""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from dataclasses import fields as fields_of
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask_migrate import upgrade
from sqlalchemy import delete

from jobboard import clock, create_app
from jobboard.codes.loading import load_shipped_once
from jobboard.database import db, writing
from jobboard.employers.models import Company
from jobboard.postings.content import Content, PlaceGiven, WorkloadGiven, fill
from jobboard.postings.linking import link_codes
from jobboard.postings.models import Origin, Posting
from jobboard.postings.recognition import recognise
from jobboard.postings.requirements import from_json
from jobboard.search.index import openings_index
from jobboard.search.models import IndexChange
from jobboard.search.rebuild import rebuild
from jobboard.settings import default_settings
from jobboard.vocabulary import vocabularies
from tests.relevance import pools
from tests.relevance.writing import postings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.relevance.truth import Written

NOW = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = Path(sys.prefix) / "relevance"
_KEY = "a-key-for-the-judged-corpus-0123456789"
# What decides on rows: the rest of the board only reads them.
_SOURCES = (
    "migrations", "jobboard/accounts", "jobboard/codes", "jobboard/employers", "jobboard/places", "jobboard/postings",
    "jobboard/vocabulary", "jobboard/database.py", "tests/relevance/pools", "tests/relevance/board.py",
    "tests/relevance/facts.py", "tests/relevance/titles.py", "tests/relevance/truth.py", "tests/relevance/writing.py",
)  # fmt: skip
_COLUMNS = {
    "experience_months", "specialty_experience_months", "apprentice_welcome", "education", "work_authorization",
    "arrangement", "hybrid_days", "training_weeks", "eligible_mode", "eligible_states", "hours_per_week_least",
    "hours_per_week_most", "pay_basis", "pay_least_cents", "pay_most_cents", "accuracy_percent", "ramp_up_weeks",
    "qa_appeal", "equipment_provided", "ceu_paid", "dues_paid",
}  # fmt: skip
_FACETS = {
    "specialty": "specialties", "role": "roles", "side": "sides", "setting": "settings", "system": "systems",
    "tool": "tools", "employment": "employment", "schedule": "schedule", "benefit": "benefits",
}  # fmt: skip


@contextmanager
def judged_board(**settings: object) -> Iterator[Flask]:
    """The board with its index just built, by the embedded engine unless `settings` name another; its context
    is pushed, and its clock stands still."""
    with TemporaryDirectory(prefix="relevance-") as name, clock.stopped_at(NOW):
        folder = Path(name)
        shutil.copy(_filled(), folder / "board.db")
        # A busy machine takes its time over a search.
        app = _app(folder, search_timeout_seconds=30.0, **settings)
        with app.app_context():
            try:
                with openings_index().writing(30) as index:
                    rebuild(index)
                openings_index().rest(now=True)
                yield app
            finally:
                openings_index().rest(now=True)
                db.session.remove()
                db.engine.dispose()


def fingerprint() -> str:
    """A number of all that decides on the rows: the corpus, and the code that reads, links and stores it."""
    made = sha256(f"{sys.version_info[:2]} {version('simple-icd-10-cm')} {version('sqlalchemy')}".encode())
    for source in _SOURCES:
        found = _ROOT / source
        for file in sorted(found.rglob("*")) if found.is_dir() else [found]:
            if file.is_file() and file.suffix != ".pyc":
                made.update(f"{file.relative_to(_ROOT)}\n".encode() + file.read_bytes())
    return made.hexdigest()[:16]


@cache
def _filled() -> Path:
    """The database file with the corpus, made if it is not kept from before; what was kept of earlier code goes."""
    wanted = _KEPT / fingerprint() / "board.db"
    if wanted.exists():
        return wanted
    _KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=_KEPT, prefix="filling-") as name:
        app = _app(Path(name))
        with app.app_context(), clock.stopped_at(NOW):
            upgrade()
            load_shipped_once()
            _fill()
            # SQLite has everything in the one file once nobody is connected.
            db.session.remove()
            db.engine.dispose()
        for old in _KEPT.iterdir():
            if old != wanted.parent and not old.name.startswith("filling-"):
                shutil.rmtree(old, ignore_errors=True)
        wanted.parent.mkdir(exist_ok=True)
        (Path(name) / "board.db").replace(wanted)
    return wanted


def _app(folder: Path, **settings: object) -> Flask:
    return create_app(
        default_settings(folder, secret_key=_KEY, rate_limits=False, base_url="http://localhost", **settings)
    )


def _fill() -> None:
    with writing():
        companies = {}
        for key, facts in pools.employers().items():
            name = str(facts["name"])
            companies[key] = Company(name=name, name_key=name.casefold(), slug=key, setting=facts["setting"])
            db.session.add(companies[key])
        db.session.flush()
        for written in postings():
            _add(written, companies[written.truth.employer])
        # An index is built anew from the rows, and has nothing to catch up with.
        db.session.flush()
        db.session.execute(delete(IndexChange))
        db.session.commit()


def _add(written: Written, company: Company) -> None:
    truth = written.truth
    posted = NOW - timedelta(days=truth.days_old, minutes=1 + truth.number % 700)
    posting = Posting(
        id=truth.number, title=written.title, description=written.text, state="open",
        created_at=posted, changed_at=posted, posted_at=posted, opens_at=posted, closes_at=NOW + timedelta(days=30),
        openings=truth.openings, apply_by="address", apply_url="https://jobs.example.org/apply",
        source="judged", source_key=str(truth.number),
    )  # fmt: skip
    posting.company = company
    db.session.add(posting)
    # A posting has its defaults once it is stored.
    db.session.flush()
    content, origin = (
        (_read(written), Origin.RECOGNISED) if written.is_imported else (_stated(written), Origin.STATED)
    )
    fill(posting, content, origin)
    db.session.flush()
    link_codes(posting)


def _stated(written: Written) -> Content:
    columns = dict(written.fields)
    requirement = columns.pop("credential_requirement", None)
    return Content(
        columns=columns,
        terms={facet: slugs for facet, slugs in written.terms.items() if facet in _FACETS},
        requirement=from_json(requirement) if requirement else None,
        places=[PlaceGiven(written.truth.city, written.truth.state)],
    )


def _read(written: Written) -> Content:
    read = recognise(written.title, written.text, vocabularies())
    names = {field.name for field in fields_of(read)} & _COLUMNS
    return Content(
        columns={name: value for name in names if (value := getattr(read, name)) not in (None, ())},
        terms={facet: getattr(read, name) for facet, name in _FACETS.items()},
        requirement=read.requirement,
        places=[PlaceGiven(written.truth.city, written.truth.state)],
        workloads=[
            WorkloadGiven(one.chart_type or "", one.per_hour_least, one.per_hour_most)
            for one in read.workloads
        ],
    )
