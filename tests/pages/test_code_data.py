"""What a code's page says below its article: from the sets that count on the day, and what is not loaded said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import event

from jobboard import clock
from jobboard.codes import queries
from jobboard.codes.article_models import CodeEditorNote
from jobboard.codes.models import CodeEdition
from jobboard.codes.rules import ANYBODY
from jobboard.database import db
from jobboard.pages.code_data import code_data
from jobboard.postings.models import Posting
from tests.codes.importers.conftest import Run, counts
from tests.codes.importers.small_sets import ICD, import_diagnoses, import_procedures, put
from tests.codes.tiny_editions import load_tiny
from tests.codes.tiny_pcs import load_pcs
from tests.conftest import Player
from tests.pages.test_code_page import clinic, opening, page, words

__all__ = ["clinic", "opening"]
# Of the whole page: its place and notes, its history, its openings with all their parts, and the data.
MOST_STATEMENTS = 31
# The nine that the data run for a diagnosis, and the totals of specialties while they are quick to count.
MOST_FOR_DATA = 9 + 2


@pytest.fixture
def diagnoses(run: Run, tmp_path: Path) -> None:
    import_diagnoses(run, tmp_path)


@pytest.fixture
def procedures(run: Run, tmp_path: Path) -> None:
    import_procedures(run, tmp_path)


def facts(soup: BeautifulSoup, section: str = "facts-title") -> dict[str, str]:
    """The rows of the list of facts of a section, by what each is called."""
    rows = soup.select(f"section[aria-labelledby={section}] .code-facts > div")
    return {words(row, "dt")[0]: words(row, "dd")[0] for row in rows}


def section(soup: BeautifulSoup, title: str) -> str:
    (found,) = soup.select(f"section[aria-labelledby={title}]")
    return " ".join(found.get_text(" ").split())


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []
    db.session.remove()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_diagnosis_says_where_it_leads_and_by_which_set(diagnoses: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.9?on=2026-06-01")
    told = facts(soup)
    assert told["Billable"].startswith("Yes")
    risk = told["Risk adjustment (CMS-HCC)"]
    assert risk.startswith("CMS-HCC V28: HCC 38 Diabetes with Glycemic or No Complications")
    assert "is replaced where one of these is also present: 37" in risk
    assert risk.endswith("Other models (1) CMS-HCC V24: V24-19 Diabetes without Complication")
    assert told["Clinical category (CCSR) of 2023"] == (
        "END002 Diabetes mellitus without complication · default for inpatient and outpatient data"
        "END005 Diabetes mellitus of type 2"
    )
    assert told["CC or MCC in MS-DRGs"] == "Not in this reference."
    assert told["ICD-9-CM, by the general equivalence mappings of 2018"] == "250.00 · approximate match"
    assert told["Present on admission"] == "Not exempt: report whether it was present on admission."
    newer = told["Newer codes for what it meant, or for part of it"]
    assert newer.startswith(
        "E11.A Type 2 diabetes mellitus without complications in remission since 1 October"
    )
    links = {link["href"] for link in soup.select("section[aria-labelledby=facts-title] a")}
    assert {"/codes/hcc/38?on=2026-06-01", "/codes/icd10cm/E11.A?on=2026-06-01"} <= links


def test_the_flags_of_a_mapping_are_told_in_words(diagnoses: None, visitor: Player) -> None:
    told = facts(page(visitor, "/codes/icd10cm/E11.8?on=2026-06-01"))
    assert told["ICD-9-CM, by the general equivalence mappings of 2018"] == (
        "250.90 · approximate match; in combination: one code of each choice list (scenario 1, choice list 1)"
    )
    assert told["Present on admission"] == "Exempt from reporting."


def test_the_set_of_the_day_counts(diagnoses: None, visitor: Player) -> None:
    later = facts(page(visitor, "/codes/icd10cm/E11.9?on=2027-02-01"))
    assert later["Risk adjustment (CMS-HCC) of 2027"].startswith(
        "CMS-HCC V28: HCC 37 Diabetes with Chronic Complications"
    )


def test_what_is_not_loaded_is_not_in_this_reference_and_never_none(
    run: Run, tmp_path: Path, visitor: Player
) -> None:
    counts(run("icd10cm", put(tmp_path, "icd10cm.csv", ICD), "--edition", "2026:2025-10-01"))
    soup = page(visitor, "/codes/icd10cm/E11.9")
    told = facts(soup)
    del told["Billable"]
    assert set(told.values()) == {"Not in this reference."}
    assert len(told) == 5
    for title in ("index-title", "guidelines-title"):
        assert section(soup, title).endswith("Not in this reference.")


NOTES = {"Crosswalks", "Compliance notes"}
OF_SERVICES = NOTES | {"Modifiers that go with it", "Primary procedures of this add-on code"}
UNITS = "Units a day (NCCI medically unlikely edit)"


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        ("cpt/77003", OF_SERVICES | {"NCCI edits", UNITS}),
        ("hcpcs/J1885", OF_SERVICES | {UNITS}),
        ("icd10pcs/0SR9019", NOTES | {"MS-DRGs that it leads to"}),
    ],
)
def test_a_procedure_says_of_each_relation_that_it_is_not_here(
    app: Flask, visitor: Player, path: str, missing: set[str]
) -> None:
    load_tiny("hcpcs", "2026", date(2025, 10, 1), [("J1885", "A drug")])
    load_pcs()
    told = facts(page(visitor, f"/codes/{path}"))
    told.pop("Billable", "")
    assert set(told) == missing
    assert set(told.values()) == {"Not in this reference."}


def test_a_procedure_leads_to_the_notes_that_are_here(app: Flask, visitor: Player) -> None:
    note = CodeEditorNote(
        system="cpt", code="77003", kind="primary", to_system="cpt", to_code="62323", text=""
    )
    note.source, note.dated_on = "Own", date(2026, 3, 1)
    db.session.add(note)
    db.session.commit()
    soup = page(visitor, "/codes/cpt/77003")
    assert facts(soup)["Primary procedures of this add-on code"] == "1 below"
    assert "62323" in section(soup, "primary-title")


def test_a_loaded_set_without_the_code_says_so(diagnoses: None, visitor: Player) -> None:
    told = facts(page(visitor, "/codes/icd10cm/P70.2?on=2026-06-01"))
    assert told["Risk adjustment (CMS-HCC)"] == "In no payment category of any model of this set."
    assert told["Clinical category (CCSR) of 2023"] == "In no category of this set."
    assert told["ICD-9-CM, by the general equivalence mappings of 2018"] == "The mappings have no equivalent."


def test_a_category_sends_on_to_the_codes_below_it(diagnoses: None, visitor: Player) -> None:
    told = facts(page(visitor, "/codes/icd10cm/E11?on=2026-06-01"))
    assert told["Billable"] == "No: choose a code below it."
    assert "choose a code below it" in told["HCC, CCSR, ICD-9-CM, POA"]


def test_index_terms_and_guideline_sections_lead_to_the_code(diagnoses: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.9?on=2026-06-01")
    assert words(soup, ".index-lines li") == ["Diabetes (mellitus) (sugar)", "Diabetes ›, type 2"]
    assert "Alphabetic index of 2025" in section(soup, "index-title")
    assert words(soup, "section[aria-labelledby=guidelines-title] summary") == [
        "I.B General names this code · page 3",
        "I.C.4.a Diabetes mellitus names what holds it · page 3",
        "I.C.4 Chapter 4: Endocrine diseases is about its chapter · page 3",
    ]
    link = soup.select("section[aria-labelledby=guidelines-title] details a")[0]["href"]
    assert link == "/codes/icd10cm/guidelines/I.B?on=2026-06-01"


def test_similar_codes_come_with_their_reasons(diagnoses: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/icd10cm/E11.9?on=2026-06-01")
    found = words(soup, "section[aria-labelledby=similar-codes-title] li")
    assert [each.split()[0] for each in found] == ["E11.8", "E10.9", "E11.A", "P70.2"]
    assert found[0].endswith(
        "beside it under E11; also in CCSR END005; same words: complications, diabetes, mellitus"
    )
    assert "also in HCC 38" in found[1]


def test_a_procedure_shows_coverage_units_and_edits(procedures: None, visitor: Player) -> None:
    soup = page(visitor, "/codes/hcpcs/A9500?on=2026-05-01")
    assert facts(soup)["Units a day (NCCI medically unlikely edit) of 2026-04"] == (
        "At most 3. Rationale: Prescribing Information."
    )
    told = facts(soup, "fields-title")
    assert told == {
        "Medicare coverage of 2025-10": "Left to the judgment of the contractor (carrier) C",
        "Outpatient payment status (OPPS) of 2025-10": "Packaged: no separate payment N",
        "Pricing under Medicare Part B of 2025-10": "Set by statute 53",
        "Kind of service (BETOS) of 2025-10": "Not defined Z2",
        "Use instead (cross-reference) of 2025-10": "A9501",
        "Added of 2025-10": "1 January 1997",
    }
    rows = [words(row, "th, td") for row in soup.select("section[aria-labelledby=edits-title] tbody tr")]
    assert [(row[0].split()[0], *row[1:]) for row in rows] == [
        ("A9512", "Column 1: paid", "A modifier may lift the edit where it is appropriate"),
        ("A9501", "Column 2: not paid beside it", "No modifier lifts the edit"),
    ]
    assert "1 April 2026 to 30 June 2026" in section(soup, "edits-title")


def test_a_category_of_risk_adjustment_lists_what_leads_to_it(diagnoses: None, visitor: Player) -> None:
    told = facts(page(visitor, "/codes/hcc/38?on=2026-06-01"))
    assert told["Replaces"] == "No other category."
    assert told["Replaced where one of these is also present"] == "37 Diabetes with Chronic Complications"
    assert told["Diagnoses that lead to it"].startswith(
        "E10.9 Type 1 diabetes mellitus without complications"
    )


def test_long_lists_have_pages_of_their_own(
    run: Run, diagnoses: None, tmp_path: Path, visitor: Player
) -> None:
    lines = ["RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code"]
    lines += [f"{number},S,0,Sugar {number:03},,,,E11.9" for number in range(1, 131)]
    counts(
        run(
            "icd10cm-index",
            put(tmp_path, "ICD10CM_2026_Index.csv", "\n".join(lines)),
            "--edition",
            "2026:2025-10-01",
        )
    )
    soup = page(visitor, "/codes/icd10cm/E11.9")
    assert len(soup.select(".index-lines li")) == 20
    link = soup.find("a", string="All 130 lines that lead to E11.9")
    assert link is not None
    assert len(page(visitor, link["href"]).select(".index-lines li")) == 100
    second = page(visitor, f"{link['href']}?page=2")
    assert words(second, ".index-lines li")[0] == "Sugar 101"
    assert second.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize(
    "path",
    [
        "/codes/icd10cm/E11.9/edits",
        "/codes/icd10cm/E11.9/diagnoses",
        "/codes/icd10cm/E11.7/index-terms",
        "/codes/icd10cm/e119/index-terms",
        "/codes/nothing/E11.9/index-terms",
        "/codes/icd10cm/guidelines/I.C.4.z",
        "/codes/icd10cm/guidelines/" + "I" * 300,
        "/codes/hcpcs/guidelines",
    ],
)
def test_what_has_no_such_list_has_no_page(diagnoses: None, visitor: Player, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_a_section_of_the_guidelines_is_a_page(diagnoses: None, visitor: Player) -> None:
    contents = page(visitor, "/codes/icd10cm/guidelines")
    assert "I.C.4.a Diabetes mellitus page 3" in words(contents, ".contents li")
    soup = page(visitor, "/codes/icd10cm/guidelines/I.C.4.a")
    assert words(soup, "h1") == ["I.C.4.a Diabetes mellitus"]
    assert "It may be unknown." in words(soup, ".prose p")
    assert {"/codes/icd10cm/E08-E13", "/codes/icd10cm/E00-E89"} == {
        link["href"] for link in soup.select(".chips a")
    }
    assert words(page(visitor, "/codes/icd10cm/guidelines/I.C.4"), ".contents li") == [
        "I.C.4.a Diabetes mellitus"
    ]


def test_editors_notes_stand_with_source_and_date(diagnoses: None, procedures: None, visitor: Player) -> None:
    for kind, system, code, text in (
        ("modifier", "modifier", "LT", "For the left side."),
        ("crosswalk", "icd10cm", "E10.9", "Often confused."),
        ("compliance", "", "", "Document the type."),
    ):
        note = CodeEditorNote(
            system="icd10cm", code="E11.9", kind=kind, to_system=system, to_code=code, text=text
        )
        note.source, note.dated_on = "Coding Clinic, first quarter 2026", date(2026, 3, 1)
        db.session.add(note)
    db.session.commit()
    soup = page(visitor, "/codes/icd10cm/E11.9?on=2026-06-01")
    assert "LT Left side" in section(soup, "modifier-title")
    assert "Type 1 diabetes mellitus without complications Often confused." in section(
        soup, "crosswalk-title"
    )
    assert section(soup, "compliance-title") == (
        "Compliance notes Document the type. Source: Coding Clinic, first quarter 2026. As of 1 March 2026."
    )
    assert "/notes" not in str(soup)


def test_a_licensed_description_stays_hidden_beside_a_crosswalk(
    run: Run, diagnoses: None, tmp_path: Path, visitor: Player
) -> None:
    counts(
        run(
            "cpt",
            put(tmp_path, "cpt.csv", "code,long\n99999,Planted words\n"),
            "--edition",
            "2026:2026-01-01",
        )
    )
    note = CodeEditorNote(system="icd10cm", code="E11.9", kind="crosswalk", to_system="cpt", to_code="99999")
    note.source, note.dated_on = "Own", date(2026, 3, 1)
    db.session.add(note)
    db.session.commit()
    soup = page(visitor, "/codes/icd10cm/E11.9")
    assert "99999" in section(soup, "crosswalk-title")
    assert "Planted" not in soup.get_text()
    # What keeps it hidden is the licence, not that it could not be found.
    for each in db.session.scalars(db.select(CodeEdition).where(CodeEdition.system == "cpt")):
        each.visible_to, each.notice = "everyone", ""
    db.session.commit()
    assert "Planted words" in section(page(visitor, "/codes/icd10cm/E11.9"), "crosswalk-title")


def test_specialties_are_counted_and_few_openings_give_no_share(
    diagnoses: None, visitor: Player, opening: Callable[..., Posting]
) -> None:
    assert "uses-title" not in str(page(visitor, "/codes/icd10cm/E11.9"))
    opening("Exact", "ICD-10-CM E11.9 daily.")
    opening("Block", "ICD-10-CM E10.9 daily.")
    opening("Elsewhere", "ICD-10-CM I21.09 daily.")
    soup = page(visitor, "/codes/icd10cm/E11.9")
    assert words(soup, "section[aria-labelledby=by-specialty-title] li") == ["Inpatient acute care 1 opening"]
    link = soup.select_one("section[aria-labelledby=by-specialty-title] a")["href"]
    assert link == "/jobs?code=icd10cm%3AE11.9&specialty=inpatient-acute"
    (used,) = words(soup, "section[aria-labelledby=uses-title] li")
    assert used.endswith("2 of 3, too few to tell a share")
    assert "E08–E13" in section(soup, "uses-title")


def test_the_budget_of_statements_does_not_grow(
    run: Run,
    diagnoses: None,
    procedures: None,
    tmp_path: Path,
    visitor: Player,
    opening: Callable[..., Posting],
) -> None:
    opening("Exact", "ICD-10-CM E11.9 daily.")
    used = {}
    for path in ("/codes/icd10cm/E11.9", "/codes/hcpcs/A9500", "/codes/hcc/38"):
        page(visitor, path)
        with statements() as seen:
            page(visitor, path)
        used[path] = len(seen)
    assert max(used.values()) <= MOST_STATEMENTS, used
    row = queries.code_in_force("icd10cm", "E11.9")
    db.session.expunge_all()
    with statements() as seen:
        code_data("icd10cm", "E11.9", row, ANYBODY, clock.today())
    assert len([each for each in seen if not each.startswith("BEGIN")]) <= MOST_FOR_DATA
    pairs = "".join(f"A9500,A{number},1\n" for number in range(9600, 9660))
    more = put(tmp_path, "more.csv", "column1,column2,modifier_allowed\n" + pairs)
    counts(run("ncci-ptp", more, "--edition", "2026-07:2026-07-01"))
    with statements() as seen:
        soup = page(visitor, "/codes/hcpcs/A9500")
    assert len(soup.select("section[aria-labelledby=edits-title] tbody tr")) == 20
    assert len(seen) == used["/codes/hcpcs/A9500"]
