"""Listed postings for the tests of search, made as an import would make them, and the index they go into."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from jobboard import clock, create_app
from jobboard.codes.linker import interval, link
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm
from jobboard.search.comparing import verify
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure
from tests.engines import place
from tests.search.stands import Stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from jobboard.settings import Settings

_NUMBERS = count(1)


def a_company(name: str = "Mercy Hospital", **facts: Any) -> Company:
    """A stored company."""
    number = next(_NUMBERS)
    company = Company(name=name, name_key=name.casefold(), slug=f"company-{number}", **facts)
    db.session.add(company)
    db.session.flush()
    return company


def a_posting(
    company: Company, title: str = "Inpatient coder", text: str = "Codes charts.", **facts: Any
) -> Posting:
    """A stored posting, listed unless `facts` say otherwise; the facts terms, codes and places are given plainly."""
    terms = facts.pop("terms", {})
    places = facts.pop("places", ())
    now = clock.now()
    given = {
        "state": "open",
        "posted_at": now - timedelta(hours=1),
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=30),
    }
    posting = Posting(company_id=company.id, title=title, description=text, **{**given, **facts})
    posting.terms = [PostingTerm(facet=facet, slug=slug) for facet, slugs in terms.items() for slug in slugs]
    posting.places = [PostingPlace(city=city, state=state) for city, state in places]
    for mention in link(f"{title}\n{text}"):
        low, high = interval(mention.system, mention.start, mention.end, mention.family)
        posting.codes.append(
            PostingCode(
                system=mention.system,
                start=mention.start,
                end=mention.end,
                is_family=mention.family,
                low=low,
                high=high,
                text=mention.text,
            )
        )
    db.session.add(posting)
    db.session.flush()
    return posting


@pytest.fixture
def drained(app: Flask) -> Iterator[Callable[[], Comparison]]:
    """Carries what waits into the index and compares it with the database."""

    def carry() -> Comparison:
        db.session.commit()
        with openings_index().writing() as index:
            ensure(index)
            drain(index)
        return verify(openings_index().reader)

    yield carry
    openings_index().rest(now=True)


@pytest.fixture
def stand(search_engine: str, tmp_path: Path, board_settings: Callable[..., Settings]) -> Iterator[Stand]:
    """A board whose index is kept by `search_engine`, its context pushed."""
    with place(search_engine, tmp_path / "indexes") as found:
        board = create_app(
            board_settings(
                rate_limits=False,
                base_url="http://localhost",
                # A busy machine takes its time over a search.
                search_timeout_seconds=found.access.search_seconds,
                **found.settings(),
            )
        )
        board.testing = True
        with board.app_context():
            yield Stand(board, found)
            openings_index().rest(now=True)
            db.session.remove()
            db.engine.dispose()
