"""The same opening advertised twice stands once on a page, and nothing of it is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jobboard import clock
from tests.pages.test_home_and_employer_pages import statements
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


def test_every_advertisement_stands_on_one_page_and_no_opening_on_two(
    app: Flask, visitor: Player, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    made = [a_posting(company, f"Coder {number % 22}").id for number in range(44)]
    drained()
    newest = made[::-1]
    for address in ("/jobs?", "/jobs?q=coder&sort=newest&"):
        first, second, third = (visitor.get(f"{address}page={page}").text for page in (1, 2, 3))
        assert shown(first) == [(one, [one - 22]) for one in newest[:20]]
        assert shown(second) == [(one, [one - 22]) for one in newest[20:22]]
        assert shown(third) == []
        assert "Nothing new on this page" in third
        assert all("44 openings" in page for page in (first, second, third))


def test_an_opening_is_followed_from_title_to_text(
    app: Flask, visitor: Player, drained: Callable[[], Comparison]
) -> None:
    mercy, agency = a_company("Mercy Hospital"), a_company("Copperline Staffing")
    by_text = a_posting(agency, "Coder, inpatient", LONG, **AUSTIN)
    between = a_posting(mercy, "Trauma coder", LONG, **AUSTIN)
    others = [a_posting(mercy, f"Coder {number}").id for number in range(19)]
    by_title = a_posting(mercy, "Trauma coder", "Codes.", **AUSTIN)
    drained()
    assert shown(visitor.get("/jobs").text) == [
        (by_title.id, [between.id, by_text.id]),
        *((one, []) for one in others[::-1]),
    ]
    assert shown(visitor.get("/jobs?page=2").text) == []


def test_the_page_costs_one_statement_more_only_where_an_opening_goes_on_elsewhere(
    app: Flask, visitor: Player, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    for number in range(44):
        a_posting(company, f"Coder {number % 30}", terms={"specialty": ["urology"]})
    for number in range(25):
        a_posting(company, f"Auditor {number}", terms={"specialty": ["cardiology"]})
    drained()
    asked = {}
    for address in (
        "/jobs?specialty=cardiology",
        "/jobs?specialty=urology",
        "/jobs?specialty=urology&page=3",
    ):
        visitor.get(address)
        asked[address] = statements(app, lambda address=address: visitor.get(address))
    assert list(asked.values()) == [1, 2, 2]
