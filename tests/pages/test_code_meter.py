"""The meter of code pages: what a guest, an account and a member may view in a month, and what is never counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from jobboard import clock, create_app
from jobboard.codes import metering
from jobboard.codes.free_links import free_token, link_of_posting
from jobboard.codes.guests import COOKIE
from jobboard.codes.viewer_models import CodeMembership, CodeView, CodeViewNetwork
from jobboard.database import db, separate_write
from jobboard.settings import Settings
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player, browser, signed_in

FIRST = (
    "0 code page views remaining. Guest accounts are limited to 1 page view. "
    "Register free account to get 5 more views."
)
CRAWLER = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}
TEXTS = {"E11.9": "Sweet blood without trouble", "E11.8": "Sweet blood with trouble"}


@pytest.fixture
def app(board_settings: Callable[..., Settings]) -> Iterator[Flask]:
    """A board whose code pages are metered as a demo's are."""
    settings = board_settings(
        rate_limits=False,
        base_url="http://localhost",
        code_views="guest=1,account=6,member=unlimited",
        code_views_per_network=4,
    )
    board = create_app(settings)
    board.testing = True
    with board.app_context():
        lines = TEXTS | {f"E10.{number}": f"Number {number} of ten" for number in range(8)}
        load_tiny("icd10cm", "2026", date(2025, 10, 1), lines.items())
        yield board
        db.session.remove()
        db.engine.dispose()


def page(player: Player, path: str = "/codes/icd10cm/E11.9", **options: object) -> BeautifulSoup:
    response = player.get(path, **options)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def meter(soup: BeautifulSoup) -> str:
    found = soup.select_one(".meter p:not(.locked-title)")
    return found.get_text() if found else ""


def views() -> set[tuple[str, str]]:
    db.session.remove()
    return {(row.viewer, row.code) for row in db.session.scalars(select(CodeView).where(CodeView.code != ""))}


def test_a_guest_reads_one_page_and_is_told_so_in_these_words(visitor: Player) -> None:
    soup = page(visitor)
    assert meter(soup) == FIRST
    assert soup.select_one(".official").get_text() == TEXTS["E11.9"]


def test_what_is_used_up_keeps_the_code_its_place_and_its_openings(visitor: Player) -> None:
    page(visitor)
    answer = visitor.get("/codes/icd10cm/E11.8")
    soup = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 200
    assert TEXTS["E11.8"] not in answer.text
    assert soup.select_one("h1").get_text() == "ICD-10-CM E11.8"
    assert soup.select_one("#openings-title") is not None
    assert meter(soup) == FIRST
    assert len(soup.select(".meter")) == 1
    assert soup.select_one(".meter a[href^='/join']")["href"] == "/join?next=/codes/icd10cm/E11.8"


def test_the_same_code_again_is_free(visitor: Player) -> None:
    for _ in range(3):
        assert page(visitor).select_one(".official") is not None
    assert len(views()) == 1


def test_a_new_month_begins_anew_in_the_zone_of_the_site(visitor: Player) -> None:
    with clock.stopped_at(datetime(2026, 12, 1, 4, 59, tzinfo=UTC)):
        page(visitor)
        assert page(visitor, "/codes/icd10cm/E11.8").select_one(".official") is None
    with clock.stopped_at(datetime(2026, 12, 1, 5, 1, tzinfo=UTC)):
        assert page(visitor, "/codes/icd10cm/E11.8").select_one(".official") is not None


def test_an_account_goes_on_from_what_its_guest_saw(app: Flask, visitor: Player) -> None:
    page(visitor)
    ana = signed_in(app, "Ana")
    cookie = visitor.client.get_cookie(COOKIE)
    ana.client.set_cookie(COOKIE, cookie.value)
    left = [meter(page(ana, f"/codes/icd10cm/E10.{number}"))[:1] for number in range(5)]
    assert left == ["4", "3", "2", "1", "0"]
    assert "Free accounts are limited to 6 page views. Members get unlimited views." in meter(page(ana))
    assert page(ana, "/codes/icd10cm/E10.6").select_one(".official") is None
    assert page(ana).select_one(".official") is not None
    # Elsewhere the account has had these six as well.
    ana.client.delete_cookie(COOKIE)
    assert page(ana, "/codes/icd10cm/E10.6").select_one(".official") is None
    assert page(ana).select_one(".official") is not None


def test_members_are_not_counted(app: Flask) -> None:
    ana = signed_in(app, "Ana")
    db.session.add(CodeMembership(person_id=ana.person_id, group_name="members"))
    db.session.commit()
    for number in range(8):
        assert page(ana, f"/codes/icd10cm/E10.{number}").select_one(".official") is not None
    assert views() == set()


def test_moderators_are_not_counted_whatever_members_may_view(app: Flask) -> None:
    mo = signed_in(app, "Mo", is_moderator=True)
    for number in range(8):
        soup = page(mo, f"/codes/icd10cm/E10.{number}")
        assert soup.select_one(".official") is not None
        assert meter(soup) == ""
    assert views() == set()


