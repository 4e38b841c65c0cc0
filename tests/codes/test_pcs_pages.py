"""Tables of ICD-10-PCS as grids, and composing a code: tables of one edition, codes of a later one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from jobboard import clock
from jobboard.codes.book_models import PcsDefinition
from jobboard.codes.edition_choice import edition_on
from jobboard.codes.models import CodeEdition
from jobboard.codes.pcs_composing import compose
from jobboard.codes.pcs_grid import grid_of
from jobboard.codes.rules import ANYBODY
from tests.codes.tiny_editions import load_rows, load_tiny
from tests.codes.tiny_pcs import ABOVE, load_pcs
from tests.conftest import Player

DAY = date(2026, 11, 29)


@pytest.fixture
def book(app: Flask) -> Iterator[CodeEdition]:
    load_pcs()
    with clock.stopped_at(datetime(2026, 11, 29, 12, tzinfo=UTC)):
        found = edition_on("icd10pcs")
        assert found is not None
        yield found


def page(player: Player, path: str) -> BeautifulSoup:
    response = player.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.text, "html5lib")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in soup.select(selector)]


def offered(stem: str, edition: CodeEdition) -> list[tuple[str, str, int]]:
    found = compose(stem, edition, DAY, ANYBODY)
    return [(choice.character, choice.label or choice.only, choice.codes) for choice in found.choices]


def test_each_choice_leads_to_codes_of_the_edition(book: CodeEdition) -> None:
    assert offered("", book) == [("0", "Medical and Surgical", 6)]
    assert offered("0S", book) == [("R", "Replacement", 5), ("W", "Lower Joints, Revision", 1)]
    assert offered("0SR9", book) == [("0", "Open", 3)]
    # Ceramic is in the table, but no code of 2027 has it; Q is in the codes alone.
    assert offered("0SR90", book) == [("1", "Metal", 2), ("Q", "Right hip, something new", 1)]
    assert offered("0SR901", book) == [("9", "Cemented", 1), ("Z", "No Qualifier", 1)]


def test_what_no_code_begins_with_goes_on_from_what_does(book: CodeEdition) -> None:
    found = compose("0SR9X", book, DAY, ANYBODY)
    assert (found.asked, found.stem, found.title) == ("0SR9X", "0SR9", "Approach")
    assert compose("0SR9019", book, DAY, ANYBODY).stem == "0SR9019"
    assert compose("ZZZZZZZ", book, DAY, ANYBODY).stem == ""


def test_the_page_takes_one_axis_after_the_other_without_scripts(book: CodeEdition, visitor: Player) -> None:
    path, seen = "/codes/icd10pcs/compose", []
    for _ in range(7):
        soup = page(visitor, path)
        seen.append(words(soup, "#next-title")[0])
        path = soup.select_one(".pcs-choice")["href"]
    assert seen[2:4] == ["Character 3: Operation", "Character 4: Body Part"]
    assert path == "/codes/icd10pcs/0SR9019"
    assert "Right hip, metal, cemented" in page(visitor, path).h1.get_text()


def test_the_page_says_what_is_chosen_and_leads_back(book: CodeEdition, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10pcs/compose?code=0sr9")
    assert words(soup, ".pcs-steps b") == [
        "Medical and Surgical",
        "Lower Joints",
        "Replacement",
        "Hip Joint, Right",
    ]
    back = [a["href"] for a in soup.select(".pcs-steps a")]
    assert back[1:] == [f"/codes/icd10pcs/compose?code={stem}" for stem in ("0", "0S", "0SR")]
    assert "Cutting through." in words(soup, ".pcs-choice .pcs-meaning")
    assert "tables of edition 2025" in soup.get_text()
    assert "codes of edition 2027" in soup.get_text()
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    warned = page(visitor, "/codes/icd10pcs/compose?code=0SR9X")
    assert words(warned, ".notice-title") == ["No code of edition 2027 begins with 0SR9X"]


def test_a_whole_code_leads_to_its_page_and_keeps_the_day(book: CodeEdition, visitor: Player) -> None:
    answer = visitor.get("/codes/icd10pcs/compose?code=0SR9019&on=2027-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/codes/icd10pcs/0SR9019?on=2027-01-01")


@pytest.mark.parametrize("code", ["0SR9019Z", "OI", "<b>", "é"])
def test_what_is_no_beginning_is_refused_by_its_field(book: CodeEdition, visitor: Player, code: str) -> None:
    answer = visitor.get("/codes/icd10pcs/compose", query_string={"code": code})
    assert answer.status_code == 400
    assert "“code” is the beginning of a code" in answer.text


def test_without_an_edition_the_page_says_so(app: Flask, visitor: Player) -> None:
    assert words(page(visitor, "/codes/icd10pcs/compose"), ".empty h2") == [
        "No edition of ICD-10-PCS is loaded here"
    ]


def test_without_tables_values_go_without_names(app: Flask, visitor: Player) -> None:
    load_tiny(
        "icd10pcs",
        "2027",
        date(2025, 10, 1),
        [*ABOVE, ("0SR9019", "Hip", "0SR"), ("0SR901Z", "Hip too", "0SR")],
    )
    soup = page(visitor, "/codes/icd10pcs/compose?code=0SR")
    assert words(soup, ".pcs-choice .entry-words") == ["Newer than the tables that are loaded"]
    assert "No tables of ICD-10-PCS are loaded here" in soup.get_text()


def test_a_table_defines_its_operation_where_no_definitions_do(book: CodeEdition) -> None:
    assert compose("0SR9", book, DAY, ANYBODY).steps[2].meaning.definition == "Putting in"
    assert [choice.meaning.definition for choice in compose("0S", book, DAY, ANYBODY).choices] == [
        "Putting in",
        "",
    ]


def test_a_table_is_a_grid_of_what_leads_to_codes(book: CodeEdition) -> None:
    grid = grid_of("0SR", book, DAY, ANYBODY)
    assert grid is not None
    rows = [[[value.character for value in cell.values] for cell in row] for row in grid.rows]
    assert rows == [[["9", "B"], ["0"], ["1"], ["9", "Z"]], [["C"], ["0"], ["7"], ["Z"]]]
    assert (grid.titles, grid.dropped, grid.unlisted) == (
        ["Body Part", "Approach", "Device", "Qualifier"],
        1,
        ["0SR90QZ"],
    )
    assert [each.label for each in grid.defined] == ["Hip Joint, Right", "Open"]
    assert grid_of("0SW", book, DAY, ANYBODY) is None


def test_a_tables_page_shows_its_grid(book: CodeEdition, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10pcs/0SR")
    assert words(soup, ".pcs-grid th") == ["4 Body Part", "5 Approach", "6 Device", "7 Qualifier"]
    assert len(soup.select(".pcs-grid tbody tr")) == 2
    assert soup.select_one(".pcs-grid a")["href"] == "/codes/icd10pcs/compose?code=0SR9"
    assert "1 code of edition 2027 that is not in the tables of 2025" in " ".join(words(soup, "summary"))
    assert "Includes Acetabulum joint" in words(soup, ".pcs-values .pcs-meaning")


def test_the_beginning_of_codes_says_what_it_is_so_far(book: CodeEdition, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10pcs/0SR90")
    assert words(soup, "h1") == ["ICD-10-PCS 0SR90…"]
    assert words(soup, ".pcs-steps b")[-2:] == ["Hip Joint, Right", "Open"]
    assert words(soup, ".entry-code") == ["0SR9019", "0SR901Z", "0SR90QZ"]
    assert visitor.get("/codes/icd10pcs/0sr90").headers["Location"] == "/codes/icd10pcs/0SR90"
    assert visitor.get("/codes/icd10pcs/0SR9X").status_code == 404


def test_a_codes_page_reads_it_character_by_character(book: CodeEdition, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10pcs/0SR9019")
    assert words(soup, ".pcs-steps .pcs-character") == list("0SR9019")
    assert words(soup, ".pcs-steps b")[3:] == ["Hip Joint, Right", "Open", "Metal", "Cemented"]


@pytest.fixture
def aggregates(book: CodeEdition) -> None:
    """Devices that count as "Metal", each somewhere else."""
    told = {"section": "", "axis": 6, "term": "Metal", "definition": ""}
    rows = [
        {**told, "explanation": where, "includes": [device]}
        for where, device in (
            ("All applicable: Eye", "A lens"),
            ("Insertion: Lower Joints", "A screw"),
            ("Replacement: Ear, Nose, Sinus, Upper Joints", "A shoulder"),
            ("Replacement: Ear, Nose, Sinus, Lower Joints", "A cup"),
            ("All applicable: Lower Joints, Upper Joints", "A head"),
        )
    ]
    rows.append({**told, "section": "0", "explanation": "Of metal", "includes": ["Steel"]})
    load_rows("icd10pcs", "definitions", "2026", date(2025, 10, 1), PcsDefinition, rows)


def test_a_device_counts_only_in_its_operation_and_body_systems(
    aggregates: None, book: CodeEdition, visitor: Player
) -> None:
    code = words(page(visitor, "/codes/icd10pcs/0SR9019"), ".pcs-meaning")
    assert code[-2:] == ["Of metal", "Includes Steel, A cup, A head"]
    grid = grid_of("0SR", book, DAY, ANYBODY)
    assert grid is not None
    assert [each.meaning.includes for each in grid.defined if each.label == "Metal"] == [
        ("Steel", "A cup", "A head")
    ]
    (metal, _) = compose("0SR90", book, DAY, ANYBODY).choices
    assert metal.meaning.includes == ("Steel", "A cup", "A head")
    for path in ("0SR9019", "0SR", "0SR90", "compose?code=0SR90"):
        assert "All applicable" not in visitor.get(f"/codes/icd10pcs/{path}").text
