"""Mo writes one article on several codes: it stands on the page of each that has none of its own."""

from __future__ import annotations

import pytest
from flask import Flask

from jobboard.codes.article_codes import ends_of, group_words, read_group
from jobboard.codes.library import article_on
from tests.conftest import Player
from tests.moderation.test_article_editor import GOOD, LIST, versions

KEY = "62320-62323"
ONE = f"{LIST}/cpt/{KEY}"
GROUP = {**GOOD, "codes": "62320-62321, 62323", "name": "Injections near the spine"}


def publish(player: Player, path: str, number: int = 1) -> str:
    assert player.post(f"{path}/publish", data={"number": str(number)}).status_code == 303
    return player.get(f"{path}/versions").text


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("99202-99205, 99211", ["99202", "99203", "99204", "99205", "99211"]),
        ("99211 99202; 99211", ["99202", "99211"]),
        ("0075T – 0077T", ["0075T", "0076T", "0077T"]),
    ],
)
def test_codes_and_ranges_are_counted_and_written_again(app: Flask, typed: str, codes: list[str]) -> None:
    read = read_group("cpt", typed)
    assert list(read) == codes
    assert read_group("cpt", group_words(read)) == read
    assert ends_of("cpt", f"{codes[0]}-{codes[-1]}") == (codes[0], codes[-1])


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("99202, E11.9", "“E11.9” is no code or range of CPT."),
        ("99205-99202", "“99205-99202” is no code or range of CPT."),
        ("10000-20000", "An article is about at most 200 codes."),
        ("<i>x</i>", "“&lt;i&gt;x&lt;/i&gt;” is no code or range of CPT."),
    ],
)
def test_what_is_no_code_is_named_and_kept(app: Flask, mo: Player, typed: str, complaint: str) -> None:
    asked = mo.get(f"{LIST}/new", query_string={"system": "cpt", "code": typed})
    saved = mo.post(ONE, data={**GROUP, "codes": typed})
    for response in (asked, saved):
        assert response.status_code == 422
        assert complaint in response.text
    assert GROUP["name"] in saved.text
    assert versions() == []


def test_it_stands_on_the_page_of_each_code_once_it_is_published(
    app: Flask, mo: Player, visitor: Player
) -> None:
    there = mo.get(f"{LIST}/new?system=cpt&code=62323,62320-62321").headers["Location"]
    assert f"/cpt/{KEY}?codes=" in there
    assert 'value="62320, 62321, 62323"' in mo.get(there).text
    saved = mo.post(ONE, data=GROUP)
    preview = mo.get(saved.headers["Location"]).text
    assert "This article is about 62320, 62321, 62323" in preview
    assert visitor.get("/codes/cpt/62321").status_code == 404
    assert "readers see version 1 now" in publish(mo, ONE)
    for code in ("62320", "62321", "62323"):
        assert GROUP["name"] in visitor.get(f"/codes/cpt/{code}").text
    assert visitor.get("/codes/cpt/62322").status_code == 404
    assert "CPT 62320, 62321, 62323</a>" in mo.get(LIST).text


def test_an_article_on_the_one_code_goes_before_it(app: Flask, mo: Player, visitor: Player) -> None:
    mo.post(ONE, data=GROUP)
    mo.post(f"{LIST}/cpt/62323", data=GOOD)
    publish(mo, ONE)
    publish(mo, f"{LIST}/cpt/62323")
    assert f"{GOOD['name']}" in visitor.get("/codes/cpt/62323").text
    assert GROUP["name"] not in visitor.get("/codes/cpt/62323").text
    mo.post(f"{LIST}/cpt/62323/unpublish", data={"number": "1"})
    assert GROUP["name"] in visitor.get("/codes/cpt/62323").text


def test_it_takes_the_place_of_the_file_on_these_codes_and_not_of_one_on_a_single_code(
    app: Flask, mo: Player, visitor: Player
) -> None:
    single, filed = article_on("cpt", "99213"), article_on("cpt", "99214")
    assert single is not None
    assert filed is not None
    path = f"{LIST}/cpt/99202-99215"
    form = mo.get(path).text
    assert "This is the text of the file" in form
    assert "99211–99215" in form
    mo.post(path, data={**GROUP, "codes": "99202-99205, 99211-99215"})
    publish(mo, path)
    assert GROUP["name"] in visitor.get("/codes/cpt/99214").text
    assert single.title in visitor.get("/codes/cpt/99213").text


def test_codes_come_and_go_with_versions(app: Flask, mo: Player, visitor: Player) -> None:
    mo.post(ONE, data=GROUP)
    publish(mo, ONE)
    assert mo.post(ONE, data={**GROUP, "codes": "62320, 62322", "seen": "1"}).status_code == 303
    assert GROUP["name"] in visitor.get("/codes/cpt/62323").text
    publish(mo, ONE, 2)
    assert visitor.get("/codes/cpt/62323").status_code == 404
    assert GROUP["name"] in visitor.get("/codes/cpt/62322").text
    mo.post(f"{ONE}/bring-back", data={"number": "1"})
    publish(mo, ONE, 3)
    assert visitor.get("/codes/cpt/62323").status_code == 200


def test_readers_see_one_group_for_a_code(app: Flask, mo: Player) -> None:
    mo.post(ONE, data=GROUP)
    publish(mo, ONE)
    other = f"{LIST}/cpt/62321-62325"
    mo.post(other, data={**GROUP, "codes": "62321, 62325"})
    assert "62321 is in the article on 62320–62323" in publish(mo, other)
    assert sorted(versions()) == [(1, GROUP["name"], False), (1, GROUP["name"], True)]


def test_one_code_is_no_group_and_nothing_is_there_before_it_is_named(app: Flask, mo: Player) -> None:
    alone = mo.post(ONE, data={**GROUP, "codes": "62320"})
    assert alone.status_code == 422
    assert "Name several codes." in alone.text
    for nothing in (KEY, f"{KEY}?codes=62320-62322", f"{KEY}?codes=x", "62323-62320"):
        assert mo.get(f"{LIST}/cpt/{nothing}").status_code == 404


def test_strangers_write_no_group(app: Flask, mo: Player, ana: Player, visitor: Player) -> None:
    mo.post(ONE, data=GROUP)
    assert ana.post(ONE, data={**GROUP, "seen": "1", "name": "Planted"}).status_code == 404
    assert ana.post(f"{ONE}/publish", data={"number": "1"}).status_code == 404
    assert ana.get(ONE).status_code == 404
    assert visitor.get(ONE).status_code == 302
    assert versions() == [(1, GROUP["name"], False)]
