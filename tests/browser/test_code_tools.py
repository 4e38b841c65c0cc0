"""On pages of codes: a key that goes to the box for codes, and a press that copies one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.people import PATIENCE_MILLISECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serving import Board

# Scripts do the same whatever database the board stands on.
pytestmark = pytest.mark.only_on("sqlite")
CODE = "/codes/cpt/77003"


@pytest.fixture
def page(board: Board, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=board.url, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    yield context.new_page()
    context.close()


def test_a_slash_goes_to_the_box_unless_somebody_types(page: Page) -> None:
    page.goto("/codes/cpt")
    page.keyboard.press("/")
    box = page.locator("main input[name=q]")
    expect(box).to_be_focused()
    page.keyboard.type("99213/99214")
    expect(box).to_have_value("99213/99214")


def test_one_press_copies_the_code_alone_or_with_its_words(page: Page) -> None:
    page.goto(CODE)
    page.get_by_role("button", name="Copy code").click()
    expect(page.locator(".copy [role=status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "77003"
    page.get_by_role("button", name="Copy with description").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('77003 '))")


def test_without_scripts_no_button_promises_what_it_cannot_do(board: Board, chromium: Browser) -> None:
    context = chromium.new_context(base_url=board.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(CODE)
    expect(page.get_by_role("button", name="Copy code")).to_have_count(0)
    expect(page.locator(".copy")).to_be_hidden()
    context.close()


def test_the_codes_opened_last_are_listed_in_this_browser_until_they_are_cleared(page: Page) -> None:
    page.goto("/codes")
    expect(page.get_by_role("heading", name="Opened last in this browser")).to_have_count(0)
    for code in ("76000", "77003", "76000"):
        page.goto(f"/codes/cpt/{code}")
    page.goto("/codes")
    names = page.locator("[data-last-codes] a")
    expect(names).to_have_text(["CPT 76000", "CPT 77003"])
    page.get_by_role("button", name="Clear this list").click()
    expect(names.first).to_be_hidden()
    page.goto("/codes")
    expect(page.locator("[data-last-codes]")).to_be_hidden()
