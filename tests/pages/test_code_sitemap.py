"""The pages of codes that anybody may read stand in the sitemap, each once, in files of bounded size."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select

from jobboard.codes.models import CodeEdition
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db
from jobboard.pages import code_sitemap, sitemap_xml
from tests.codes.tiny_editions import Line, load_tiny
from tests.conftest import Player
from tests.statements import sent_by

LETTERED: list[Line] = [
    ("J", "Drugs", None, "chapter"),
    ("J0120", "A drug", "J"),
    ("J0130", "Another drug", "J"),
    ("J0135", "A third drug", "J"),
    ("25", "A modifier", None, "modifier"),
]
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def entries(player: Player, path: str) -> list[tuple[str, str]]:
    """Path and day of each address in a file."""
    answer = player.get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "application/xml"
    return [
        (
            each.findtext("s:loc", "", NAMES).removeprefix("http://localhost"),
            each.findtext("s:lastmod", "", NAMES),
        )
        for each in ElementTree.fromstring(answer.text)
    ]


def files_of_codes(player: Player) -> list[tuple[str, str]]:
    return [each for each in entries(player, "/sitemap.xml") if "/codes-" in each[0]]


def edition(label: str) -> CodeEdition:
    return db.session.scalars(select(CodeEdition).where(CodeEdition.label == label)).one()


@pytest.fixture
def hcpcs(app: Flask) -> CodeEdition:
    load_tiny("hcpcs", "2025-10", date(2025, 10, 1), [("A0000", "Of an edition that is over")])
    load_tiny("hcpcs", "2026-10", date(2026, 10, 1), LETTERED)
    return edition("2026-10")


def test_a_visitor_finds_every_code_of_today_once(
    hcpcs: CodeEdition, visitor: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap_xml, "STRETCH", 3)
    monkeypatch.setattr(code_sitemap, "BATCH", 2)
    loaded = hcpcs.loaded_at.date().isoformat()
    files = files_of_codes(visitor)
    assert files == [
        ("/sitemap/codes-hcpcs-1.xml", loaded),
        ("/sitemap/codes-hcpcs-2.xml", loaded),
        ("/sitemap/codes-modifier-2.xml", loaded),
    ]
    found = [each for path, _ in files for each in entries(visitor, path)]
    assert found == [
        (f"/codes/{path}", loaded)
        for path in ("hcpcs/J", "hcpcs/J0120", "hcpcs/J0130", "hcpcs/J0135", "modifier/25")
    ]
    for path, _ in found:
        page = visitor.get(path)
        assert f'<link rel="canonical" href="http://localhost{path}">' in page.text
        assert "noindex" not in page.text
    for path in ("hcpcs-0", "hcpcs-3", "modifier-1", "nosuch-1", "cpt-1", f"hcpcs-{'9' * 30}"):
        assert visitor.get(f"/sitemap/codes-{path}.xml").status_code == 404, path


def test_what_not_everybody_may_see_is_left_out(hcpcs: CodeEdition, ana: Player, visitor: Player) -> None:
    load_tiny("cpt", "2026", date(2026, 1, 1), [("99213", "Licensed words"), ("12345", "Other words")])
    assert len(files_of_codes(visitor)) == 3
    edition("2026").visible_to = "clinic"
    db.session.add(CodeMembership(person_id=ana.person_id, group_name="clinic"))
    db.session.commit()
    for player in (visitor, ana):
        assert not [path for path, _ in files_of_codes(player) if "cpt" in path]
        assert player.get("/sitemap/codes-cpt-1.xml").status_code == 404
    edition("2026-10").notice = "Accept this first"
    db.session.commit()
    # The edition before it is for everybody, and it is what a visitor is shown.
    assert [path for path, _ in files_of_codes(visitor)] == ["/sitemap/codes-hcpcs-1.xml"]
    assert [path for path, _ in entries(visitor, "/sitemap/codes-hcpcs-1.xml")] == ["/codes/hcpcs/A0000"]


def test_an_article_has_its_page_named_once(hcpcs: CodeEdition, visitor: Player) -> None:
    def named(code: str) -> int:
        files = [path for path, _ in entries(visitor, "/sitemap.xml")]
        return [path for file in files for path, _ in entries(visitor, file)].count(f"/codes/cpt/{code}")

    assert (named("77003"), named("99214"), named("99210")) == (1, 1, 0)
    load_tiny("cpt", "2026", date(2026, 1, 1), [("77003", "Words for everybody")])
    assert (named("77003"), named("99214")) == (1, 1)
    pages = [path for path, _ in entries(visitor, "/sitemap/pages.xml")]
    assert {"/codes", "/codes/hcpcs", "/codes/cpt"} <= set(pages)


def test_a_file_asks_as_often_for_many_codes(app: Flask, visitor: Player) -> None:
    def sent(path: str) -> int:
        return sum(each.startswith("SELECT") for each in sent_by(lambda: visitor.get(path)))

    load_tiny("hcpcs", "2025", date(2025, 1, 1), [("J0120", "A drug")])
    before = sent("/sitemap.xml"), sent("/sitemap/codes-hcpcs-1.xml")
    load_tiny("hcpcs", "2026", date(2026, 1, 1), [(f"J{each:04}", "A drug") for each in range(300)])
    load_tiny("msdrg", "2026", date(2025, 10, 1), [("281", "A group")])
    assert (sent("/sitemap.xml"), sent("/sitemap/codes-hcpcs-1.xml")) == before
    assert before[1] <= 6
