"""A visitor searches with a browser: suggestions, filters that update the page in place, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from jobboard import create_app
from jobboard.database import db
from jobboard.settings import default_settings
from tests.browser.people import Surfer, surfer
from tests.browser.test_accessibility import serious, too_wide
from tests.search.conftest import a_company, a_posting
from tests.serving import Board, eventually, served_board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.databases import Databases

# A page updates in place alike whatever database the board stands on.
pytestmark = pytest.mark.only_on("sqlite")
UROLOGY = 'main .facets [name="specialty"][value="urology"]'
LOOK_MILLISECONDS = 1_000
# A whole page would forget this.
REMEMBERED = "window.remembered"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("served") / "instance"
    folder.mkdir()
    url = databases.migrated(folder)
    app = create_app(
        default_settings(folder, database_url=url, secret_key="a-key-for-tests-0123456789-abcdefgh")
    )
    with app.app_context():
        company = a_company("Mercy Hospital")
        for number in range(24):
            a_posting(company, f"Cardiology coder {number}", terms={"specialty": ["cardiology"]})
        for number in range(3):
            a_posting(company, f"Urology coder {number}", terms={"specialty": ["urology"]})
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    with served_board(folder, url) as served:
        yield served


@pytest.fixture
def visitor(board: Board, chromium: Browser) -> Iterator[Surfer]:
    someone = surfer(chromium, board)
    someone.finds("Urology coder 0", "/jobs?q=urology")
    yield someone
    someone.page.context.close()


def begin(page: Page, words: str) -> None:
    """Type the beginning of a search until something is suggested: a process has to count what is carried first."""

    def typed() -> bool:
        page.locator("#q").fill("")
        page.locator("#q").press_sequentially(words)
        try:
            page.get_by_role("option").first.wait_for(timeout=LOOK_MILLISECONDS)
        except TimeoutError:
            return False
        return True

    eventually(typed, f"a suggestion for {words}")


def counted(page: Page, words: str) -> None:
    expect(page.locator(".results-count")).to_have_text(words)


def test_a_suggestion_is_picked_with_the_keyboard(visitor: Surfer) -> None:
    page = visitor.page
    visitor.go("/")
    box = page.get_by_role("combobox", name="Words, a credential, or a medical code")
    begin(page, "uro")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Urology")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "-")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("uro")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    counted(page, "3 openings")
    expect(page.locator("h1")).to_have_text("Openings for “Urology”")


def test_the_list_of_suggestions_has_nothing_serious(board: Board, chromium: Browser) -> None:
    context = chromium.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{board.url}/jobs")
    begin(page, "card")
    page.keyboard.press("ArrowDown")
    assert serious(page) == []
    context.close()


def test_a_filter_updates_in_place_and_the_way_back_is_right(visitor: Surfer) -> None:
    page = visitor.page
    visitor.go("/jobs")
    counted(page, "27 openings")
    page.evaluate(f"{REMEMBERED} = true")
    page.locator(UROLOGY).focus()
    page.keyboard.press("Space")
    counted(page, "3 openings")
    assert "specialty=urology" in page.url
    assert page.title().startswith("Openings for medical coders: Urology")
    expect(page.locator(UROLOGY)).to_be_focused()
    expect(page.locator("#search-said")).to_have_text("3 openings")
    page.go_back()
    counted(page, "27 openings")
    assert not page.locator(UROLOGY).is_checked()
    expect(page.locator("#results")).to_be_focused()
    page.locator(".pagination [rel=next]").click()
    expect(page.locator('.pagination [aria-current="page"]')).to_contain_text("2")
    expect(page.locator("#results")).to_be_focused()
    page.go_back()
    page.go_forward()
    expect(page.locator('.pagination [aria-current="page"]')).to_contain_text("2")
    assert page.evaluate(REMEMBERED)
    page.locator(".job-title a").first.click()
    expect(page.locator("h1")).to_contain_text("coder")
    page.go_back()
    counted(page, "27 openings")
    expect(page.get_by_role("banner")).to_be_visible()


def test_a_search_that_fails_in_place_is_asked_for_as_a_page(visitor: Surfer) -> None:
    page = visitor.page
    visitor.go("/jobs")
    page.route(
        "**/jobs?*",
        lambda route: route.abort() if "hx-request" in route.request.headers else route.continue_(),
    )
    page.locator(UROLOGY).check()
    counted(page, "3 openings")


def test_without_scripts_filters_have_a_button(board: Board, chromium: Browser) -> None:
    someone = surfer(chromium, board, scripts=False)
    someone.go("/jobs")
    someone.check("specialty", "urology")
    someone.press("Show openings")
    counted(someone.page, "3 openings")
    someone.page.context.close()


def test_a_chip_is_pinned_and_removed_with_the_keyboard(visitor: Surfer) -> None:
    page = visitor.page
    visitor.go("/jobs?q=urology+coder")
    menu = page.locator(".read-chip summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Only Specialty: Urology", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".applied-chip", has_text="Urology")).to_be_visible()
    expect(page.locator(".read-chip")).to_have_count(0)
    assert "specialty=urology" in page.url
    assert page.locator("#q").input_value() == "coder"
    page.go_back()
    expect(page.locator(".read-chip")).to_have_count(1)
    page.get_by_role("link", name="Remove “urology”", exact=True).last.focus()
    page.keyboard.press("Enter")
    counted(page, "27 openings")
    assert page.locator("#q").input_value() == "coder"


def test_chips_work_without_scripts_and_have_nothing_serious(board: Board, chromium: Browser) -> None:
    context = chromium.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{board.url}/jobs?q=HCC+coder+HI+-remote")
    page.locator(".read-chip summary").first.click()
    assert serious(page) == []
    assert too_wide(page) == []
    context.close()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{board.url}/jobs?q=urology+coder")
    page.locator(".read-chip-pin").click()
    counted(page, "3 openings")
    assert "specialty=urology" in page.url
    context.close()
