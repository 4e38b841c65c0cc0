"""A coder at work with the reference: search, a code and its openings, notes, composing, and a folder to take along."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from jobboard.app import create_app
from jobboard.settings import default_settings
from tests.applications.openings import company_of, opened
from tests.browser.people import Surfer, surfer
from tests.conftest import Player, browser, make_person
from tests.house.world import made
from tests.serving import Board, served_board

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.databases import Databases

# The pages are the same whatever database the board stands on.
pytestmark = pytest.mark.only_on("sqlite")
OPENING = "Pain clinic coder"
CODE = "0SR9019"
TEXT = "You code injections at the spine, with CPT 77003 where the procedure does not include its guidance."


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Board]:
    """The world, with an opening whose text names 77003."""
    folder = tmp_path_factory.mktemp("walk")
    world = made(folder / "made", databases)
    app = create_app(
        default_settings(
            world.folder, database_url=world.database_url, secret_key="a-key-for-tests-0123456789-abcdefgh"
        )
    )
    with app.test_request_context("/"):
        owner, moderator = (
            Player(name, browser(app), make_person(name, **facts).id)
            for name, facts in (("Pia", {}), ("Mia", {"is_moderator": True}))
        )
        opened(company_of(owner, "Spine Clinic"), owner, moderator, title=OPENING, description=TEXT)
    with served_board(folder / "served", databases.copy(world.database_url, folder / "served")) as board:
        yield board


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_coder_at_work(board: Board, chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    ana = surfer(chromium, board, scripts=scripts)
    _from_words_to_openings_and_back(ana)
    _from_chapter_to_code_to_a_note(ana)
    _compose(ana)
    ana.sign_in("ana@example.org")
    _keep_note_and_take_along(ana, tmp_path / "folder.csv")


def _from_words_to_openings_and_back(ana: Surfer) -> None:
    ana.go("/codes")
    ana.page.locator("main input[name=q]").fill("fluoroscopic guidance epidural")
    ana.press("Look up")
    ana.follow("77003")
    assert ana.heading().startswith("CPT 77003")
    for words in ("Official Description", "Common Language Description"):
        assert ana.page.get_by_role("heading", name=words).is_visible()
    ana.page.locator("aside").get_by_role("link", name=OPENING).click()
    assert ana.heading() == OPENING
    ana.page.go_back()
    assert ana.heading().startswith("CPT 77003")


def _from_chapter_to_code_to_a_note(ana: Surfer) -> None:
    ana.go("/codes/icd10cm")
    for _ in ("chapter", "block", "category"):
        ana.page.locator("main .entries a.entry").first.click()
        ana.page.wait_for_load_state()
    assert ana.page.get_by_role("navigation", name="Where you are").get_by_role("link").count() >= 3
    ana.go("/codes/icd10cm/E11.9")
    link = ana.page.locator("main .code-notes a").first
    wanted = link.inner_text().rstrip(".-")
    link.click()
    ana.page.wait_for_url(f"**/{wanted}*")
    assert wanted in ana.heading()


def _compose(ana: Surfer) -> None:
    ana.go("/codes/icd10pcs/compose")
    for number in range(1, 7):
        ana.page.locator(f'main a[href$="code={CODE[:number]}"]').first.click()
        assert f"Character {number + 1}" in ana.text()
    ana.page.locator(f'main a[href$="/{CODE}"]').first.click()
    assert ana.heading().startswith(CODE)


def _keep_note_and_take_along(ana: Surfer, file: Path) -> None:
    ana.go("/codes/icd10cm/E11.9")
    # The world's Ana keeps it already, in her first folder.
    ana.page.get_by_role("button", name="Take out of Favourites").click()
    ana.press("Keep E11.9")
    ana.follow("Write a note" if "Write a note" in ana.text() else "Change my note")
    ana.fill(text="Ask about remission.")
    ana.press("Save the note")
    assert "Ask about remission." in ana.text()
    ana.go("/my/codes")
    ana.follow("Favourites")
    with ana.page.expect_download() as download:
        ana.follow("Download as CSV")
    download.value.save_as(file)
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    assert rows[1][:2] == ["ICD-10-CM", "E11.9"]
    assert rows[1][3] == "Ask about remission."
