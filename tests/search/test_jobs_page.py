"""A visitor searches: words, codes and ranges, facets, and an engine that is away. One line from row to page."""

from __future__ import annotations

import html
import re
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.search.index import openings_index
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> dict[str, Posting]:
    mercy, lakeside = a_company("Mercy Hospital"), a_company("Lakeside Clinic", setting="physician-group")
    now = clock.now()
    made = {
        "diabetes": a_posting(
            mercy,
            "Outpatient coder, endocrinology",
            "You code E11.9 and E10.65 for a busy clinic, with 99213 and 99214 visits.",
            terms={"specialty": ["primary-care"], "credential": ["cpc"], "employment": ["full-time"]},
            places=[("Austin", "TX")],
            arrangement="on-site",
            pay_basis="hourly",
            pay_least_cents=2600,
            pay_most_cents=3000,
            posted_at=now - timedelta(days=2),
        ),
        "pain": a_posting(
            lakeside,
            "Pain management coder",
            "Interventional pain: CPT 62320-62327 and the facet joint injections. Remote.",
            terms={"specialty": ["pain-management"], "credential": ["cpc", "cpma"]},
            arrangement="remote",
            eligible_mode="named",
            eligible_states=["TX", "OK"],
            pay_basis="salary",
            pay_most_cents=7_500_000,
            openings=3,
            posted_at=now - timedelta(days=5),
        ),
        "cath": a_posting(
            mercy,
            "Cath lab coder",
            "Codes I21.09 and 93458 in the cath lab; inpatients too.",
            terms={"specialty": ["cath-lab-ep"]},
            arrangement="remote",
            closes_at=now + timedelta(days=3),
            posted_at=now - timedelta(days=9),
        ),
    }
    assert drained().agrees
    return made


def shown(player: Player, address: str) -> list[str]:
    page = player.get(address)
    assert page.status_code == 200, address
    return re.findall(r'<h2 class="job-title"><a href="/jobs/(\d+)-', page.text)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/jobs", ["diabetes", "pain", "cath"]),
        ("/jobs?q=cath+lab", ["cath"]),
        ("/jobs?q=E11.9", ["diabetes"]),
        ("/jobs?q=e119", ["diabetes"]),
        ("/jobs?q=E10-E14", ["diabetes"]),
        ("/jobs?code=E11.-", ["diabetes"]),
        ("/jobs?q=I21", ["cath"]),
        ("/jobs?q=I21.0", ["cath"]),
        ("/jobs?q=I21.091", ["cath"]),
        ("/jobs?q=62322", ["pain"]),
        ("/jobs?q=62320-62327", ["pain"]),
        ("/jobs?q=62310+to+62325", ["pain"]),
        ("/jobs?code=62325-62400&code=93458", ["pain", "cath"]),
        ("/jobs?q=clinic+99213", ["diabetes"]),
        ("/jobs?q=mercy", ["diabetes", "cath"]),
        ("/jobs?q=interventional+pain+remote", ["pain"]),
        ("/jobs?specialty=cath-lab-ep&specialty=pain-management", ["pain", "cath"]),
        ("/jobs?specialty=cath-lab-ep&credential=cpc", []),
        ("/jobs?credential=not-stated", ["cath"]),
        ("/jobs?hires_in=OK", ["pain"]),
        ("/jobs?hires_in=not-stated", ["cath"]),
        ("/jobs?state=tx", ["diabetes"]),
        ("/jobs?setting=physician-group", ["pain"]),
        ("/jobs?posted=3", ["diabetes"]),
        ("/jobs?posted=7&sort=pay", ["pain", "diabetes"]),
        ("/jobs?sort=closing-soon", ["cath", "diabetes", "pain"]),
        ("/jobs?q=%22facet+joint%22", ["pain"]),
        ("/jobs?q=coder+-remote", ["diabetes"]),
        ("/jobs?q=cath+remote", ["cath"]),
        ("/jobs?system=icd10cm", ["diabetes", "cath"]),
        ("/jobs?system=cpt", ["diabetes", "pain", "cath"]),
        ("/jobs?system=not-stated", []),
        ("/jobs?specialty=nonsense&colour=red", ["diabetes", "pain", "cath"]),
        ("/jobs?q=" + "%22(((OR+AND+NOT%22+*", []),
    ],
)
def test_a_visitor_finds(
    address: str, names: list[str], visitor: Player, openings: dict[str, Posting]
) -> None:
    found = shown(visitor, address)
    expected = [str(openings[name].id) for name in names]
    assert (found if "sort" in address or address == "/jobs" else sorted(found)) == (
        expected if "sort" in address or address == "/jobs" else sorted(expected)
    )


