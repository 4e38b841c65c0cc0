"""Few openings match: the page offers wider searches, and each finds as many as it says."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from jobboard.search import finder, wider
from jobboard.search.kinship import all_with_kin, kin_of
from jobboard.search.request import SearchRequest
from jobboard.vocabulary import shipped
from search_index import Unavailable
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> None:
    mercy = a_company("Mercy Hospital")
    for number in range(3):
        a_posting(
            mercy, f"Heart coder {number}", "Codes I21.09.",
            terms={"specialty": ["cardiology"]}, places=[("Austin", "TX")], arrangement="on-site",
        )  # fmt: skip
    for number in range(6):
        a_posting(
            mercy, f"Cath lab coder {number}",
            terms={"specialty": ["cath-lab-ep"]}, places=[("Austin", "TX")], arrangement="on-site",
        )  # fmt: skip
    for number in range(2):
        a_posting(
            mercy, f"Remote heart coder {number}", "Codes I21.09.", terms={"specialty": ["cardiology"]},
            arrangement="remote", eligible_mode="named", eligible_states=["TX"],
        )  # fmt: skip
    for number in range(9):
        a_posting(mercy, f"Urology coder {number}", terms={"specialty": ["urology"]}, places=[("Ada", "OH")])
    drained()


def offered(page: str) -> dict[str, tuple[str, int]]:
    """What is offered: words → (address, openings)."""
    _, _, section = page.partition('<section class="wider card"')
    items = re.findall(
        r'<li><a href="([^"]+)">([^<]+)</a> <span class="quiet">([\d,]+) opening',
        section.partition("</section>")[0],
    )
    return {html.unescape(words): (html.unescape(url), int(number)) for url, words, number in items}


def total(page: str) -> int:
    found = re.search(r'class="results-count"><b>([\d,]+) opening', page)
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "/jobs?specialty=cardiology&state=TX",
            {"Also Cath lab / EP": 9, "Without Workplace: Texas": 5, "Without Specialty: Cardiology": 9},
        ),
        (
            "/jobs?specialty=cardiology&state=OH",
            {"Without Workplace: Ohio": 5, "Without Specialty: Cardiology": 9},
        ),
        ("/jobs?q=heart&state=OH", {"Without Workplace: Ohio": 5, "Without the words “heart”": 9}),
        (
            "/jobs?specialty=urology&near=Columbus,+OH&within=25&pay=30",
            {},
        ),
        (
            "/jobs?specialty=urology&near=Columbus,+OH&within=25",
            {"Within 100 miles of Columbus, OH": 9, "Not only near Columbus, OH": 9},
        ),
        ("/jobs?specialty=urology&closing=3&posted=1", {"Closing at any time": 9}),
        ("/jobs?q=urology&pay=30", {"Whatever is paid": 9}),
        ("/jobs?q=zebra", {}),
        (
            "/jobs?q=interventional+radiology+coder&state=TX",
            {
                "Cath lab / EP instead of “interventional radiology”": 6,
                "Without “interventional radiology”": 9,
                "Without the words “interventional radiology coder”": 9,
            },
        ),
        ("/jobs?q=zebra&posted=3&state=TX", {"Without the words “zebra”": 9}),
        ("/jobs?code=I21.09&state=TX", {"Without Workplace: Texas": 5, "Without the code I21.09": 9}),
    ],
)
def test_wider_searches_are_offered_and_counted(
    address: str, words: dict[str, int], visitor: Player, openings: None
) -> None:
    found = offered(visitor.get(address).text)
    assert {name: number for name, (_, number) in found.items()} == words
    for name, (url, number) in found.items():
        assert total(visitor.get(url).text) == number, name


def test_remote_work_is_offered_to_those_who_live_where_little_is_open(
    visitor: Player, openings: None
) -> None:
    page = visitor.get("/jobs?q=remote+heart&state=TX").text
    assert offered(page)["Remote, hiring in Texas"] == (
        "/jobs?q=remote+heart&arrangement=remote&arrangement=remote-after-training&hires_in=TX&v=2",
        2,
    )


def test_nothing_is_counted_where_enough_matches_or_the_engine_is_away(
    visitor: Player, openings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offered(visitor.get("/jobs?specialty=urology").text) == {}
    assert offered(visitor.get("/jobs").text) == {}

    def away(*_: object) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(wider, "_counted", away)
    assert offered(visitor.get("/jobs?q=heart&state=OH").text) == {}


def test_few_results_cost_a_bounded_number_of_questions(
    visitor: Player, openings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    index = finder.openings_index()
    search = type(index).search
    monkeypatch.setattr(type(index), "search", lambda self, query: asked.append(query) or search(self, query))
    visitor.get("/jobs?q=heart&code=I21.09&state=OH&specialty=cardiology&posted=7&arrangement=on-site")
    assert len(asked) == 4


def test_kin_are_specialties_of_the_vocabulary() -> None:
    known = set(shipped()["specialty"].slugs)
    assert all_with_kin() <= known
    for slug in all_with_kin():
        assert kin_of(slug)
        assert all(slug in kin_of(other) for other in kin_of(slug))
    assert kin_of("dental-and-more") == ()


def test_what_is_said_many_times_is_left_out_few_times(app: Flask, openings: None) -> None:
    from_page = SearchRequest(q=f"{'E/M ' * 60}zebra")
    steps = list(wider._steps(from_page, shipped()))
    assert 0 < len(steps) <= wider._ASKED_ALONE + 1
