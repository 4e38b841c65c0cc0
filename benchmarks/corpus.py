"""A board filled with the synthetic corpus: plain inserts into SQLite, and the index built from the rows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from benchmarks.generate_postings import gen
from jobboard import create_app
from jobboard.codes.linker import interval, parse_query_code
from jobboard.database import Model, db, writing
from jobboard.employers.models import Company
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm
from jobboard.settings import default_settings
from jobboard.vocabulary import Vocabularies, vocabularies

KEY = "a-key-for-benchmarks-only-0123456789"
_BATCH = 2_000
_ARRANGEMENTS = {"remote": "remote", "hybrid": "hybrid", "onsite": "on-site"}
_EMPLOYMENTS = {
    "contract": "contract-w2",
    "full-time": "full-time",
    "part-time": "part-time",
    "per-diem": "per-diem",
}


def board(folder: Path, size: int) -> Flask:
    """An application on `folder`, filled with `size` listed postings if it is not yet."""
    mark = folder / f"filled-{size}.json"
    if not mark.exists():
        # What was broken off begins anew.
        shutil.rmtree(folder, ignore_errors=True)
    app = create_app(default_settings(folder, secret_key=KEY, rate_limits=False, base_url="http://127.0.0.1"))
    with app.app_context():
        # What was filled by an earlier version is brought up to date.
        upgrade()
        if not mark.exists():
            fill(size)
        db.engine.dispose()
    if not mark.exists():
        mark.write_text(json.dumps({"postings": size}), encoding="utf-8")
    return app


def fill(size: int) -> None:
    """Insert `size` postings of the generator, their dates moved so that the newest was posted just now."""
    words = vocabularies()
    now = datetime.now(UTC)
    companies: dict[str, int] = {}
    source = enumerate(gen(size), 1)
    newest = max(one["posted"] for one in gen(min(size, 1000)))
    while batch := list(islice(source, _BATCH)):
        rows: dict[type[Model], list[dict[str, Any]]] = {
            model: [] for model in (Company, Posting, PostingTerm, PostingCode, PostingPlace)
        }
        for number, one in batch:
            for model, row in rows_of(number, one, companies, words, now, newest):
                rows[model].append(row)
        with writing():
            for model, values in rows.items():
                if values:
                    db.session.execute(insert(model.__table__), values)  # type: ignore[arg-type]
            db.session.commit()


def rows_of(
    number: int,
    one: dict[str, Any],
    companies: dict[str, int],
    words: Vocabularies,
    now: datetime,
    newest: int,
) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """The rows that one generated posting makes."""
    name = one["employer"]
    if name not in companies:
        companies[name] = len(companies) + 1
        yield (
            Company,
            {
                "id": companies[name], "version": 1, "name": name, "name_key": name.casefold(),
                "slug": f"c{companies[name]}", "website": "", "domain": "", "about": "",
                "setting": "hospital", "is_agency": False, "city": "",
                "state": "", "time_zone": "America/New_York", "created_at": now, "suspended_reason": "",
            },
        )  # fmt: skip
    posted = now - timedelta(seconds=max(newest - one["posted"], 0) + number % 3600)
    yield (
        Posting,
        {
            "id": number, "version": 1, "company_id": companies[name], "confidential": False, "department": "",
            "source": "bench", "source_key": str(one["id"]), "source_digest": "", "state": "open", "closed_reason": "",
            "created_at": posted, "changed_at": posted, "posted_at": posted, "opens_at": posted,
            "closes_at": now + timedelta(days=30), "closes_on": (now + timedelta(days=30)).date(),
            "time_zone": "America/New_York", "title": one["title"], "description": one["description"], "openings": 1,
            "requisition_number": "", "origins": {}, "credential_requirement": {}, "education": "",
            "work_authorization": "", "arrangement": _ARRANGEMENTS[one["arrangement"]],
            "eligible_mode": "all" if number % 3 == 0 else "", "eligible_states": [], "work_time_zone": "",
            "pay_basis": "salary" if one["salary_min"] else "", "pay_least_cents": one["salary_min"] * 100 or None,
            "pay_most_cents": one["salary_max"] * 100 or None, "pay_currency": "USD", "apply_by": "address",
            "apply_url": "https://jobs.example.org/apply", "apply_email": "",
        },
    )  # fmt: skip
    yield (
        PostingPlace,
        {
            "posting_id": number, "position": 0, "street": "", "city": one["city"], "state": one["state"],
            "postal_code": "", "country": "US", "latitude": one["lat"], "longitude": one["lon"],
        },
    )  # fmt: skip
    for facet, slug in dict.fromkeys(_terms(one, words)):
        yield (
            PostingTerm,
            {"posting_id": number, "facet": facet, "slug": slug, "position": 0, "origin": "stated"},
        )
    for position, code in enumerate(one["codes"]):
        if found := _code_columns(code):
            yield (
                PostingCode,
                {
                    "posting_id": number, "position": position, **found, "text": code, "origin": "stated",
                    "dismissed": False,
                },
            )  # fmt: skip


@cache
def _code_columns(code: str) -> dict[str, Any] | None:
    """What is stored of a code that is named; None for a text that is none."""
    for mention in parse_query_code(code):
        low, high = interval(mention.system, mention.start, mention.end, mention.family)
        return {
            "system": mention.system, "start": mention.start, "end": mention.end, "is_family": mention.family,
            "low": low, "high": high,
        }  # fmt: skip
    return None


@cache
def _slug(words: Vocabularies, facet: str, text: str) -> str | None:
    return term.slug if (term := words[facet].find(text)) else None


def _terms(one: dict[str, Any], words: Vocabularies) -> Iterator[tuple[str, str]]:
    for facet, given in (
        ("specialty", one["specialty"]),
        ("credential", one["credential"]),
        ("system", one["code_set"]),
    ):
        for text in given:
            if slug := _slug(words, facet, text):
                yield facet, slug
    yield "employment", _EMPLOYMENTS.get(one["employment"], "temporary")
    yield "role", words["role"].terms[len(one["title"]) % len(words["role"])].slug
    yield "side", words["side"].terms[one["id"] % len(words["side"])].slug
