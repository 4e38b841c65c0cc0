"""A CSV with a header is an edition of any system; what it may not bring in is left out and counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobboard.codes import queries
from jobboard.codes.changes import changes_of
from jobboard.codes.edition_choice import edition_labelled, edition_on, loaded_editions
from jobboard.codes.lookup import look_up
from jobboard.codes.models import Code, CodeNote
from jobboard.database import db
from tests.codes.importers.conftest import Run, counts

ICD = "code,billable,short,long,parent\nE11,0,Type 2,Type 2 diabetes mellitus,\n"
ICD_2026 = (
    ICD + "E119,1,T2 wo,Type 2 diabetes without complications,E11\nE118,1,T2 w,With complications,E11\n"
)
ICD_2027 = ICD + "E119,1,T2 wo,TYPE 2 diabétes without complications,E11\nE117,1,T2 n,A new one,E11\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plain_list_comes_under_chapters_with_the_notes_of_the_tabular_list(
    run: Run, tmp_path: Path
) -> None:
    result = run("icd10cm", written(tmp_path, "icd10cm_fy2027_order.csv", ICD_2027))
    told = counts(result)
    assert {
        "kind": "icd10cm",
        "edition": "2027",
        "codes": 3,
        "billable": 2,
        "chapters": 1,
    }.items() <= told.items()
    assert "its notes are those of the tabular list 2026-04" in result.stderr
    code = queries.code_in_force("icd10cm", "E11.9", date(2026, 10, 1))
    assert code is not None
    above = queries.ancestors(code)
    assert [each.code for each in above] == ["E00-E89", "E08-E13", "E11"]
    _, inherited = queries.notes(code, above)
    assert inherited != []
    set_of_notes = edition_on("icd10cm", kind="notes")
    assert set_of_notes is not None
    assert set_of_notes.label == "2026-04"
    assert db.session.scalar(select(func.count()).where(CodeNote.edition_id != set_of_notes.id)) == 0


def test_what_changed_stands_with_the_later_edition_whichever_comes_first(run: Run, tmp_path: Path) -> None:
    counts(run("icd10cm", written(tmp_path, "2027.csv", ICD_2027), "--edition", "2027:2026-10-01"))
    (only,) = loaded_editions("icd10cm")
    assert changes_of(only) == []
    counts(run("icd10cm", written(tmp_path, "2026.csv", ICD_2026), "--edition", "2026:2025-10-01"))
    older, newer = loaded_editions("icd10cm")
    assert (older.label, newer.compared_with_id) == ("2026", older.id)
    assert [(each.kind, each.code) for each in changes_of(newer)] == [("new", "E11.7"), ("deleted", "E11.8")]
    between = ICD_2026.replace("With complications", "With other complications")
    counts(run("icd10cm", written(tmp_path, "04.csv", between), "--edition", "2026-04:2026-04-01"))
    _, april, newer = loaded_editions("icd10cm")
    assert [(each.kind, each.old_long) for each in changes_of(april)] == [("revised", "With complications")]
    assert newer.compared_with_id == april.id
    assert len(changes_of(newer)) == 2


def test_again_it_is_unchanged_and_a_dry_run_stores_nothing(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "msdrg_2026.csv", "code,long\n001,Heart transplant\n2,Another\n")
    told = counts(run("msdrg", path, "--dry-run"))
    assert (told["read"], told["created"], told["dry_run"]) == (2, 0, True)
    assert loaded_editions() == []
    assert counts(run("msdrg", path))["created"] == 2
    assert (counts(run("msdrg", path))["created"], counts(run("msdrg", path))["unchanged"]) == (0, 2)
    found = queries.code_in_force("msdrg", "002")
    assert found is not None
    assert found.long == "Another"


def test_columns_are_named_and_the_edition_is_demanded(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "drgs.csv", "DRG;x,Title of it\n001,Heart transplant\n")
    refused = run("msdrg", path, "--columns", "code=DRG;x,long=Title of it")
    assert refused.exit_code == 1
    assert "say --edition LABEL:YYYY-MM-DD" in refused.stderr
    refused = run("msdrg", path, "--edition", "44:2025-10-01")
    assert "drgs.csv, line 1: does not say which columns" in refused.stderr
    words = ("--edition", "44:2025-10-01", "--columns", "code=DRG;x,long=Title of it")
    assert counts(run("msdrg", path, *words))["edition"] == "44"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--edition", "2027"), "LABEL:YYYY-MM-DD"),
        (("--edition", "2027:2026-13-01"), "LABEL:YYYY-MM-DD"),
        (("--edition", "a (loading):2026-01-01"), "LABEL:YYYY-MM-DD"),
        (("--columns", "kode=x"), "names no column"),
    ],
)
def test_wrong_words_are_told(run: Run, tmp_path: Path, words: tuple[str, str], problem: str) -> None:
    result = run("msdrg", written(tmp_path, "msdrg_2026.csv", "code,long\n001,X\n"), *words)
    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code,long\nE11,Diabetes,too many\n", "line 2: has 3 fields where the header names 2"),
        ("code,long\n\n12345,X\n", "line 3: '12345' is not a code of this system"),
        ("code,long\nE11,X\nE11,Y\n", "line 3: the code E11 stands in the file twice"),
        ("code,billable,long\nE11,maybe,X\n", "line 2: 'maybe' does not say whether"),
        ("code,long\n", "holds no record"),
        ('code,long\nE11,"X\n', "line 2: is not CSV"),
        ("code,code\nE11,X\n", "names a column twice"),
    ],
)
def test_a_broken_list_is_refused_by_line(run: Run, tmp_path: Path, text: str, problem: str) -> None:
    result = run("icd10cm", written(tmp_path, "icd10cm_2026.csv", text))
    assert result.exit_code == 1
    assert f"icd10cm_2026.csv{',' if problem.startswith('line') else ''}" in result.stderr
    assert problem in result.stderr
    assert loaded_editions() == []


def test_dental_and_cpt_codes_of_a_public_file_are_dropped_and_counted(run: Run, tmp_path: Path) -> None:
    text = "HCPC,Short Description\nA0021,Outside ambulance\nD0120,Planted\n99213,Planted\nd0140,Planted\n"
    path = written(tmp_path, "HCPC2026_JAN_ANWEB.csv", text)
    told = counts(run("hcpcs", path))
    assert (told["edition"], told["codes"], told["dropped_cpt"], told["dropped_cdt"]) == ("2026-01", 1, 1, 2)
    assert db.session.scalars(select(Code.code)).all() == ["A", "A0021"]


@pytest.mark.parametrize(
    ("kind", "name", "text", "column"),
    [
        ("icd10cm", "icd10cm_fy2027_changes.csv", "action,code,long_description\nadd,E117,New\n", "action"),
        ("icd10cm", "icd10cm_2027.csv", "code,long,Change_Type\nE11,Diabetes,R\n", "Change_Type"),
        ("icd10pcs", "icd10pcs_2027.csv", "code,long_description,what\n02HA0QZ,X,Deleted\n", "what"),
        ("hcpcs", "HCPC2026_JAN.csv", "code,long,action\nJ1885,Ketorolac,revise\n", "action"),
        ("msdrg", "msdrg_2026.csv", "code,long,action\n001,Heart,add\n", "action"),
    ],
)
def test_a_list_of_changes_is_not_taken_for_the_whole(
    run: Run, tmp_path: Path, kind: str, name: str, text: str, column: str
) -> None:
    path = written(tmp_path, name, text)
    for words in ((), ("--dry-run",)):
        refused = run(kind, path, "--edition", "2027:2026-10-01", *words)
        assert refused.exit_code == 1
        assert f"{name}, line 1: the column '{column}' tells what was added" in refused.stderr
        assert "import the whole list" in refused.stderr
    assert loaded_editions() == []


def test_letters_of_the_agency_make_no_list_of_changes(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "HCPC2026_JAN.csv", "code,long,action\nJ1885,Ketorolac,N\n")
    assert counts(run("hcpcs", path))["codes"] == 1


def test_an_edition_is_replaced_by_less_than_half_of_it_on_demand_only(run: Run, tmp_path: Path) -> None:
    rows = [f"{number:03},Group {number}\n" for number in range(1, 6)]
    whole = written(tmp_path, "msdrg_2026.csv", "code,long\n" + "".join(rows))
    part = written(tmp_path, "msdrg_2026_part.csv", "code,long\n" + "".join(rows[:2]))
    most = written(tmp_path, "msdrg_2026_most.csv", "code,long\n" + "".join(rows[:3]))
    counts(run("msdrg", whole))
    for words in ((), ("--dry-run",)):
        refused = run("msdrg", part, "--edition", "2026:2025-10-01", *words)
        assert refused.exit_code == 1
        assert "msdrg_2026_part.csv: has 2 entries, and would take the place of the 5 of msdrg 2026" in (
            refused.stderr
        )
        assert "--smaller" in refused.stderr
    assert counts(run("msdrg", part, "--edition", "2027:2026-10-01"))["created"] == 2
    assert counts(run("msdrg", most, "--edition", "2026:2025-10-01"))["created"] == 3
    counts(run("msdrg", whole))
    assert counts(run("msdrg", part, "--edition", "2026:2025-10-01", "--smaller"))["created"] == 2


def test_a_list_for_the_day_of_another_edition_takes_its_place_and_says_so(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "HCPC2026_JAN.csv", "code,long\nJ1885,Ketorolac\nJ1886,Other\nJ1887,More\n")
    assert counts(run("hcpcs", path))["edition"] == "2026-01"
    words = ("--edition", "2026:2026-01-01")
    for more in (("--dry-run",), ()):
        told = run("hcpcs", path, *words, *more)
        assert counts(told)["edition"] == "2026"
        assert "Note: hcpcs 2026-01 (codes) begins on 2026-01-01, too: 2026 takes its place" in told.stderr
    (only,) = loaded_editions("hcpcs")
    assert (only.label, only.effective_to) == ("2026", date(2026, 3, 31))
    assert "Note" not in run("hcpcs", path, *words).stderr
    part = written(tmp_path, "part.csv", "code,long\nJ1885,Ketorolac\n")
    refused = run("hcpcs", part, "--edition", "01:2026-01-01")
    assert (refused.exit_code, len(loaded_editions("hcpcs"))) == (1, 1)
    assert "the 3 of hcpcs 2026 (codes)" in refused.stderr


def test_a_licensed_edition_is_for_members_unless_it_says_otherwise(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "mine.csv", "code,long\n99213,A planted descriptor\n")
    counts(run("cpt", path, "--edition", "2026:2026-01-01"))
    edition = edition_labelled("cpt", "2026")
    assert edition is not None
    assert (edition.visible_to, edition.owner) == ("members", "American Medical Association")
    assert "CPT copyright 2026" in edition.copyright_line
    assert queries.code_in_force("cpt", "99213") is None
    assert queries.descriptions("cpt", ["99213"]) == {}
    assert look_up("planted") == look_up("99213") == []
    counts(run("cpt", path, "--edition", "2026:2026-01-01", "--visible-to", "everyone"))
    assert look_up("planted") != []
    ended = ("--visible-to", "everyone", "--ends-on", "2026-01-31")
    counts(run("cpt", path, "--edition", "2026:2026-01-01", *ended))
    assert look_up("planted") == []