def test_the_common_language_description_stays_when_views_are_used_up(app: Flask, visitor: Player) -> None:
    ana = signed_in(app, "Ana")
    for number in range(6):
        page(ana, f"/codes/icd10cm/E10.{number}")
    page(visitor)
    for reader in (visitor, ana):
        soup = page(reader, "/codes/cpt/77003")
        assert "You have used up your page views" in soup.select_one(".meter-used").get_text()
        common = soup.select_one("[aria-labelledby=common-title]")
        assert len(common.select_one(".prose").get_text()) > 100
        assert common.select_one(".owner").get_text().startswith("©")
        assert not common.select(".metered")
        assert "Purpose" not in [each.get_text() for each in soup.select("h2")]
        assert soup.select_one("#section-1") is None


@pytest.mark.parametrize("path", ["/codes?q=sweet", "/codes", "/codes/icd10cm", "/codes/icd10cm/E10.1-E10.3"])
def test_searching_and_browsing_are_never_counted(visitor: Player, path: str) -> None:
    page(visitor, path)
    assert views() == set()


def test_a_link_from_a_posting_is_free_for_its_code_and_for_a_week(visitor: Player) -> None:
    page(visitor)
    link = link_of_posting("/codes/icd10cm/E11.8")
    assert page(visitor, link).select_one(".official") is not None
    token = free_token("icd10cm", "E11.8")
    for wrong in (f"E10.1?from={token}", f"E11.8?from={token}0", "E11.8?from=2999-01-01.x", "E11.8?from=é"):
        assert page(visitor, f"/codes/icd10cm/{wrong}").select_one(".official") is None, wrong
    with clock.moved_by(timedelta(days=8)):
        page(visitor, "/codes/icd10cm/E10.2")
        assert page(visitor, link).select_one(".official") is None


def test_a_cookie_that_was_tampered_with_is_a_new_guest(app: Flask, visitor: Player) -> None:
    page(visitor)
    value = visitor.client.get_cookie(COOKIE).value
    visitor.client.set_cookie(COOKIE, f"{'0' * 32}.{value.partition('.')[2]}")
    assert page(visitor, "/codes/icd10cm/E11.8").select_one(".official") is not None
    assert len({viewer for viewer, _ in views()}) == 2


def test_the_cookie_is_signed_and_out_of_reach_of_scripts_and_other_sites(visitor: Player) -> None:
    answer = visitor.get("/codes/icd10cm/E11.9")
    header = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith(COOKIE))
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Cookie" in answer.headers["Vary"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_network_has_a_cap_that_guests_without_cookies_meet(app: Flask) -> None:
    opened = [
        page(Player("Visitor", browser(app)), f"/codes/icd10cm/E10.{number}").select_one(".official")
        for number in range(6)
    ]
    assert [each is not None for each in opened] == [True] * 4 + [False] * 2
    assert db.session.scalars(select(CodeViewNetwork.views)).all() == [4]
    stored = db.session.scalars(select(CodeViewNetwork.network)).one()
    assert "127" not in stored[:3]
    assert len(stored) == 64


def test_crawlers_get_the_public_part_with_the_markup_of_what_is_not_free(visitor: Player) -> None:
    for code in ("E11.9", "E11.8", "E10.1"):
        soup = page(visitor, f"/codes/icd10cm/{code}", headers=CRAWLER)
        assert soup.select_one(".official") is not None
        markup = soup.select_one("script[type='application/ld+json']").string
        assert '"isAccessibleForFree": false' in markup
        assert '"cssSelector": ".metered"' in markup
        assert soup.select_one(".metered .official") is not None
    assert views() == set()


def test_asking_for_the_head_alone_counts_nothing(app: Flask) -> None:
    assert FlaskClient(app).head("/codes/icd10cm/E11.9").status_code == 200
    assert views() == set()


def test_a_code_that_is_not_here_costs_nothing(visitor: Player) -> None:
    assert visitor.get("/codes/icd10cm/E99.9").status_code == 404
    assert views() == set()


def test_two_tabs_at_once_neither_count_one_view_twice_nor_read_two_codes_on_one(app: Flask) -> None:
    def ask(code: str) -> int | None:
        with app.app_context():
            asked = metering.Asked("2026-11", "guest:a", "icd10cm", code, network="n")
            return metering.count_view(asked, 1, 4)

    with ThreadPoolExecutor(4) as pool:
        same = list(pool.map(ask, ["E11.9"] * 8))
    assert same == [1] * 8
    assert db.session.scalars(select(CodeViewNetwork.views)).all() == [1]
    with app.app_context(), separate_write() as connection:
        connection.exec_driver_sql("DELETE FROM code_view")
    with ThreadPoolExecutor(4) as pool:
        different = list(pool.map(ask, [f"E10.{number}" for number in range(8)]))
    assert sorted(different, key=str) == [1, *[None] * 7]


@pytest.mark.only_on("sqlite")
def test_a_page_is_shown_though_the_database_is_locked(
    visitor: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metering, "PATIENCE_MILLISECONDS", 50)
    with closing(sqlite3.connect(db.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert page(visitor).select_one(".official") is not None
        other.execute("ROLLBACK")
    assert views() == set()


def test_old_months_are_forgotten(visitor: Player) -> None:
    with clock.stopped_at(datetime(2026, 7, 20, tzinfo=UTC)):
        page(visitor)
    with clock.stopped_at(datetime(2026, 10, 31, tzinfo=UTC)):
        assert metering.forget_old_views() == 0
    with clock.stopped_at(datetime(2026, 11, 1, tzinfo=UTC)):
        assert metering.forget_old_views() == 3
    assert views() == set()
