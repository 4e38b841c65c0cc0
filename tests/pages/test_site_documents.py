from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jobboard.pages.documents import rendered
from jobboard.site_documents import NAMES, site_document, terms_version
from tests.conftest import Player

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def own_texts(data_dir: Path) -> Path:
    """The folder in which the operator's own texts lie."""
    folder = data_dir / "pages"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_the_site_is_there_and_names_who_runs_it(visitor: Player, name: str) -> None:
    page = visitor.get(f"/{name}")
    assert page.status_code == 200
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert "{{" not in main
    assert len(main) > 1_000
    assert f'href="/{name}"' in page.text, "the footer leads here"


def test_the_licences_credit_whom_they_must(visitor: Player) -> None:
    page = visitor.get("/licences").text
    for owner in (
        "American Medical Association",
        "AAPC",
        "AHIMA",
        "GeoNames",
        "CMS",
        "CDC",
        "CPT®",
        "CPC®",
        "CCS®",
    ):
        assert owner in page, owner
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page


def test_the_operator_s_own_text_takes_the_place_of_the_shipped(visitor: Player, own_texts: Path) -> None:
    (own_texts / "about.md").write_text(
        "# Who we are\n\nRun by {{operator}}, with {{nothing}}.", encoding="utf-8"
    )
    page = visitor.get("/about").text
    assert "<h1>Who we are</h1>" in page
    assert "Run by the operator of this board, with {{nothing}}." in page


def test_a_text_without_a_title_is_named_after_its_page(app: Flask, own_texts: Path) -> None:
    (own_texts / "privacy.md").write_text("We keep nothing.", encoding="utf-8")
    assert site_document("privacy").title == "Privacy"
    assert site_document("privacy").markdown == "We keep nothing."


def test_the_version_of_the_terms_changes_with_every_word(app: Flask, own_texts: Path) -> None:
    shipped = terms_version()
    assert terms_version() == shipped
    (own_texts / "terms.md").write_text("# Terms\n\nBe kind.", encoding="utf-8")
    own = terms_version()
    (own_texts / "terms.md").write_text("# Terms\n\nBe kinder.", encoding="utf-8")
    assert len({shipped, own, terms_version()}) == 3


def test_a_text_carries_no_script_or_style() -> None:
    html = rendered(
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://x.example)\n\n"
        '<p style="x" onclick="y">z</p>\n\n| a | b |\n|---|---|\n| 1 | 2 |'
    )
    assert "<script" not in html
    assert "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert "<p style" not in html
    assert 'href="https://x.example"' in html
    assert "<td>1</td>" in html


def test_there_is_no_other_text(app: Flask, visitor: Player) -> None:
    assert visitor.get("/imprint").status_code == 404
    with pytest.raises(LookupError, match="imprint"):
        site_document("imprint")


def test_robots_are_kept_out_of_what_is_nobody_s_to_find(visitor: Player) -> None:
    answer = visitor.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /account" in lines
    assert "Disallow: /api/" in lines
    assert "Disallow: /" not in lines
    assert not any(line.startswith(("Disallow: /jobs/1", "Disallow: /codes")) for line in lines)
