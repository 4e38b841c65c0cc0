"""Moderators write articles on codes: versions are kept for good, readers see what is published, nobody else writes."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, select

from jobboard.codes import article_actions, article_store
from jobboard.codes.article_actions import Written
from jobboard.codes.article_models import CodeArticleVersion
from jobboard.codes.library import article_on, articles
from jobboard.database import db
from jobboard.unit_of_work import ChangedByAnother
from tests.conftest import Player

LIST = "/moderation/articles"
ONE = f"{LIST}/cpt/62323"
PAGE = "/codes/cpt/62323"
GOOD = {
    "name": "Injection near the spine",
    "summary": "Medicine beside the nerves of the lower back.",
    "reviewed_on": "2026-03-01",
    "seen": "0",
    "text_procedure": "The needle goes **in**.",
    "text_risks": "Bleeding is rare.",
    "audience_risks": "members",
}
WRITTEN = Written(
    "A name", "In brief.", [{"kind": "risks", "audience": "members", "text": "R"}], date(2026, 3, 1)
)


def versions() -> list[tuple[int, str, bool]]:
    db.session.rollback()
    rows = db.session.scalars(select(CodeArticleVersion).order_by(CodeArticleVersion.number))
    return [(each.number, each.name, each.published_at is not None) for each in rows]


def save(player: Player, **change: str) -> int:
    return player.post(ONE, data={**GOOD, **change}).status_code


def press(player: Player, what: str, number: int) -> str:
    response = player.post(f"{ONE}/{what}", data={"number": str(number)})
    assert response.status_code == 303
    return player.get(f"{ONE}/versions").text


def test_what_is_saved_is_read_once_it_is_published(app: Flask, mo: Player, visitor: Player) -> None:
    assert save(mo) == 303
    assert visitor.get(PAGE).status_code == 404
    preview = mo.get(f"{ONE}/versions/1").text
    assert "The needle goes <strong>in</strong>." in preview
    assert "Bleeding is rare." in preview
    assert "Risks and complications (members)" in preview
    assert "readers see version 1 now" in press(mo, "publish", 1)
    page = visitor.get(PAGE).text
    assert "The needle goes <strong>in</strong>." in page
    assert "Medicine beside the nerves" in page
    assert "Risks and complications" in page
    assert "Bleeding is rare." not in page
    assert "Injection near the spine" in visitor.get("/codes/cpt").text


def test_a_draft_on_top_changes_nothing_for_readers(app: Flask, mo: Player, visitor: Player) -> None:
    save(mo)
    press(mo, "publish", 1)
    assert save(mo, seen="1", text_procedure="Something else.") == 303
    assert "The needle goes" in visitor.get(PAGE).text
    press(mo, "publish", 2)
    assert "Something else." in visitor.get(PAGE).text
    assert versions() == [(1, GOOD["name"], True), (2, GOOD["name"], True)]


def test_an_editors_article_takes_the_place_of_the_file(app: Flask, mo: Player, visitor: Player) -> None:
    filed = article_on("cpt", "77003")
    assert filed is not None
    form = mo.get(f"{LIST}/cpt/77003").text
    assert "This is the text of the file" in form
    assert filed.title in form
    assert filed.title not in mo.get(f"{LIST}/cpt/77003?empty=1").text
    assert mo.post(f"{LIST}/cpt/77003", data=GOOD).status_code == 303
    assert filed.title in visitor.get("/codes/cpt/77003").text
    mo.post(f"{LIST}/cpt/77003/publish", data={"number": "1"})
    assert "Injection near the spine" in visitor.get("/codes/cpt/77003").text
    mo.post(f"{LIST}/cpt/77003/unpublish", data={"number": "1"})
    assert filed.title in visitor.get("/codes/cpt/77003").text


def test_an_older_version_comes_back_as_a_new_one(app: Flask, mo: Player, visitor: Player) -> None:
    save(mo)
    save(mo, seen="1", name="Worse")
    press(mo, "publish", 2)
    press(mo, "bring-back", 1)
    assert [name for _, name, _ in versions()] == [GOOD["name"], "Worse", GOOD["name"]]
    assert "Worse" in visitor.get(PAGE).text
    press(mo, "publish", 3)
    assert "Worse" not in visitor.get(PAGE).text
    assert mo.post(f"{ONE}/bring-back", data={"number": "9"}).status_code == 404


def test_two_editors_lose_no_words(app: Flask, mo: Player) -> None:
    save(mo)
    assert save(mo, seen="1", name="Of the first") == 303
    late = mo.post(ONE, data={**GOOD, "seen": "1", "name": "Of the second"})
    assert late.status_code == 409
    assert "saved version 2 meanwhile" in late.text
    assert "Of the second" in late.text
    assert 'name="seen" type="hidden" value="2"' in late.text
    assert save(mo, seen="2", name="Of both") == 303
    assert [name for _, name, _ in versions()] == [GOOD["name"], "Of the first", "Of both"]


def test_two_who_begin_the_same_article_at_once(
    app: Flask, mo: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_actions.save("cpt", "62323", WRITTEN, mo.person_id or 0, 0)
    db.session.commit()
    # As it is for whoever read before the other stored.
    monkeypatch.setattr(article_actions, "stored_on", lambda system, code: None)
    with pytest.raises(ChangedByAnother):
        article_actions.save("cpt", "62323", WRITTEN, mo.person_id or 0, 0)
    assert len(versions()) == 1


def test_what_was_not_looked_at_is_not_published(app: Flask, mo: Player) -> None:
    save(mo)
    save(mo, seen="1", name="Newer")
    assert "another moderator changed the article meanwhile" in press(mo, "publish", 1)
    assert "another moderator changed the article meanwhile" in press(mo, "unpublish", 2)
    assert [published for _, _, published in versions()] == [False, False]


def test_what_says_the_same_adds_no_version(app: Flask, mo: Player) -> None:
    save(mo)
    assert save(mo, seen="1") == 303
    assert len(versions()) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": " "}, "Give the name."),
        ({"summary": ""}, "Write the summary."),
        ({"reviewed_on": "yesterday"}, "Not a valid date value."),
        ({"reviewed_on": "2999-01-01"}, "The date is in the future."),
        (
            {"text_recovery": "x" * 20_001},
            '<a href="#text_recovery">Recovery</a>: <span>Please keep it to 20,000 characters.</span>',
        ),
        (
            {"audience_risks": "robots"},
            '<a href="#audience_risks">Who may read “Risks and complications”</a>: <span>Not a valid choice.',
        ),
        ({"seen": "none"}, "Not a valid integer value."),
    ],
)
def test_what_is_wrong_is_told_by_its_section_and_kept(
    app: Flask, mo: Player, change: dict[str, str], problem: str
) -> None:
    response = mo.post(ONE, data={**GOOD, "text_setting": "Kept in the form", **change})
    assert response.status_code == 422
    assert problem in response.text
    assert "Kept in the form" in response.text
    assert versions() == []


def test_the_code_is_asked_for(app: Flask, mo: Player) -> None:
    assert mo.get(f"{LIST}/new").status_code == 200
    there = mo.get(f"{LIST}/new?system=icd10cm&code=e119")
    assert there.headers["Location"].endswith(f"{LIST}/icd10cm/E11.9")
    wrong = mo.get(f"{LIST}/new?system=cpt&code=E11.9")
    assert wrong.status_code == 422
    assert "“E11.9” is no code or range of CPT." in wrong.text
    for nothing in ("cpt/1", "icd10cm/A00-B99", "nosuch/1", "icd10cm/e119"):
        assert mo.get(f"{LIST}/{nothing}").status_code == 404


def test_the_list_says_how_each_stands(app: Flask, mo: Player) -> None:
    assert save(mo, reviewed_on="2020-01-01") == 303
    found = mo.get(LIST).text
    assert "from a file" in found
    assert "draft 1" in found
    due = mo.get(f"{LIST}?due=1").text
    assert "62323" in due
    assert "77003" not in due


def test_strangers_neither_see_nor_change_anything(
    app: Flask, mo: Player, ana: Player, visitor: Player
) -> None:
    save(mo)
    for path in (LIST, f"{LIST}/new", ONE, f"{ONE}/versions", f"{ONE}/versions/1"):
        assert ana.get(path).status_code == 404
        assert visitor.get(path).status_code == 302
    assert save(ana, seen="1", name="Planted") == 404
    for what in ("publish", "unpublish", "bring-back"):
        assert ana.post(f"{ONE}/{what}", data={"number": "1"}).status_code == 404
        assert mo.post(f"{ONE}/{what}").status_code == 400
    assert versions() == [(1, GOOD["name"], False)]


def test_a_request_asks_once_however_many_articles_there_are(app: Flask, mo: Player) -> None:
    for code in ("62320", "62321", "62322"):
        article_actions.save("cpt", code, WRITTEN, mo.person_id or 0, 0)
        row = article_store.stored_on("cpt", code)
        assert row is not None
        article_actions.publish(row, 1)
    db.session.commit()
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    with app.test_request_context():
        assert ("cpt", "62322") in articles()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with app.test_request_context():
            for code in ("62320", "62321", "99999"):
                assert (article_on("cpt", code) is None) is (code == "99999")
            assert len(articles()) > 3
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(seen) == 1
