"""What leads from codes to others is read with its own edition; what may not come in is left out and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from jobboard.codes import queries
from jobboard.codes.changes import changes_of
from jobboard.codes.edition_choice import edition_on, loaded_editions
from jobboard.codes.models import Code, CodeAttribute, CodeRelation
from jobboard.database import db
from tests.codes.importers.conftest import Run, counts
from tests.codes.importers.test_plain_lists import ICD_2026, ICD_2027, written


def relations() -> list[tuple[str, str, str, str, str]]:
    rows = db.session.scalars(select(CodeRelation).order_by(CodeRelation.id))
    return [(each.system, each.code, each.to_system, each.to_code, each.note) for each in rows]


def record(code: str, what: int, long: str, short: str = "", fields: dict[int, str] | None = None) -> str:
    """A record of the alpha-numeric file, 293 columns; `fields` by the column, counted from 1."""
    text = list(f"{code:>5}00100{what}{long:80}{short:28}".ljust(293))
    for column, words in (fields or {}).items():
        text[column - 1 : column - 1 + len(words)] = words
    return "".join(text)


def test_records_of_hcpcs_come_with_modifiers_and_attributes(run: Run, tmp_path: Path) -> None:
    lines = [
        record("A1", 7, "Dressing for one wound", "Dressing for one wound"),
        record("A0021", 3, "Ambulance service, outside state", "Outside ambulance", {205: "A0030", 230: "I"}),
        record("A0021", 4, "per mile"),
        record("D0120", 3, "Planted", "Planted"),
        record("99213", 3, "Planted", "Planted"),
        record("J2357", 3, "Injection", "Omalizumab", {120: "51", 257: "O1E", 261: "1P", 269: "20050101"}),
    ]
    told = counts(run("hcpcs", written(tmp_path, "HCPC2026_JAN_ANWEB.txt", "\r\n".join(lines) + "\r\n")))
    expected = {"edition": "2026-01", "codes": 2, "modifiers": 1, "dropped_cpt": 1, "dropped_cdt": 1}
    assert expected.items() <= told.items()
    rows = db.session.execute(select(Code.system, Code.code, Code.kind, Code.long)).all()
    assert {tuple(row) for row in rows if row.kind != "chapter"} == {
        ("hcpcs", "A0021", "code", "Ambulance service, outside state per mile"),
        ("hcpcs", "J2357", "code", "Injection"),
        ("modifier", "A1", "modifier", "Dressing for one wound"),
    }
    assert queries.code_in_force("modifier", "A1") is not None
    assert [each.codes_count for each in loaded_editions("hcpcs")] == [2]
    values = {row.code: row.values for row in db.session.scalars(select(CodeAttribute))}
    assert values == {
        "A0021": {"cross_references": ["A0030"], "coverage": "I"},
        "J2357": {"pricing": ["51"], "betos": "O1E", "type_of_service": ["1", "P"], "added": "20050101"},
    }


def test_categories_of_cms_hcc_are_told_apart_by_model(run: Run, tmp_path: Path) -> None:
    labels = written(
        tmp_path,
        "labels_2026.csv",
        "cc,label,model_domain,model_version,model_fullname\nHCC18,Diabetes,CMS-HCC,V24,x\n"
        "HCC37,Diabetes with complications,CMS-HCC,V28,x\nRXHCC30,Diabetes,RxHCC,R08,x\n",
    )
    mapping = written(
        tmp_path,
        "map_2026.csv",
        "diagnosis_code,cc,model_name\nE118,37,CMS-HCC Model V28\nE118,18,CMS-HCC Model V24\n"
        "E118,30,RxHCC Model V08\n",
    )
    order = written(
        tmp_path,
        "order_2026.csv",
        "cc_parent,cc_child,model_domain,model_version,model_fullname\n37,38,CMS-HCC,V28,x\n",
    )
    told = counts(run("hcc", labels, mapping, order))
    assert (told["edition"], told["codes"], told["chapters"], told["relations"]) == ("2026", 3, 3, 4)
    assert [queries.code_in_force("hcc", code) is not None for code in ("37", "V24-18", "R08-30", "18")] == [
        True,
        True,
        True,
        False,
    ]
    assert ("icd10cm", "E11.8", "hcc", "R08-30", "RxHCC Model V08") in relations()
    assert ("hcc", "37", "hcc", "38", "") in relations()
    assert edition_on("icd10cm", kind="hcc") is not None


def test_general_equivalence_mappings_make_icd9cm(run: Run, tmp_path: Path) -> None:
    flags = "flags,approximate,no_map,combination,scenario,choice_list"
    back = written(
        tmp_path,
        "back.csv",
        f"icd9cm,icd10cm,{flags}\n25000,E119,10000,1,0,0,0,0\nE8000,NoDx,11000,1,1,0,0,0\n",
    )
    forth = written(tmp_path, "forth.csv", f"icd10cm,icd9cm,{flags}\nE119,25000,10000,1,0,0,0,0\n")
    told = counts(run("gem", back, forth, "--edition", "2018:2017-10-01"))
    assert (told["relations"], told["unmapped"]) == (2, 1)
    assert relations() == [
        ("icd9cm", "250.00", "icd10cm", "E11.9", "10000"),
        ("icd10cm", "E11.9", "icd9cm", "250.00", "10000"),
    ]
    counts(run("icd9cm", back, "--edition", "2015:2014-10-01"))
    assert db.session.scalars(select(Code.code).order_by(Code.position)).all() == [
        "250",
        "250.00",
        "E800",
        "E800.0",
    ]
    found = queries.code_in_force("icd9cm", "250.00")
    assert found is not None
    assert found.parent == "250"


def test_edits_that_name_licensed_codes_are_dropped_and_counted(run: Run, tmp_path: Path) -> None:
    pairs = written(
        tmp_path, "ptp.csv", "column1,column2,modifier_allowed\nA9500,A9512,1\n99213,A9512,0\nA9500,D0120,0\n"
    )
    told = counts(run("ncci-ptp", pairs, "--edition", "2026-04:2026-04-01"))
    assert (told["pairs"], told["dropped_cpt"], told["dropped_cdt"]) == (1, 1, 1)
    units = written(tmp_path, "mue.csv", "code,mue,rationale\nA0100,2,Clinical\n0001U,1,Planted\n")
    told = counts(run("ncci-mue", units, "--edition", "2026-04:2026-04-01"))
    assert (told["codes"], told["dropped_cpt"]) == (1, 1)
    (row,) = db.session.scalars(select(CodeAttribute))
    assert (row.code, row.values) == ("A0100", {"mue": 2, "rationale": "Clinical"})


def test_categories_of_ms_drgs_go_by_their_number(run: Run, tmp_path: Path) -> None:
    header = "MS-DRG \tA\tB\tMDC\tTYPE\tTitle\tC\tD\tE\tF\n"
    mdcs = {"020": "01", "001": "PRE", "326": "08", "405": "07", "998": " ", "999": "25"}
    rows = [f"{drg}\tNo\tNo\t{mdc}\tMED\tTITLE {drg}\t1\t1\t4\t5\n" for drg, mdc in mdcs.items()]
    table = written(
        tmp_path, "table5.txt", f'"TABLE 5. LIST, \nFY 2026 Final Rule"\t\n{header}{"".join(rows)}'
    )
    counts(run("msdrg", table))
    codes = db.session.execute(select(Code.code, Code.parent).order_by(Code.position)).all()
    assert [code for code, parent in codes if parent is None] == [
        "MDC-PRE",
        "MDC-01",
        "MDC-07",
        "MDC-08",
        "MDC-25",
        "MDC-00",
    ]
    assert [each.codes_count for each in loaded_editions("msdrg")] == [6]
    assert [code for code, parent in codes if parent] == ["001", "020", "405", "326", "999", "998"]


def test_ms_drgs_stand_under_their_categories(run: Run, tmp_path: Path) -> None:
    header = "MS-DRG \tA\tB\tMDC\tTYPE\tTitle\tC\tD\tE\tF\n"
    table = written(
        tmp_path,
        "table.txt",
        f'"TABLE 5. LIST, \nFY 2026 Final Rule"\t\n{header}193\tYes\tNo\t04\tMED\tPNEUMONIA\t1.3\t1.3\t4\t5\n'
        "999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t.\n\t\t\n",
    )
    told = counts(run("msdrg", table, written(tmp_path, "mdc.csv", '"04","Respiratory System"\n')))
    assert (told["edition"], told["codes"], told["chapters"]) == ("2026", 2, 2)
    code = queries.code_in_force("msdrg", "193")
    assert code is not None
    assert [each.long for each in queries.ancestors(code)] == ["Respiratory System"]


@pytest.mark.parametrize("conversion_first", [True, False])
def test_a_conversion_table_names_the_successor_whenever_it_comes(
    run: Run, tmp_path: Path, conversion_first: bool
) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        ("Current code assignment", "Effective", "Previous Code(s) Assignment"),
        ("E11.7", "2026", "E11.8"),
    ):
        book.active.append(row)
    path = tmp_path / "CONVERSION-TABLE-FY2027.xlsx"
    book.save(path)
    if conversion_first:
        counts(run("icd10cm-conversion", path))
    counts(run("icd10cm", written(tmp_path, "2026.csv", ICD_2026), "--edition", "2026:2025-10-01"))
    counts(run("icd10cm", written(tmp_path, "2027.csv", ICD_2027), "--edition", "2027:2026-10-01"))
    if not conversion_first:
        counts(run("icd10cm-conversion", path))
    _, newer = loaded_editions("icd10cm")
    assert [(each.code, each.successor) for each in changes_of(newer, ["deleted"])] == [("E11.8", "E11.7")]


def test_the_default_categories_of_ccsr_come_in_json(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "ccsr_default.json", '{"A000": "DIG001", "E119": "END002"}')
    assert counts(run("ccsr", path, "--edition", "2023:2022-10-01"))["relations"] == 2
    assert relations() == [
        ("icd10cm", "A00.0", "ccsr", "DIG001", ""),
        ("icd10cm", "E11.9", "ccsr", "END002", ""),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{}", "holds no mapping"),
        ('{"A000": ["DIG001"]}', "'A000' has no category of CCSR"),
        ('{"A000": "diabetes"}', "'A000' has no category of CCSR"),
        ('{"D": "DIG001"}', "'D' is not a code of ICD-10-CM"),
        ('{"A000": "DIG001"', "is not JSON"),
        ("icd10cm,label\nA000,x\n", "neither a mapping to CCSR nor its labels"),
    ],
)
def test_what_is_no_mapping_to_ccsr_is_refused(run: Run, tmp_path: Path, content: str, problem: str) -> None:
    refused = run("ccsr", written(tmp_path, "ccsr.json", content), "--edition", "2023:2022-10-01")
    assert refused.exit_code == 1
    assert problem in refused.output
    assert relations() == []
