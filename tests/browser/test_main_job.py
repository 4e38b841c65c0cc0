"""The board's main job from end to end: a real browser, real letters, the served board and its worker."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.browser.pdf import small_pdf
from tests.browser.people import Surfer, surfer
from tests.conftest import PASSWORD
from tests.engines import EMBEDDED, place
from tests.servers.search_plugin import newest_servers
from tests.serving import Board, served_board

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.databases import Databases

DESCRIPTION = """## The work

You code outpatient spine procedures from operative notes, most of them in the range 62320-62327, with evaluation
and management visits such as CPT 99213 and diagnoses such as E11.9.

- Query physicians where a note is silent
- Keep 95 % accuracy
"""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On one machine alone, and on PostgreSQL with a cluster of either family."""
    if "stand" in metafunc.fixturenames:
        clusters = [("postgresql", server) for server in newest_servers(metafunc.config)]
        stands = [("sqlite", EMBEDDED), *clusters]
        metafunc.parametrize("stand", stands, ids=" and ".join, scope="module")


@pytest.fixture(scope="module")
def board(
    stand: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    databases_of: Callable[[str], Databases],
) -> Iterator[Board]:
    """`jobboard serve` with its worker, a mail server, and the servers of its stand."""
    database, engine = stand
    folder = tmp_path_factory.mktemp("served") / "instance"
    with place(engine, folder / "search") as found:
        url = databases_of(database).migrated(folder)
        with served_board(folder, url, **found.environment()) as board:
            yield board


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_main_job(board: Board, chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    word = "Lumbar" if scripts else "Thoracic"
    title = f"{word} coder"
    eve, mo, ana, visitor = (surfer(chromium, board, scripts=scripts) for _ in range(4))
    eve.go("/")
    eve.page.get_by_role("link", name="Register free account").first.click()
    eve.join(f"eve@{word.lower()}.example.org", "Eve")
    posting = an_employer_posts(eve, title)

    a_moderator_approves(mo, f"mo@{word.lower()}.example.org", title)
    assert title in board.postbox.wait_for(eve.email, title)

    visitor.finds(title, f"/jobs?q={word}")
    a_visitor_finds_it(visitor, title, word)

    resume = small_pdf(f"{word} coder since 2019, CCS")
    assert len(PdfReader(io.BytesIO(resume)).pages) == 1
    (tmp_path / "resume.pdf").write_bytes(resume)
    a_candidate_joins_on_the_way_and_applies(
        ana, title, f"ana@{word.lower()}.example.org", tmp_path / "resume.pdf"
    )
    assert title in board.postbox.wait_for(ana.email, "arrived")

    the_employer_reads_it(eve, title, resume)
    eve.go(posting)
    eve.page.get_by_text("Close this opening", exact=True).click()
    eve.press("It is filled")
    assert "Closed" in eve.text()

    visitor.misses(title, f"/jobs?q={word}")
    for address in ("/jobs?q=E11.9", "/jobs?q=62322-62323", "/jobs?specialty=spine-neurosurgery"):
        assert title not in visitor.results(address)
    assert "filled" in board.postbox.wait_for(ana.email, f"Closed: {title}")
    ana.go("/applications")
    ana.follow(title)
    assert "I coded spine charts for six years." in ana.text()


def an_employer_posts(eve: Surfer, title: str) -> str:
    """Found a company, write the posting, look at its codes, hand it in; returns its address."""
    eve.page.get_by_role("link", name="Post an opening").first.click()
    eve.follow("Add your company")
    eve.fill(name=f"{title} clinic", website="https://clinic.example.org", city="Austin")
    eve.page.locator('select[name="state"]').select_option("TX")
    eve.press("Add the company")

    eve.go("/postings/new")
    eve.fill(title=title, description=DESCRIPTION, pay_least="28", pay_most="34.50")
    eve.check("specialties", "spine-neurosurgery")
    eve.check("roles", "production-coder")
    eve.check("arrangement", "on-site")
    eve.fill(**{"places-0-city": "Austin"})
    eve.page.locator('select[name="places-0-state"]').select_option("TX")
    eve.page.locator('select[name="pay_basis"]').select_option("hourly")
    eve.press("Save and send for review")
    assert "Employment" in eve.page.get_by_role("alert").inner_text()
    assert "28" in eve.page.locator('[name="pay_least"]').input_value()
    eve.check("employment", "full-time")
    eve.press("Save as draft")

    assert eve.heading() == title
    codes = eve.page.locator("#codes")
    recognised = codes.locator("fieldset", has_text="Recognised in the text").inner_text()
    assert all(code in recognised for code in ("E11.9", "99213", "62320"))
    codes.get_by_role("button", name="Confirm", exact=True).click()
    confirmed = codes.locator("fieldset", has_text="Confirmed or stated by you").inner_text()
    assert all(code in confirmed for code in ("E11.9", "99213", "62320"))
    eve.press("Send for review")
    assert "In review" in eve.text()
    return eve.page.url


def a_moderator_approves(mo: Surfer, email: str, title: str) -> None:
    words = ("people", "add", email, "--role", "moderator", "--name", "Mo", "--password-stdin")
    added = mo.board.run(*words, typed=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    mo.sign_in(email)
    mo.go("/moderation")
    mo.follow(title)
    assert "62320" in mo.text()
    mo.press("Approve")
    assert "Approved" in mo.text()


def a_visitor_finds_it(visitor: Surfer, title: str, word: str) -> None:
    visitor.go("/jobs")
    visitor.check("specialty", "spine-neurosurgery")
    visitor.press("Show openings")
    # Where scripts run the list changes in place, and the address with it.
    visitor.page.wait_for_url("**specialty=spine-neurosurgery*")
    assert title in visitor.titles()
    for words in (word.lower(), "E11.9", "62322-62323", "99213"):
        visitor.go("/")
        visitor.fill(q=words)
        visitor.page.locator(
            "main form[role=search] button[type=submit], main form button[type=submit]"
        ).first.click()
        visitor.page.wait_for_url("**/jobs?**")
        assert title in visitor.titles(), words
    assert title in visitor.results("/jobs?q=E11.8"), "a code that nobody needs leads to its category"
    assert "its category E11" in visitor.page.locator(".code-card").inner_text()
    for words in ("F20.9", "62328", "dermatology"):
        assert title not in visitor.results(f"/jobs?q={words}"), words
    visitor.go("/codes/cpt/99213")
    assert title in visitor.text()


def a_candidate_joins_on_the_way_and_applies(ana: Surfer, title: str, email: str, resume: Path) -> None:
    ana.go("/jobs?q=E11.9")
    ana.follow(title)
    assert ana.heading() == title
    ana.follow("Apply for this opening")
    ana.fill(message="I coded spine charts for six years.")
    ana.press("Register and go on")
    ana.join(email, "Ana")
    assert title in ana.heading()
    assert ana.page.locator('[name="message"]').input_value() == "I coded spine charts for six years."
    ana.page.locator('input[type="file"]').set_input_files(resume)
    ana.press("Send application")
    assert "Your application was sent" in ana.text()


def the_employer_reads_it(eve: Surfer, title: str, resume: bytes) -> None:
    eve.go(eve.board.postbox.link_in(eve.email, f"applied: {title}", "/applications/"))
    assert "I coded spine charts for six years." in eve.text()
    with eve.page.expect_download() as download:
        eve.follow("resume.pdf")
    assert download.value.path().read_bytes() == resume
    assert download.value.suggested_filename == "resume.pdf"
    eve.press("Take into review")
    assert "In review" in eve.text()
