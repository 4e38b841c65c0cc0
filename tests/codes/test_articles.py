"""Articles are files anybody can add to, and those that are shipped say enough in words of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jobboard.codes.article_sections import FURTHER, HEADINGS
from jobboard.codes.articles import load_articles, read_article
from jobboard.codes.records import CodeFileError

WHOLE = (
    '+++\nsystem = "cpt"\ncode = "77003"\ntitle = "T"\nsummary = "S"\nreviewed = 2026-01-02\n+++\n'
    "\n## Text\nWords\n"
)


# Of a visit and of a look at a screen nothing needs to be said here.
MAY_LACK = {"anesthesia", "recovery", FURTHER}
SHIPPED = ["77003", "76000", "99213", "99202"]


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_article_answers_in_the_sections_of_an_article(code: str) -> None:
    article = load_articles()["cpt", code]
    kinds = [each.kind for each in article.sections]
    assert kinds == [each for each in HEADINGS if each in kinds]
    assert set(HEADINGS) - set(kinds) <= MAY_LACK
    assert sum(len(each.text.split()) for each in article.sections) > 500
    assert article.title
    assert article.summary
    assert article.reviewed <= date(2026, 11, 29)


@pytest.mark.parametrize("code", SHIPPED)
def test_an_article_keeps_some_for_whoever_has_an_account(code: str) -> None:
    by_kind = {each.kind: each.audience for each in load_articles()["cpt", code].sections}
    assert by_kind["coding"] == "account"
    assert by_kind["summary"] == by_kind["alternatives"] == by_kind["experience"] == "everyone"


@pytest.mark.parametrize("code", ["77003", "76000"])
def test_an_article_on_a_procedure_leaves_out_no_section(code: str) -> None:
    kinds = {each.kind for each in load_articles()["cpt", code].sections}
    assert kinds == set(HEADINGS) - {FURTHER}


def test_an_article_on_several_codes_stands_under_each_that_has_none_of_its_own() -> None:
    articles = load_articles()
    group = ("99202", "99203", "99204", "99205", "99211", "99212", "99213", "99214", "99215")
    assert {articles["cpt", code].title for code in group if code != "99213"} == {
        "Office visits, new and established patients"
    }
    assert articles["cpt", "99214"].code == "99214"
    assert articles["cpt", "99214"].codes == group
    assert articles["cpt", "99213"].codes == ()
    assert ("cpt", "99210") not in articles


def test_the_data_folder_replaces_an_article_on_several_codes(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    ours = WHOLE.replace("77003", "99202").replace("reviewed =", 'codes = ["99202", "99213"]\nreviewed =')
    (folder / "ours.md").write_text(ours)
    articles = load_articles(tmp_path)
    assert articles["cpt", "99202"].title == "T"
    assert articles["cpt", "99203"].title == "Office visits, new and established patients"
    assert articles["cpt", "99213"].title != "T"
    (folder / "again.md").write_text(ours.replace('"99202"\ntitle', '"99213"\ntitle'))
    with pytest.raises(CodeFileError, match="is in another article on several codes"):
        load_articles(tmp_path)


def test_an_article_on_several_codes_is_about_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ours.md").write_text(WHOLE.replace("reviewed =", 'codes = ["00001"]\nreviewed ='))
    with pytest.raises(CodeFileError, match="77003 is not among them"):
        load_articles(tmp_path)


def test_sections_say_who_may_read_them(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    head = WHOLE.replace("reviewed =", 'members = ["Text"]\nreviewed =')
    (folder / "ours.md").write_text(head)
    sections = load_articles(tmp_path)["cpt", "77003"].sections
    assert [(each.audience, each.text) for each in sections] == [("everyone", "S"), ("members", "Words")]
    (folder / "ours.md").write_text(head.replace('["Text"]', '["Texts"]'))
    with pytest.raises(CodeFileError, match="there is no section Texts"):
        load_articles(tmp_path)


def test_the_data_folder_adds_and_replaces(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ours.md").write_text(WHOLE)
    (folder / "another.md").write_text(WHOLE.replace("77003", "g0008").replace("cpt", "hcpcs"))
    articles = load_articles(tmp_path)
    assert [each.heading for each in articles["cpt", "77003"].sections] == [
        "Common Language Description",
        "Text",
    ]
    assert articles["hcpcs", "G0008"].reviewed == date(2026, 1, 2)
    assert ("cpt", "76000") in articles


def test_two_articles_on_one_code_in_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for name in ("a.md", "b.md"):
        (tmp_path / "articles" / name).write_text(WHOLE)
    with pytest.raises(CodeFileError, match=r"b\.md, field code: 77003 already has a\.md"):
        load_articles(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# Title\n", "line 1: an article begins"),
        ("+++\nsystem = cpt\n+++\n\ntext\n", "fields: not valid TOML"),
        (WHOLE.replace('title = "T"\n', ""), "field title: a text is needed"),
        (WHOLE.replace('code = "77003"', "code = 77003"), "field code: a text is needed"),
        (WHOLE.replace("2026-01-02", '"yesterday"'), "field reviewed: a date"),
        (WHOLE.replace("summary", "sumary"), "field sumary: is not known"),
        (WHOLE.replace("## Text\nWords\n", ""), "has no text"),
        ("x" * 100_001, "longer than"),
    ],
)
def test_a_broken_article_is_refused_by_field(content: str, message: str) -> None:
    with pytest.raises(CodeFileError) as refused:
        read_article(content.encode(), "article.md")
    assert str(refused.value).startswith("article.md")
    assert message in str(refused.value)
