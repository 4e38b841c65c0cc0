"""What a person keeps of the code reference: for them alone, whole, and never lost silently."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard import clock
from jobboard.codes.models import CodeEdition
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db
from jobboard.my_codes import queries
from jobboard.my_codes.history import ANEW_AFTER
from jobboard.my_codes.models import CodeHistory
from jobboard.my_codes.rules import KEPT_IN_HISTORY, LONGEST_NOTE, MOST_FOLDERS, mark_of
from tests.codes.tiny_editions import load_successors, load_tiny
from tests.conftest import Player

CODE = "/codes/apc/5012"
NOTE = "/my/codes/notes/apc/5012"


@pytest.fixture(autouse=True)
def editions(app: Flask) -> None:
    load_tiny("apc", "2026-07", date(2026, 7, 1), [("5012", "Clinic visits"), ("5013", "=More visits")])


def keep(player: Player, code: str = "5012", **form: object) -> None:
    assert player.post(f"/my/codes/keep/apc/{code}", form).status_code == 303


def folder_ids(player: Player) -> dict[str, int]:
    return {each.name: each.id for each in queries.folders_of(player.person_id or 0)}


def opened(player: Player, path: str) -> None:
    """Look at a page to its end: what is noted is noted when it was sent."""
    player.get(path).close()


def text_of(player: Player, path: str) -> str:
    return str(player.get(path).get_data(as_text=True))


def test_the_first_code_kept_makes_the_first_folder(ana: Player, ben: Player) -> None:
    assert "No folders yet" in text_of(ana, "/my/codes")
    keep(ana)
    keep(ana)
    assert {each.name: each.number for each in queries.folders_of(ana.person_id or 0)} == {"Favourites": 1}
    assert "Take out" in text_of(ana, CODE)
    assert "Take out" not in text_of(ben, CODE)


def test_folders_are_made_renamed_moved_between_and_deleted(ana: Player) -> None:
    keep(ana)
    assert ana.post("/my/codes/folders", {"name": "  Cath   lab "}).status_code == 303
    again = ana.post("/my/codes/folders", {"name": "cath lab"})
    assert again.status_code == 400
    assert "already" in again.get_data(as_text=True)
    ids = folder_ids(ana)
    page = f"/my/codes/folders/{ids['Favourites']}"
    (favourite,) = queries.favourites_in(queries.folder_of(ana.person_id or 0, ids["Favourites"]))  # type: ignore[arg-type]
    sent = {"favourite": favourite.id, "action": "into", "into": ids["Cath lab"]}
    assert ana.post(f"{page}/codes", sent).status_code == 303
    assert [each.number for each in queries.folders_of(ana.person_id or 0)] == [0, 1]
    assert "Nothing is in this folder yet" in text_of(ana, page)
    assert ana.post(f"{page}/rename", {"name": ""}).status_code == 400
    assert ana.post(f"{page}/rename", {"name": "Old"}).status_code == 303
    assert ana.post(f"{page}/delete").status_code == 303
    assert list(folder_ids(ana)) == ["Cath lab"]


def test_codes_of_a_folder_change_places(ana: Player) -> None:
    keep(ana)
    keep(ana, "5013")
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    folder = queries.folder_of(ana.person_id or 0, folder_ids(ana)["Favourites"])
    assert folder is not None
    second = queries.favourites_in(folder)[1]
    assert ana.post(f"{page}/codes", {"favourite": second.id, "action": "up"}).status_code == 303
    assert [each.code for each in queries.favourites_in(folder)] == ["5013", "5012"]
    assert ana.post(f"{page}/codes", {"favourite": second.id, "action": "burn"}).status_code == 400


def test_a_stranger_finds_nobody_elses_folder(ana: Player, ben: Player, visitor: Player) -> None:
    keep(ana)
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    assert [ben.get(page + end).status_code for end in ("", ".csv")] == [404, 404]
    for end in ("/rename", "/delete", "/codes"):
        assert ben.post(page + end, {"name": "Mine", "action": "remove", "favourite": 1}).status_code == 404
    assert visitor.get(page).status_code == 302
    assert ben.post("/my/codes/keep/apc/5012", {"folder": folder_ids(ana)["Favourites"]}).status_code == 404
    assert list(folder_ids(ana)) == ["Favourites"]


def test_there_is_a_most_of_folders(ana: Player) -> None:
    for number in range(MOST_FOLDERS):
        assert ana.post("/my/codes/folders", {"name": f"Folder {number}"}).status_code == 303
    over = ana.post("/my/codes/folders", {"name": "One more"})
    assert over.status_code == 400
    assert "Delete one first" in over.get_data(as_text=True)


def test_a_folder_as_csv_has_descriptions_and_notes_and_no_formula(ana: Player) -> None:
    keep(ana)
    keep(ana, "5013")
    ana.post(NOTE, {"text": "=cmd()", "seen": ""})
    answer = ana.get(f"/my/codes/folders/{folder_ids(ana)['Favourites']}.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))
    assert rows == [
        ["system", "code", "description", "note"],
        ["APC", "5012", "Clinic visits", "'=cmd()"],
        ["APC", "5013", "'=More visits", ""],
    ]


def test_text_of_a_licence_is_left_out_for_who_may_not_see_it(ana: Player) -> None:
    keep(ana)
    edition = db.session.scalars(db.select(CodeEdition).where(CodeEdition.system == "apc")).one()
    edition.visible_to = "members"
    db.session.commit()
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    assert "Clinic visits" not in text_of(ana, page)
    assert "Clinic visits" not in text_of(ana, page + ".csv")


def october() -> None:
    """The edition that deletes 5012 in favour of 5014."""
    load_successors("apc", "2026-10", date(2026, 10, 1), [("5012", "5014")])
    load_tiny("apc", "2026-10", date(2026, 10, 1), [("5013", "More visits"), ("5014", "All visits")])


def test_a_deleted_code_keeps_its_last_description_with_the_day_and_its_successor(ana: Player) -> None:
    keep(ana)
    ana.post(NOTE, {"text": "Mine.", "seen": ""})
    october()
    opened(ana, CODE)
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    for path in (page, page + "/paper", "/my/codes/notes", NOTE):
        soup = BeautifulSoup(text_of(ana, path), "html5lib")
        said = " ".join(soup.main.get_text().split())
        assert "Clinic visits Deleted 1 October 2026. Use 5014 instead." in said, path
        assert soup.select_one("main a[href='/codes/apc/5014']") is not None, path
    words = "Clinic visits (deleted 1 October 2026; use 5014)"
    assert list(csv.reader(io.StringIO(text_of(ana, page + ".csv"))))[1] == ["APC", "5012", words, "Mine."]
    assert words in text_of(ana, "/my/codes/history")


def test_the_last_description_is_that_of_an_edition_which_the_reader_may_see(ana: Player) -> None:
    keep(ana)
    october()
    opened(ana, CODE)
    old = db.session.scalars(db.select(CodeEdition).where(CodeEdition.label == "2026-07")).one()
    old.visible_to = "members"
    db.session.commit()
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    for path in (page, page + "/paper", page + ".csv", "/my/codes/history"):
        assert "Clinic visits" not in text_of(ana, path), path
    db.session.add(CodeMembership(person_id=ana.person_id, group_name="members"))
    db.session.commit()
    assert "Clinic visits" in text_of(ana, page)


def test_a_code_that_came_back_is_not_told_as_deleted(ana: Player) -> None:
    keep(ana)
    october()
    load_tiny("apc", "2026-11", date(2026, 11, 1), [("5012", "Visits again")])
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    with clock.stopped_at(datetime(2026, 11, 15, 12, tzinfo=UTC)):
        assert "Visits again" in text_of(ana, page)
        assert "Deleted" not in text_of(ana, page)


def test_a_folder_has_a_page_for_paper_without_what_is_pressed(ana: Player, ben: Player) -> None:
    keep(ana)
    page = f"/my/codes/folders/{folder_ids(ana)['Favourites']}"
    link = BeautifulSoup(text_of(ana, page), "html5lib").select_one(f"a[href='{page}/paper']")
    assert link.get_text() == "Print"
    paper = BeautifulSoup(text_of(ana, link["href"]), "html5lib")
    assert "Clinic visits" in paper.main.get_text()
    assert not paper.main.select("form, button, details")
    assert ben.get(link["href"]).status_code == 404


def test_a_note_is_private_and_a_stale_window_loses_nothing(ana: Player, ben: Player) -> None:
    assert ana.post(NOTE, {"text": "First.", "seen": ""}).status_code == 303
    assert "First." in text_of(ana, CODE)
    assert "First." not in text_of(ben, CODE)
    assert "First." not in text_of(ben, NOTE)
    assert ana.post(NOTE, {"text": "Second.", "seen": mark_of("First.")}).status_code == 303
    stale = ana.post(NOTE, {"text": "From the old window.", "seen": mark_of("First.")})
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "From the old window." in page
    assert "Second." in page
    assert queries.note_on(ana.person_id or 0, "apc", "5012") == "Second."
    assert mark_of("Second.") in page
    assert ana.post(NOTE, {"text": "x" * (LONGEST_NOTE + 1), "seen": mark_of("Second.")}).status_code == 400
    assert ana.post(NOTE, {"text": "", "seen": mark_of("Second.")}).status_code == 303
    assert queries.number_of_notes(ana.person_id or 0) == 0


def test_notes_are_found_by_their_words(ana: Player) -> None:
    ana.post(NOTE, {"text": "Ask about <remission>.", "seen": ""})
    ana.post("/my/codes/notes/apc/5013", {"text": "Another.", "seen": ""})
    assert "2 notes" in text_of(ana, "/my/codes/notes")
    found = text_of(ana, "/my/codes/notes?q=REMISSION")
    assert "1 note" in found
    assert "&lt;remission&gt;" in found
    assert "No note has these words" in text_of(ana, "/my/codes/notes?q=nowhere")


def test_history_is_kept_newest_first_until_it_is_off(ana: Player, visitor: Player) -> None:
    for player, path in ((visitor, CODE), (ana, CODE), (ana, "/codes/apc/5013"), (ana, CODE)):
        opened(player, path)
    rows, total = queries.history_of(ana.person_id or 0, 10)
    assert ([each.code for each in rows], total) == (["5013", "5012"], 2)
    assert ana.post("/my/codes/history", {"keep": "no"}).status_code == 303
    assert ana.post("/my/codes/history", {"clear": "yes"}).status_code == 303
    opened(ana, CODE)
    assert queries.history_of(ana.person_id or 0, 10)[1] == 0
    assert "history is off" in text_of(ana, "/my/codes/history")
    assert ana.post("/my/codes/history", {"keep": "perhaps"}).status_code == 400


def test_history_keeps_the_newest_alone(ana: Player) -> None:
    opened(ana, CODE)
    first = db.session.scalars(db.select(CodeHistory)).one()
    for number in range(KEPT_IN_HISTORY):
        db.session.add(
            CodeHistory(
                person_id=ana.person_id, system="cpt", code=str(10_000 + number), at=first.at + ANEW_AFTER
            )
        )
    db.session.commit()
    opened(ana, "/codes/apc/5013")
    codes = set(db.session.scalars(db.select(CodeHistory.code).where(CodeHistory.system == "apc")))
    assert codes <= {"5012", "5013"}
    assert db.session.scalar(db.select(db.func.count()).select_from(CodeHistory)) <= KEPT_IN_HISTORY


def test_what_a_new_edition_deletes_is_told_with_its_successor_until_it_was_read(ana: Player) -> None:
    keep(ana)
    assert "changes codes of yours" not in text_of(ana, "/my/codes")
    load_successors("apc", "2026", date(2026, 10, 1), [("5012", "5014")])
    load_tiny("apc", "2026-10", date(2026, 10, 1), [("5013", "=More visits"), ("5014", "All visits")])
    page = text_of(ana, "/my/codes")
    assert "APC 2026-10 changes codes of yours" in page
    assert "Use 5014 instead." in page
    assert ana.post("/my/codes/news").status_code == 303
    assert "changes codes of yours" not in text_of(ana, "/my/codes")


def test_what_was_kept_after_an_edition_began_is_no_news(ana: Player) -> None:
    load_tiny("apc", "2026-10", date(2026, 10, 1), [("5012", "Other visits"), ("5013", "=More visits")])
    keep(ana)
    assert "changes codes of yours" not in text_of(ana, "/my/codes")


def test_a_code_moved_to_where_it_stands_stays(ana: Player) -> None:
    keep(ana)
    number = folder_ids(ana)["Favourites"]
    folder = queries.folder_of(ana.person_id or 0, number)
    assert folder is not None
    (favourite,) = queries.favourites_in(folder)
    sent = {"favourite": favourite.id, "action": "into", "into": number}
    assert ana.post(f"/my/codes/folders/{number}/codes", sent).status_code == 303
    assert [each.code for each in queries.favourites_in(folder)] == ["5012"]


def test_a_visitor_is_told_of_the_account(visitor: Player) -> None:
    page = text_of(visitor, CODE)
    assert "With a free account you keep codes in folders" in page
    assert visitor.get("/my/codes").status_code == 302


def test_keeping_and_noting_lead_back_to_the_day_that_was_read(app: Flask, ana: Player) -> None:
    page, then = "/codes/cpt/77003", "?on=2025-01-15"
    text = ana.get(page + then).text
    assert f'action="/my/codes/keep/cpt/77003{then}"' in text
    assert f'href="/my/codes/notes/cpt/77003{then}"' in text
    assert ana.post(f"/my/codes/keep/cpt/77003{then}").location == f"{page}{then}#mine"
    note = f"/my/codes/notes/cpt/77003{then}"
    form = ana.get(note).text
    assert f'action="{note}"' in form
    assert f'href="{page}{then}"' in form
    assert ana.post(note, data={"text": "Mine", "seen": ""}).location == f"{page}{then}#mine"
    assert ana.post("/my/codes/keep/cpt/77003").location == f"{page}#mine"
    assert ana.post("/my/codes/keep/cpt/77003?on=soon").status_code == 400