def test_the_page_says_how_many_marks_words_and_can_take_a_filter_off(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    page = visitor.get("/jobs?q=pain&specialty=pain-management").text
    assert "1 opening" in page
    assert "3 positions" in page
    assert "<mark>Pain</mark> management coder" in page
    assert 'href="/jobs?q=pain&amp;v=2"' in page
    assert "noindex" in page
    assert "noindex" not in visitor.get("/jobs").text


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Openings for medical coders"),
        ("q=pain&specialty=pain-management", "Openings for “pain”"),
        ("specialty=pain-management&hires_in=TX", "Openings for medical coders: Pain management, Texas"),
        ("code=E11.9", "Openings for medical coders: E11.9"),
        ("code=msdrg:470", "Openings for medical coders: MS-DRG 470"),
        (
            "specialty=pain-management&specialty=urology&credential=cpc&credential=ccs",
            "Openings for medical coders",
        ),
    ],
)
def test_the_heading_names_what_was_asked_for(
    query: str, heading: str, visitor: Player, openings: dict[str, Posting]
) -> None:
    assert f"<h1>{heading}</h1>" in visitor.get(f"/jobs?{query}").text


def test_a_code_that_cannot_be_read_is_said_to_be_left_out(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    page = visitor.get("/jobs?code=470").text
    assert "a code that this search cannot read" in page
    assert "3 openings" in page


def test_text_of_an_employer_cannot_break_out_of_a_highlight(
    visitor: Player, drained: Callable[[], Comparison]
) -> None:
    a_posting(a_company(), "<script>alert(1)</script> coder", "A coder <b onclick=x>who</b> codes.")
    drained()
    page = visitor.get("/jobs?q=coder").text
    assert "<script>alert" not in page
    assert "<b onclick" not in page


def test_the_database_decides_what_is_still_visible(visitor: Player, openings: dict[str, Posting]) -> None:
    openings["cath"].state = "closed"
    db.session.commit()
    assert shown(visitor, "/jobs?q=cath") == []


def test_an_engine_that_is_away_leaves_the_newest_and_a_notice(
    app: Flask, visitor: Player, openings: dict[str, Posting]
) -> None:
    shutil.rmtree(app.extensions["settings"].data_dir / "search")
    openings_index().reader.refresh()
    page = visitor.get("/jobs?q=cath")
    assert "Only the newest openings" in page.text
    assert "Outpatient coder, endocrinology" in page.text
    refused = visitor.get("/api/v1/jobs")
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")


def test_pages_never_repeat_or_drop_an_opening(visitor: Player, drained: Callable[[], Comparison]) -> None:
    company = a_company()
    ids = {str(a_posting(company, f"Coder {number}").id) for number in range(45)}
    drained()
    pages = [shown(visitor, f"/jobs?q=coder&page={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert {one for page in pages for one in page} == ids
    assert "There is no page 4" in visitor.get("/jobs?q=coder&page=4").text
    assert "10,000" in visitor.get("/jobs?page=600").text


def test_rarer_filters_come_when_they_are_asked_for(visitor: Player, openings: dict[str, Posting]) -> None:
    def facets(address: str) -> set[str]:
        return set(re.findall(r'<input type="checkbox" name="(\w+)"', visitor.get(address).text))

    assert openings
    first = facets("/jobs?q=coder")
    assert {"specialty", "credential", "arrangement", "state"} <= first
    assert not {"pay_basis", "setting", "tool"} & first
    assert "pay_basis" in facets("/jobs?q=coder&pay_basis=hourly")
    assert "setting" in facets("/jobs?q=coder&values=physician")
    more = html.unescape(
        re.findall(r'id="more-filters" href="([^"]+)"', visitor.get("/jobs?q=coder").text)[0]
    )
    assert first | {"pay_basis", "setting"} <= facets(more)
    page = visitor.get(more).text
    # Whoever opened them keeps them, with the next filter and with other words.
    assert page.count('<input type="hidden" name="filters" value="all">') == 2
    fewer = html.unescape(re.findall(r'href="([^"]+)" rel="nofollow">Fewer filters', page)[0])
    assert facets(fewer) == first
