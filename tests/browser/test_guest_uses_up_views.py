"""A guest uses up the views of code pages, registers, and goes on with five more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.people import Surfer, surfer
from tests.serving import Board, served_board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.databases import Databases

OWN = ("00101", "00102", "00103", "00104", "00105")
USED_UP = "You have used up your page views of this month"


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Board]:
    """A metered board with some articles of its own beside the shipped ones."""
    folder = tmp_path_factory.mktemp("served") / "instance"
    (folder / "articles").mkdir(parents=True)
    for code in OWN:
        head = f'system = "cpt"\ncode = "{code}"\ntitle = "Article {code}"\nsummary = "About {code}."'
        text = f"+++\n{head}\nreviewed = 2026-01-02\n+++\n\n## Purpose\n\nWhat {code} is for.\n"
        (folder / "articles" / f"{code}.md").write_text(text)
    with served_board(folder, databases.migrated(folder), JOBBOARD_CODE_VIEWS="metered") as board:
        yield board


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_guest_uses_up_the_allowance_registers_and_gets_five_more(
    board: Board, chromium: Browser, scripts: bool
) -> None:
    ana = surfer(chromium, board, scripts=scripts)
    ana.go("/codes/cpt/77003")
    assert (
        "0 code page views remaining. Guest accounts are limited to 1 page view. "
        "Register free account to get 5 more views."
    ) in ana.text()
    # What an account opens has its heading, and the way to it.
    assert ana.page.get_by_role("heading", name="Coding pointers").is_visible()
    assert "Register to view content" in ana.text()
    ana.go("/codes/cpt/76000")
    assert USED_UP in ana.text()
    assert ana.heading() == "CPT 76000"
    ana.follow("Register free account")
    ana.join(f"ana{'s' if scripts else 'p'}@example.org", "Ana")
    assert remaining(ana) == ("CPT 76000", "4")
    for left, code in zip("3210", OWN, strict=False):
        ana.go(f"/codes/cpt/{code}")
        assert remaining(ana) == (f"CPT {code}", left)
    ana.go(f"/codes/cpt/{OWN[4]}")
    assert USED_UP in ana.text()
    ana.go("/codes/cpt/77003")
    assert "Create a free account to unlock this content" not in ana.text()
    assert USED_UP not in ana.text()


def remaining(person: Surfer) -> tuple[str, str]:
    """The code of the page and how many views are left."""
    said = person.page.locator(".meter p").first.inner_text()
    return " ".join(person.heading().split()[:2]), said.partition(" ")[0]
