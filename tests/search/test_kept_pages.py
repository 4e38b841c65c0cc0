"""A page of results made a moment ago: for visitors without a cookie, and only while it shows what is listed."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from jobboard import clock
from jobboard.database import db
from jobboard.search import kept_pages
from jobboard.search.index import openings_index
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.test import TestResponse

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison

GZIP = {"Accept-Encoding": "gzip"}
ADDRESS = "/jobs?q=coder"


@pytest.fixture(autouse=True)
def kept_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take a second for a page."""
    monkeypatch.setattr(kept_pages, "KEPT_SECONDS", 600.0)


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> list[Posting]:
    made = [a_posting(a_company(), f"{place} coder") for place in ("Clinic", "Hospital")]
    assert drained().agrees
    return made


@pytest.fixture
def asked(app: Flask, openings: list[Posting]) -> Callable[..., TestResponse]:
    """Ask as a browser does that has never been here."""
    stranger = FlaskClient(app, app.response_class, use_cookies=False)

    def ask(address: str = ADDRESS, **headers: str) -> TestResponse:
        db.session.commit()
        with app.app_context():
            answer = stranger.get(address, headers={**GZIP, **headers})
        db.session.expire_all()
        assert answer.status_code == 200
        return answer

    return ask


def titles(answer: TestResponse) -> set[str]:
    encoded = answer.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(answer.data) if encoded else answer.data).decode()
    found = re.findall(r'<h2 class="job-title"><a [^>]*>(.*?)</a>', text)
    return {re.sub("<[^>]*>", "", title) for title in found}


@pytest.fixture
def searches(app: Flask, openings: list[Posting], monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every question that the engine is asked from now on."""
    index, questions = openings_index(), list[object]()
    search = index.search

    def counted(query: object) -> object:
        questions.append(query)
        return search(query)

    monkeypatch.setattr(index, "search", counted)
    return questions


def test_the_same_page_is_made_once(asked: Callable[..., TestResponse], searches: list[object]) -> None:
    first, second = asked(), asked()
    assert len(searches) == 1
    assert first.data == second.data
    assert sorted(first.headers) == sorted(second.headers)
    assert titles(second) == {"Clinic coder", "Hospital coder"}
    assert titles(asked("/jobs?q=clinic")) == {"Clinic coder"}


@pytest.mark.parametrize("change", ["closed", "title"])
def test_what_changed_is_never_shown_as_it_was(
    asked: Callable[..., TestResponse], openings: list[Posting], change: str
) -> None:
    asked()
    if change == "closed":
        openings[0].state = "closed"
    else:
        openings[0].title = "Office coder"
    assert titles(asked()) == {"Hospital coder", *(["Office coder"] if change == "title" else [])}


def test_another_advertisement_that_was_closed_is_not_shown_either(
    asked: Callable[..., TestResponse], openings: list[Posting], drained: Callable[[], Comparison]
) -> None:
    company, text = a_company("Twin Hospital"), "You code wound care and burns all day long. " * 5
    now = clock.now()
    for hours in (1, 200):
        posted = {"posted_at": now - timedelta(hours=hours), "opens_at": now - timedelta(hours=hours)}
        twin = a_posting(company, "Burn coder", text, **posted)
    for hours in range(2, 32):
        a_posting(company, f"Ward {hours} coder", f"Ward {hours}.", posted_at=now - timedelta(hours=hours))
    db.session.commit()
    assert drained().agrees
    address = "/jobs?q=coder&sort=newest"
    link = f'href="/jobs/{twin.id}-'.encode()
    assert link in gzip.decompress(asked(address).data)
    twin.state = "closed"
    assert link not in gzip.decompress(asked(address).data)


def test_a_new_opening_comes_when_the_page_is_made_anew(
    asked: Callable[..., TestResponse], drained: Callable[[], Comparison], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked()
    a_posting(a_company(), "Office coder")
    db.session.commit()
    assert drained().agrees
    assert "Office coder" not in titles(asked())
    monkeypatch.setattr(kept_pages, "KEPT_SECONDS", 0.0)
    assert "Office coder" in titles(asked())


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "anything=1"},
        {"Accept-Encoding": "identity"},
        {"Accept-Encoding": "gzip;q=0"},
        {"Accept-Encoding": "identity;q=1, gzip;q=0.1"},
    ],
)
def test_others_are_answered_for_themselves(
    asked: Callable[..., TestResponse], searches: list[object], headers: dict[str, str]
) -> None:
    asked()
    asked(**headers)
    asked(**headers)
    assert len(searches) == 3
    if headers.get("Accept-Encoding") == "identity":
        assert "Content-Encoding" not in asked(**headers).headers


def test_browsers_name_other_codings_beside_it(
    asked: Callable[..., TestResponse], searches: list[object]
) -> None:
    for _ in range(2):
        asked(**{"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert len(searches) == 1


def test_who_is_remembered_gets_a_cookie_each_time(asked: Callable[..., TestResponse]) -> None:
    for _ in range(2):
        assert "Set-Cookie" in asked("/jobs?q=coder&hires_in=TX").headers


def test_a_part_of_the_page_is_not_taken_for_the_whole(asked: Callable[..., TestResponse]) -> None:
    whole, part = asked(), asked(**{"HX-Request": "true"})
    assert len(part.data) < len(whole.data)
    again = asked(**{"HX-Request": "true"})
    assert again.data == part.data
    assert again.headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in asked().headers


def test_no_more_than_so_many_addresses_are_kept_and_no_long_ones(
    asked: Callable[..., TestResponse], searches: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "_MOST", 2)
    for number in range(3):
        asked(f"/jobs?q=coder&n={number}")
    asked("/jobs?q=coder&n=2")
    assert len(searches) == 3
    asked("/jobs?q=coder&n=0")
    assert len(searches) == 4
    asked("/jobs?q=coder&n=" + "0" * 600)
    asked("/jobs?q=coder&n=" + "0" * 600)
    assert len(searches) == 6


def test_what_is_shown_while_the_engine_is_away_is_not_kept(
    asked: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    from search_index import Unavailable

    def away(_: object) -> None:
        raise Unavailable("away")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(openings_index(), "search", away)
        assert b"The search" in gzip.decompress(asked().data)
    assert titles(asked("/jobs?q=clinic")) == {"Clinic coder"}
    assert len(titles(asked())) == 2
