"""Pages of a state, a specialty, a credential: only where something is open, with figures that are true."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from jobboard.database import db
from jobboard.pages import landing_page, sitemap_xml
from jobboard.postings.models import Posting
from search_index import Unavailable
from tests.postings.test_posting_form import words
from tests.search.conftest import a_company, a_posting, drained

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.conftest import Player

__all__ = ["drained"]


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> None:
    mercy = a_company("Mercy Hospital")
    a_posting(
        mercy, "Cardiology coder", terms={"specialty": ["cardiology"], "credential": ["ccs-p", "cpc"]},
        places=[("Austin", "TX")], openings=3, pay_basis="hourly", pay_least_cents=2200, pay_most_cents=2600,
    )  # fmt: skip
    a_posting(
        mercy, "Heart coder", terms={"specialty": ["cardiology"], "credential": ["cpc"]},
        places=[("Dallas", "TX")], pay_basis="hourly", pay_most_cents=4150,
    )  # fmt: skip
    a_posting(mercy, "Heart auditor", terms={"specialty": ["cardiology"]}, places=[("Albany", "NY")])
    a_posting(mercy, "Remote coder", arrangement="remote", eligible_mode="named", eligible_states=["TX"])
    a_posting(
        mercy, "Closed coder", state="closed", terms={"specialty": ["urology"]}, places=[("Reno", "NV")]
    )
    assert drained().agrees


def test_a_page_has_true_figures_and_its_own_words(visitor: Player, openings: None) -> None:
    page = visitor.get("/jobs/in/texas")
    assert page.status_code == 200
    assert "<h1>Medical coding openings in Texas</h1>" in page.text
    assert '<link rel="canonical" href="http://localhost/jobs/in/texas">' in page.text
    said = words(page)
    assert (
        "2 openings are advertised in Texas, for 4 positions. 1 remote opening may hire there, too." in said
    )
    assert "$26–$41.50 an hour, the best rate of the 2 whose pay compares" in said
    assert "CPC 2 openings CCS-P 1 openings" in said
    assert "Heart coder" in said
    assert "Heart auditor" not in said
    assert (
        'content="2 open postings for medical coders in Texas; best hourly rates between $26 and $41.50'
        in page.text
    )
    assert 'href="/jobs/credential/ccs-p"' in page.text
    assert "3 openings are advertised in Cardiology" in words(visitor.get("/jobs/specialty/cardiology"))
    credential = visitor.get("/jobs/credential/ccs-p")
    assert "<h1>CCS-P (Certified Coding Specialist" in credential.text
    assert "1 opening is advertised naming the CCS-P, for 3 positions." in words(credential)


@pytest.mark.parametrize(
    ("address", "status", "to"),
    [
        ("/jobs/in/TX", 301, "/jobs/in/texas"),
        ("/jobs/in/New-York", 301, "/jobs/in/new-york"),
        ("/jobs/credential/CCS-P", 301, "/jobs/credential/ccs-p"),
        ("/jobs/specialty/Cardiology", 301, "/jobs/specialty/cardiology"),
        ("/jobs/in/nevada", 302, "/jobs?state=NV"),
        ("/jobs/specialty/urology", 302, "/jobs?specialty=urology"),
        ("/jobs/credential/cic", 302, "/jobs?credential=cic"),
        ("/jobs/in/nowhere", 404, None),
        ("/jobs/specialty/nonsense", 404, None),
        ("/jobs/credential/nonsense", 404, None),
    ],
)
@pytest.mark.only_on("sqlite")
def test_addresses_lead_where_something_is(
    address: str, status: int, to: str | None, visitor: Player, openings: None
) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer.headers.get("Location")) == (status, to)


def test_while_the_engine_is_away_the_search_answers(
    visitor: Player, openings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(landing_page, "overview", away)
    assert visitor.get("/jobs/in/texas").headers["Location"] == "/jobs?state=TX"


def test_the_list_of_pages_names_those_that_are_there(visitor: Player, openings: None) -> None:
    page = visitor.get("/jobs/browse")
    assert "Texas 2 openings" in words(page)
    assert "Nevada" not in page.text
    assert 'href="/jobs/specialty/urology"' not in page.text
    for path in ("/jobs/in/texas", "/jobs/in/new-york", "/jobs/specialty/cardiology", "/jobs/credential/cpc"):
        assert f'href="{path}"' in page.text
        assert visitor.get(path).status_code == 200


def test_an_empty_board_says_so(visitor: Player) -> None:
    assert "Nothing is listed yet" in words(visitor.get("/jobs/browse"))


def locations(answer: object) -> list[str]:
    root = ElementTree.fromstring(answer.text)  # type: ignore[attr-defined]
    return [one.text or "" for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_sitemap_has_every_page_and_opening_once(
    visitor: Player, openings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap_xml, "STRETCH", 2)
    assert "Sitemap: http://localhost/sitemap.xml" in visitor.get("/robots.txt").text
    files = [one.removeprefix("http://localhost") for one in locations(visitor.get("/sitemap.xml"))]
    assert files == ["/sitemap/pages.xml", "/sitemap/openings-1.xml", "/sitemap/openings-2.xml"]
    pages, *stretches = (locations(visitor.get(path)) for path in files)
    for path in ("/", "/employers", "/jobs/in/texas", "/jobs/credential/ccs-p", "/about"):
        assert f"http://localhost{path}" in pages
    assert not [one for one in pages if "nevada" in one or "urology" in one]
    open_ids = db.session.scalars(
        select(Posting.id).where(Posting.state == "open").order_by(Posting.id)
    ).all()
    found = [one for stretch in stretches for one in stretch]
    assert [int(one.partition("/jobs/")[2].partition("-")[0]) for one in found] == list(open_ids)
    for path in [one.removeprefix("http://localhost") for one in (*pages, *found)]:
        assert visitor.get(path).status_code == 200, path
    for number in ("0", "9", "9" * 30):
        assert visitor.get(f"/sitemap/openings-{number}.xml").status_code == 404
