"""A visitor searches near a place, where they can be hired, by pay and by days; and looks for a filter."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from jobboard import clock
from jobboard.postings.models import PostingPlace
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> dict[str, Posting]:
    company, now = a_company(), clock.now()

    def opening(title: str, hours: int, **facts: object) -> Posting:
        return a_posting(company, title, posted_at=now - timedelta(hours=hours), **facts)

    made = {
        "tampa": opening("Tampa coder", 9, places=[("Tampa", "FL")], pay_basis="hourly", pay_least_cents=3000),
        "brandon": opening("Brandon coder", 8, places=[("Brandon", "FL"), ("Austin", "TX")], openings=4),
        "orlando": opening("Orlando coder", 7, places=[("Orlando", "FL")], pay_basis="chart", pay_least_cents=500),
        "austin": opening("Austin coder", 6, places=[("Austin", "TX")], pay_basis="salary", pay_most_cents=8_320_000),
        "florida": opening("Remote in Florida", 5, arrangement="remote", eligible_mode="named", eligible_states=["FL"]),
        "but": opening("Remote but not in Florida", 4, arrangement="remote", eligible_mode="all_but",
                       eligible_states=["FL"]),
        "anywhere": opening("Remote anywhere", 3, arrangement="remote", eligible_mode="all",
                            closes_at=now + timedelta(days=2)),
        "silent": opening("Remote, silent", 2, arrangement="remote"),
        "zip": opening("Coder by ZIP code", 1),
    }  # fmt: skip
    made["zip"].places = [PostingPlace(city="", state="", postal_code="33602")]
    assert drained().agrees
    return made


def shown(player: Player, address: str, made: dict[str, Posting]) -> list[str]:
    names = {one.id: name for name, one in made.items()}
    page = player.get(address)
    assert page.status_code == 200, address
    return [names[int(one)] for one in re.findall(r'<h2 class="job-title"><a href="/jobs/(\d+)-', page.text)]


NARROWED = [
    ("near=33602&within=5", ["zip", "anywhere", "florida", "tampa"]),
    ("near=Tampa, FL&within=25", ["zip", "anywhere", "florida", "brandon", "tampa"]),
    ("near=tampa florida&within=100", ["zip", "anywhere", "florida", "orlando", "brandon", "tampa"]),
    ("near=Austin, TX", ["anywhere", "but", "austin", "brandon"]),
    (
        "near=33602&within=100&sort=distance",
        ["zip", "tampa", "brandon", "orlando", "anywhere", "florida"],
    ),
    ("near=78701&within=25&sort=distance&q=coder", ["austin", "brandon"]),
    ("near=33602&arrangement=not-stated&within=25&sort=distance", ["zip", "tampa", "brandon"]),
    ("hires_in=FL", ["anywhere", "florida"]),
    ("hires_in=FL&hires_in=not-stated", ["silent", "anywhere", "florida"]),
    ("hires_in=TX", ["anywhere", "but"]),
    ("state=FL", ["orlando", "brandon", "tampa"]),
    ("state=FL&city=Tampa, FL", ["tampa"]),
    ("city=tampa, fl&city=Orlando, FL", ["orlando", "tampa"]),
    ("state=TX&city=Tampa, FL", ["austin", "brandon", "tampa"]),
    ("pay=35", ["austin"]),
    ("pay=30", ["austin", "tampa"]),
    ("pay=30.01", ["austin"]),
    ("pay=not-stated&state=FL", ["orlando", "brandon"]),
    ("pay=35&pay=not-stated&state=FL&state=TX", ["austin", "orlando", "brandon"]),
    ("sort=pay&pay=1", ["austin", "tampa"]),
    ("closing=3", ["anywhere"]),
    ("pay_basis=chart", ["orlando"]),
]


def test_a_visitor_narrows_by_place_and_pay(visitor: Player, openings: dict[str, Posting]) -> None:
    for query, names in NARROWED:
        assert shown(visitor, f"/jobs?{query}", openings) == names, query


def test_the_distance_stands_on_the_card(visitor: Player, openings: dict[str, Posting]) -> None:
    page = visitor.get("/jobs?near=33602&within=100&sort=distance").text
    assert "33602 · less than a mile away" in page
    assert "Brandon, FL and 1 more · 11 miles away" in page
    assert "Orlando, FL · 77 miles away" in page
    assert "Within 100 miles of Tampa, FL 33602" in page
    assert "miles away" not in visitor.get("/jobs").text


def test_an_unknown_place_is_said_and_nothing_is_lost(visitor: Player, openings: dict[str, Posting]) -> None:
    page = visitor.get("/jobs?near=Atlantis&sort=distance&q=coder&pay=30").text
    assert "The place in the address is not known" in page
    assert 'value="Atlantis"' in page
    assert "“Atlantis” is not known" in page
    assert "At least $30 an hour" in page
    assert shown(visitor, "/jobs?near=Atlantis&sort=distance&pay=30", openings) == ["austin", "tampa"]
    # Paging and chips go on without it, and nobody is asked to sort by a distance from nowhere.
    assert "Atlantis" not in "".join(re.findall(r'href="([^"]+)"', page))
    assert "Nearest first" not in page


def test_the_histogram_counts_every_step_and_marks_what_is_wanted(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    page = visitor.get("/jobs?pay=30&state=FL&state=TX").text
    table = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(\d+)</td>', page)
    assert dict(table) == {
        "Under $15": "0", "$15 to $19.99": "0", "$20 to $24.99": "0", "$25 to $29.99": "0", "$30 to $34.99": "1",
        "$35 to $39.99": "0", "$40 to $44.99": "1", "$45 to $49.99": "0", "$50 to $59.99": "0", "$60 to $74.99": "0",
        "$75 and more": "0",
    }  # fmt: skip
    assert page.count("<rect ") == page.count('class="is-wanted"') == 2
    assert 'name="pay" value="30"' in page
    assert "Give dollars an hour as a number" in visitor.get("/jobs?pay=a+lot").text


def test_a_filter_is_found_by_its_name(visitor: Player, openings: dict[str, Posting]) -> None:
    page = visitor.get("/jobs?values=orla&arrangement=remote&state=not-stated").text
    labels = re.findall(r'<span class="facet-label">([^<]+)</span>', page)
    assert "Remote" in labels
    assert "On site" not in labels
    cities = re.findall(r'name="city" value="([^"]+)"', visitor.get("/jobs?values=orla").text)
    assert cities == ["Orlando, FL"]
    assert "No filter has “zzz”" in visitor.get("/jobs?values=zzz").text


def test_cities_stand_below_their_state_once_it_is_chosen(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    assert 'name="city"' not in visitor.get("/jobs").text
    _, _, page = visitor.get("/jobs?state=FL").text.partition('<span class="facet-label">Florida')
    assert re.findall(r'name="(state|city)" value="([^"]+)"', page)[:4] == [
        ("city", "Brandon, FL"), ("city", "Orlando, FL"), ("city", "Tampa, FL"), ("state", "TX"),
    ]  # fmt: skip
    assert " class=facet-level-1><label" in page


def test_the_state_that_can_hire_is_offered_again_and_can_be_forgotten(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    assert "can hire you" not in visitor.get("/jobs").text
    visitor.get("/jobs?hires_in=not-stated")
    assert "can hire you" not in visitor.get("/jobs").text
    assert "can hire you" not in visitor.get("/jobs?hires_in=FL&hires_in=TX").text
    again = visitor.get("/jobs?q=remote&sort=newest").text
    assert "can hire you in Florida or Texas" in again
    link = html.unescape(re.findall(r'<div class="hires-in">\s*<a href="([^"]+)"', again)[0])
    assert parse_qsl(urlsplit(link).query) == [
        ("q", "remote"), ("hires_in", "FL"), ("hires_in", "TX"), ("sort", "newest"), ("v", "2"),
    ]  # fmt: skip
    # It is offered, never applied.
    assert set(shown(visitor, "/jobs?q=remote", openings)) == {"anywhere", "but", "florida", "silent"}
    forgotten = visitor.post("/jobs/forget-states?q=remote&sort=newest")
    assert (forgotten.status_code, forgotten.location) == (303, "/jobs?q=remote&sort=newest&v=2")
    assert "can hire you" not in visitor.get("/jobs").text


def test_whatever_a_browser_remembers_the_page_stands(visitor: Player, openings: dict[str, Posting]) -> None:
    for value in ("", "ZZ.XX", "FL.FL", "<script>", "F" * 3000, "FL.TX.OH.ME.GA.CA.NY", "\x7f.FL"):
        visitor.client.set_cookie("hires_in", value, path="/jobs")
        page = visitor.get("/jobs")
        assert page.status_code == 200
        assert page.text.count('<div class="hires-in">') == ("FL" in value), value


def test_few_openings_near_a_place_offer_a_wider_radius(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    page = html.unescape(visitor.get("/jobs?near=33602&within=5&q=coder").text)
    assert "Within 25 miles of Tampa, FL" in page
    assert "Within 10 miles" not in page
    assert "/jobs?q=coder&near=33602&within=25&v=2" in page


WRONG = [
    ("near=Atlantis", "near"),
    ("near=99999", "near"),
    ("within=7&near=33602", "within"),
    ("sort=distance", "sort"),
    ("pay=lots", "pay"),
    ("pay=0", "pay"),
    ("pay=1000.01", "pay"),
    ("closing=4", "closing"),
    ("city=Tampa", "city"),
    ("city=Tampa, ZZ", "city"),
    ("chapter=icd10cm:I20-I25", "chapter"),
    ("block=icd10cm:I00-I99", "block"),
    ("experience=7", "experience"),
    ("apprentice=perhaps", "apprentice"),
    ("values=x", "values"),
]


def test_the_interface_names_what_is_wrong_and_the_page_goes_on(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    for query, name in WRONG:
        refused = visitor.get(f"/api/v1/jobs?{query}")
        assert refused.status_code == 400, query
        assert [one["name"] for one in refused.json["invalid"]] == [name], query
        assert visitor.get(f"/jobs?{query}").status_code == 200


def test_the_interface_counts_levels_and_steps(visitor: Player, openings: dict[str, Posting]) -> None:
    told = visitor.get("/api/v1/jobs?near=33602&within=25&state=FL&sort=distance").json
    assert [one["title"] for one in told["results"]] == ["Tampa coder", "Brandon coder"]
    facets = {
        name: {one["value"]: (one["count"], one["openings"]) for one in values}
        for name, values in told["facets"].items()
    }
    assert facets["city"] == {"Tampa, FL": (1, 1), "Brandon, FL": (1, 4)}
    assert facets["state"] == {"FL": (2, 5), "TX": (1, 4), "not-stated": (3, 3)}
    assert facets["pay"]["30"] == (1, 1)
    assert facets["pay"]["not-stated"] == (1, 4)
    assert facets["posted"]["1"] == (2, 5)
