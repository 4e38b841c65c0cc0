"""Codes are completed as they are typed: Eve picks those of a posting, a visitor goes to the page of one."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.people import Surfer, surfer
from tests.browser.test_accessibility import serious, too_wide
from tests.house.world import made
from tests.serving import served_board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

    from tests.databases import Databases
    from tests.serving import Board

# Scripts do the same whatever database the board stands on.
pytestmark = pytest.mark.only_on("sqlite")
PHONE = {"width": 390, "height": 844}
CHOSEN = "main .picked-code"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("codes")
    world = made(folder / "made", databases)
    with served_board(folder / "served", databases.copy(world.database_url, folder / "served")) as served:
        yield served


@pytest.fixture
def eve(board: Board, chromium: Browser) -> Iterator[Surfer]:
    someone = surfer(chromium, board)
    someone.sign_in("eve@example.org")
    someone.go("/postings/new")
    yield someone
    someone.page.context.close()


@pytest.fixture
def visitor(board: Board, chromium: Browser) -> Iterator[Surfer]:
    someone = surfer(chromium, board)
    yield someone
    someone.page.context.close()


def box_of(someone: Surfer) -> Locator:
    return someone.page.get_by_role("combobox", name="Codes in the work")


def sent(someone: Surfer) -> str:
    return someone.page.locator('main [name="codes"]').input_value()


def marked(someone: Surfer, box: Locator) -> str:
    """The words of the suggestion that a screen reader is told of."""
    identity = box.get_attribute("aria-activedescendant")
    return " ".join(someone.page.locator(f"#{identity}").inner_text().split()) if identity else ""


@contextmanager
def examined(board: Board, chromium: Browser, *, phone: bool) -> Iterator[Surfer]:
    """A browser that lets axe past the page's rules; what it shows when the block ends must be in order."""
    context = chromium.new_context(
        bypass_csp=True, viewport=PHONE if phone else None, reduced_motion="reduce"
    )
    someone = Surfer(board, context.new_page())
    yield someone
    assert serious(someone.page) == []
    assert too_wide(someone.page) == []
    context.close()


def type_codes(someone: Surfer, text: str) -> Locator:
    """Type into the box of the form as on a keyboard; it is a combobox once it has the focus."""
    someone.page.locator("#codes").focus()
    box = box_of(someone)
    box.press_sequentially(text)
    return box


def test_a_code_is_picked_with_the_keyboard_and_taken_out_again(eve: Surfer) -> None:
    box = type_codes(eve, "diabetes")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert marked(eve, box) == ""
    eve.page.keyboard.press("ArrowDown")
    picked = marked(eve, box)
    assert "ICD-10-CM" in picked
    eve.page.keyboard.press("Enter")
    code = f"ICD-10-CM {picked.split()[0]}"
    expect(eve.page.locator(CHOSEN)).to_have_text([f"{code}×"])
    expect(eve.page.get_by_text(f"{code} added.")).to_be_visible()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert sent(eve) == code

    eve.page.keyboard.press("Backspace")
    expect(eve.page.get_by_role("button", name=f"Remove {code}")).to_be_focused()
    eve.page.keyboard.press("Enter")
    expect(eve.page.locator(CHOSEN)).to_have_count(0)
    expect(box).to_be_focused()
    assert sent(eve) == ""


def test_codes_are_typed_with_commas_blanks_and_enter_and_never_send_the_form(eve: Surfer) -> None:
    box = type_codes(eve, "76000, 99202-99215")
    expect(eve.page.locator(CHOSEN)).to_have_text(["76000×"])
    assert sent(eve) == "76000, 99202-99215"
    eve.page.keyboard.press("Enter")
    expect(eve.page.locator(CHOSEN)).to_have_text(["76000×", "99202-99215×"])
    eve.page.keyboard.press("Enter")
    box.press_sequentially("fracture of")
    eve.page.keyboard.press("Enter")
    expect(eve.page.get_by_text("Choose a code from the list")).to_be_visible()
    box.fill("E11.9 I10")
    eve.page.keyboard.press("Escape")
    assert sent(eve) == "76000, 99202-99215, E11.9 I10"
    assert eve.page.url.endswith("/postings/new")


def test_picked_codes_are_stored_with_the_posting_and_come_back(eve: Surfer) -> None:
    eve.fill(title="Imaging coder")
    box = type_codes(eve, "7700")
    eve.page.get_by_role("option").filter(has_text="77003").click()
    box.press_sequentially("banana9")
    eve.press("Save as draft")
    assert "Not a code: “banana9”" in eve.page.get_by_role("alert").inner_text()
    expect(eve.page.locator(CHOSEN)).to_have_text(["CPT 77003×", "banana9×"])
    eve.page.get_by_role("button", name="Remove banana9").click()
    eve.press("Save as draft")
    assert eve.heading() == "Imaging coder"
    assert "77003" in eve.page.locator("#codes").inner_text()
    eve.follow("Edit")
    expect(eve.page.locator(CHOSEN)).to_have_text(["CPT 77003×"])


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_the_form_with_open_suggestions_has_nothing_serious(
    board: Board, chromium: Browser, phone: bool
) -> None:
    with examined(board, chromium, phone=phone) as eve:
        eve.sign_in("eve@example.org")
        eve.go("/postings/new")
        type_codes(eve, "76000, E11.9, diab")
        eve.page.locator(".suggestions li").first.wait_for()
        eve.page.keyboard.press("ArrowDown")


def test_without_scripts_the_field_is_a_plain_list(board: Board, chromium: Browser) -> None:
    eve = surfer(chromium, board, scripts=False)
    eve.sign_in("eve@example.org")
    eve.go("/postings/new")
    eve.fill(title="Plain coder", codes="76000, banana")
    eve.press("Save as draft")
    assert "Not a code: “banana”" in eve.page.get_by_role("alert").inner_text()
    assert sent(eve) == "76000, banana"
    eve.fill(codes="76000 E11.9")
    eve.press("Save as draft")
    assert all(code in eve.page.locator("#codes").inner_text() for code in ("76000", "E11.9"))
    eve.page.context.close()


def test_the_box_for_all_codes_leads_to_a_code_by_arrow_and_enter(visitor: Surfer) -> None:
    visitor.go("/codes/icd10cm/E11.9")
    box = visitor.page.get_by_label("Search all medical codes")
    box.press_sequentially("7700")
    expect(box).to_have_attribute("aria-expanded", "true")
    visitor.page.keyboard.press("ArrowDown")
    assert marked(visitor, box).startswith("77003")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(re.compile("/codes/cpt/77003$"))
    assert "77003" in visitor.heading()


def test_escape_closes_the_suggestions_and_keeps_what_is_typed(visitor: Surfer) -> None:
    visitor.go("/codes/icd10cm/E11.9")
    box = visitor.page.get_by_label("Search all medical codes")
    box.press_sequentially("diab")
    visitor.page.get_by_role("option").first.wait_for()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert marked(visitor, box) == ""
    expect(box).to_have_value("diab")
    expect(box).to_be_focused()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_a_codes_page_with_open_suggestions_has_nothing_serious(
    board: Board, chromium: Browser, phone: bool
) -> None:
    with examined(board, chromium, phone=phone) as visitor:
        visitor.go("/codes/icd10cm/E11.9")
        visitor.page.get_by_label("Search all medical codes").press_sequentially("diab")
        visitor.page.get_by_role("option").first.wait_for()
        visitor.page.keyboard.press("ArrowDown")
