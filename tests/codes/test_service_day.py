"""The date of service: read from the address, kept on links among code pages, answered by the edition of the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard import clock
from jobboard.codes import queries
from jobboard.codes.service_day import IN_EFFECT, NOT_BEGUN, PAST_END, NoDay, dated_url, standing, understood
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player

TODAY = date(2026, 11, 29)


@pytest.fixture
def two_years(app: Flask) -> Iterator[None]:
    """Two editions of one block; the second words E11.9 anew. Today the first has ended, the second counts."""
    above = [("E00-E89", "Glands", None, "chapter"), ("E08-E13", "Diabetes", "E00-E89", "block")]
    load_tiny(
        "icd10cm",
        "2026",
        date(2025, 10, 1),
        [*above, ("E11", "Type 2", "E08-E13", "category"), ("E11.9", "Old", "E11")],
    )
    load_tiny(
        "icd10cm",
        "2027",
        date(2026, 10, 1),
        [*above, ("E11", "Type 2", "E08-E13", "category"), ("E11.9", "New", "E11")],
    )
    with clock.stopped_at(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        yield


def page(player: Player, path: str) -> BeautifulSoup:
    response = player.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def said(soup: BeautifulSoup) -> str:
    return " ".join(soup.select_one(".service-day p").get_text().split())


def test_nothing_means_today() -> None:
    assert understood(" ", TODAY).is_today
    assert understood("2026-11-29", TODAY).typed == ""
    assert understood("2025-12-31", TODAY).typed == "2025-12-31"


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "20261001", "2026-W40-4", "10/01/2026", "0000-01-01", "٢٠٢٦-10-01"]
)
def test_what_is_no_day_is_refused_by_the_name_of_its_field(app: Flask, visitor: Player, typed: str) -> None:
    with pytest.raises(NoDay, match="“on”"):
        understood(typed, TODAY)
    for path in ("/codes/icd10cm", "/codes/cpt/77003"):
        answer = visitor.get(path, query_string={"on": typed})
        assert answer.status_code == 400
        assert "The date of service, “on”," in answer.text


def test_the_day_chooses_the_edition(two_years: None, visitor: Player) -> None:
    assert "E11.9 New" in page(visitor, "/codes/icd10cm/E11.9").h1.get_text()
    assert "E11.9 Old" in page(visitor, "/codes/icd10cm/E11.9?on=2026-09-30").h1.get_text()
    assert said(page(visitor, "/codes/icd10cm?on=2026-09-30")) == (
        "Edition 2026, in effect from 1 October 2025 to 30 September 2026"
    )


def test_a_page_says_where_the_editions_end_and_begin(two_years: None, visitor: Player) -> None:
    assert said(page(visitor, "/codes/icd10cm/E11.9?on=2028-01-01")).startswith(
        "As of edition 2027, in effect from 1 October 2026 to 30 September 2027. No later edition of ICD-10-CM"
    )
    assert said(page(visitor, "/codes/icd10cm/E11.9?on=2020-01-01")).startswith(
        "No edition of ICD-10-CM for 1 January 2020 is loaded here. This is the earliest one, 2026,"
    )
    edition = queries.edition_in_force("icd10cm", date(2028, 1, 1))
    assert edition is not None
    days = (date(2026, 10, 1), date(2027, 10, 1), date(2026, 9, 30))
    assert [standing(edition, day) for day in days] == [IN_EFFECT, PAST_END, NOT_BEGUN]


def test_every_link_among_code_pages_keeps_the_day(two_years: None, visitor: Player) -> None:
    for path in ("/codes/icd10cm", "/codes/icd10cm/E11", "/codes/icd10cm/E08-E13"):
        soup = page(visitor, f"{path}?on=2026-09-30")
        links = [a["href"] for a in soup.select("main a") if a["href"].startswith("/codes")]
        plain = [link for link in links if "on=" not in link]
        assert len(links) >= 3
        # The one that leads back to today.
        assert plain == [path]
        assert soup.select_one("meta[name=robots]")["content"] == "noindex"
        assert soup.select_one("link[rel=canonical]")["href"] == f"http://localhost{path}"
        hidden = [each["value"] for each in soup.select("form input[type=hidden][name=on]")]
        assert hidden == ["2026-09-30"]


def test_choosing_a_day_keeps_what_else_was_asked(two_years: None, visitor: Player) -> None:
    soup = page(
        visitor, "/codes/icd10cm/changes?on=2026-11-01&kind=revised&q=a%26b&page=2&_scheme=javascript"
    )
    form = soup.select_one(".service-day form")
    hidden = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    assert hidden == {"kind": "revised", "q": "a&b", "_scheme": "javascript"}
    assert form["action"] == "/codes/icd10cm/changes"
    assert form.a["href"] == "/codes/icd10cm/changes?kind=revised&q=a%26b&_scheme=javascript"


def test_the_search_keeps_the_day(two_years: None, visitor: Player) -> None:
    soup = page(visitor, "/codes?q=type&on=2026-09-30")
    links = [a["href"] for a in soup.select("main .entry")]
    assert links
    assert all("on=2026-09-30" in link for link in links)
    assert [each["value"] for each in soup.select(".code-filters input[name=on]")] == ["2026-09-30"]
    assert "Edition 2026" in page(visitor, "/codes?on=2026-09-30").get_text()


def test_a_plain_address_may_be_found_and_carries_no_day(two_years: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11")
    assert soup.select_one("meta[name=robots]") is None
    assert not [a for a in soup.select("a") if "on=" in a["href"]]


def test_an_other_spelling_leads_on_with_its_day(two_years: None, visitor: Player) -> None:
    answer = visitor.get("/codes/icd10cm/e119?on=2026-09-30")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/codes/icd10cm/E11.9?on=2026-09-30")


def test_a_page_that_asks_for_no_day_keeps_none(app: Flask) -> None:
    with app.test_request_context("/jobs?on=2026-09-30"):
        assert dated_url("codes.system", system="cpt") == "/codes/cpt"
    assert "/codes" in app.url_map.bind("localhost").build("codes.index")
