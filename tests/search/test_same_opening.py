"""The same opening advertised twice stands once on a page, and nothing of it is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jobboard import clock
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison
    from tests.conftest import Player

LONG = "You code inpatient charts of a trauma centre and query physicians. " * 6
AUSTIN: dict[str, Any] = {"places": [("Austin", "TX")], "arrangement": "on-site"}


def shown(page: str) -> list[tuple[int, list[int]]]:
    """The openings of a page, each as the first advertisement and the others."""
    items = re.split(r'<article class="job-card">', page)[1:]
    return [
        (int(ids[0]), [int(one) for one in ids[1:]])
        for item in items
        if (ids := re.findall(r'<a href="/jobs/(\d+)-', item.partition("</ul>\n</div>")[0]))
    ]


def test_one_opening_of_several_advertisements(
    app: Flask, visitor: Player, drained: Callable[[], Comparison]
) -> None:
    mercy, agency = a_company("Mercy Hospital"), a_company("Copperline Staffing")
    times = iter(range(1, 99))

    def posted(company: Any, title: str, text: str = "Codes.", **facts: Any) -> Posting:
        """Each an hour older than the one before."""
        return a_posting(
            company, title, text, posted_at=clock.now() - timedelta(hours=next(times)), **{**AUSTIN, **facts}
        )

    first = posted(mercy, "Trauma coder", LONG)
    again = posted(mercy, "Trauma  CODER", "Codes trauma charts.")
    by_agency = posted(agency, "Inpatient coder, level I", LONG.replace(" ", "\n"))
    apart = [
        posted(mercy, "Trauma coder", places=[("Dallas", "TX")]),
        posted(mercy, "Trauma coder", arrangement="hybrid"),
        posted(mercy, "Trauma coder", terms={"employment": ["part-time"]}),
        posted(mercy, "Trauma coder", terms={"specialty": ["urology"]}),
        posted(mercy, "Trauma coder", arrangement="remote", eligible_mode="named", eligible_states=["OH"]),
        posted(mercy, "Trauma coder", LONG, confidential=True),
        posted(agency, "Trauma coder", "Codes."),
    ]
    drained()
    page = visitor.get("/jobs").text
    assert shown(page) == [(first.id, [again.id, by_agency.id]), *((one.id, []) for one in apart)]
    assert "10 openings" in page
    assert "Also advertised 2 times more" in page
    assert "Copperline Staffing" in page


def test_every_advertisement_stands_on_one_page(
    app: Flask, visitor: Player, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    ids = {a_posting(company, f"Coder {number // 2}").id for number in range(44)}
    drained()
    pages = [shown(visitor.get(f"/jobs?page={page}").text) for page in (1, 2, 3)]
    met = [one for page in pages for first, others in page for one in (first, *others)]
    assert sorted(met) == sorted(ids)
    assert [sum(1 + len(others) for _, others in page) for page in pages] == [20, 20, 4]
