"""The readers about ICD-10-CM, on small files."""

from __future__ import annotations

from datetime import date

import pytest

from jobboard.codes.readers.edition_told import edition_of
from jobboard.codes.readers.guidelines import pages_of, read_guidelines, sections_of
from jobboard.codes.readers.icd10cm_index import read_index
from jobboard.codes.readers.icd10cm_lists import read_changes, read_conversions, read_poa_exempt
from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.order_lists import is_member, read_order_list
from tests.codes.readers import excerpts


def source(content: bytes, name: str = "file") -> Source:
    return Source.of_bytes(name, content)


def test_an_order_file_and_a_list_give_codes_below_their_parents() -> None:
    fixed = list(read_order_list(source(excerpts.CM_ORDER), "icd10cm"))
    assert [(each.code, each.parent, each.billable, each.kind) for each in fixed] == [
        ("A00", None, False, "category"),
        ("A00.0", "A00", True, "code"),
        ("T14", None, False, "category"),
        ("T14.8", "T14", False, "code"),
        ("T14.8XXA", "T14.8", True, "code"),
    ]
    listed = list(read_order_list(source(excerpts.CM_CSV), "icd10cm"))
    assert [(each.code, each.parent, each.short) for each in listed] == [
        ("A00", None, "Cholera"),
        ("A00.0", "A00", "Cholera, first"),
    ]
    names = ("icd10cm_order_2026.txt", "icd10cm_order_addenda_2026.txt", "icd10cm_codes_2026.txt")
    assert [is_member("icd10cm", name) for name in names] == [True, False, False]


def test_the_index_says_the_same_in_both_shapes() -> None:
    listed = list(read_index(source(excerpts.INDEX_CSV)))
    assert [(each.path, each.level, each.code, each.see) for each in listed] == [
        (("Ache",), 0, "R52", ""),
        (("Ache", "of head"), 1, "", "Headache"),
        (("Ache", "of head", "(left)"), 2, "S09.8-", ""),
        (("Burn",), 0, "", ""),
    ]
    assert (listed[0].see_also, listed[0].modifiers, listed[0].line) == ("Pain", "(dull)", 2)
    told = list(read_index(source(excerpts.INDEX_XML)))
    assert [(each.path, each.code, each.see, each.manifestation) for each in told] == [
        (("Ache NEC",), "R52", "", ""),
        (("Ache NEC", "of head"), "", "Headache", ""),
        (("Ache NEC", "of head", "(left)"), "S09.8-", "", "G99.8"),
        (("Ache NEC", "of sky"), "", "subcategory T75.0", ""),
    ]
    assert told[0].line == 6
    assert {each.table for each in (*listed, *told)} == {"index"}
    assert next(read_index(source(excerpts.INDEX_CSV, "ExternalIndex.csv"))).table == "external"


def test_a_table_gives_a_term_for_each_column() -> None:
    neoplasms = list(read_index(source(excerpts.NEOPLASMS_CSV)))
    assert [(each.path[-1], each.column, each.code) for each in neoplasms][-2:] == [
        ("Neoplasm", "unspecified behavior", "D49.9"),
        ("thumb", "malignant primary", "C44.6-"),
    ]
    assert len(neoplasms) == 6
    drugs = list(read_index(source(excerpts.DRUGS_CSV)))
    assert (len(drugs), drugs[0].column, drugs[0].table) == (5, "poisoning, accidental", "drugs")
    told = list(read_index(source(excerpts.DRUGS_XML)))
    assert [(each.path, each.column) for each in told] == [
        (("Aspirin",), "poisoning, accidental"),
        (("Aspirin", "coated"), "adverse effect"),
    ]


def test_lists_of_exempt_converted_and_changed_codes() -> None:
    assert [(each.code, each.order) for each in read_poa_exempt(source(excerpts.POA))] == [
        ("B90.0", 1238),
        ("B91", 1239),
    ]
    assert [(each.action, each.code) for each in read_changes(source(excerpts.CHANGES))] == [
        ("add", "C78.31"),
        ("delete", "A00"),
        ("revise", "A00.11"),
    ]
    conversions = list(read_conversions(source(excerpts.conversions())))
    assert [(each.code, each.effective, each.previous) for each in conversions] == [
        ("A04.71", date(2017, 10, 1), ("A04.7",)),
        ("W45.3XXS", date(2025, 10, 1), ("W45.8XXS",)),
        ("X50.9XXS", date(2023, 4, 1), ("Y93.01-Y93.9", "R11-")),
        ("Z67.A4", date(2024, 10, 1), ()),
    ]


def test_guidelines_are_cut_where_the_contents_say() -> None:
    sections = list(sections_of(excerpts.GUIDELINE_PAGES, "guidelines.pdf"))
    assert [(each.number, each.title, each.page) for each in sections] == [
        ("I", "Conventions", 3),
        ("I.A", "Placeholder", 3),
        ("I.A.1", "A title that fills its line wholly and goes on to the next line", 3),
        ("II", "Diagnosis", 3),
    ]
    assert (sections[1].codes, sections[1].ranges) == (("T14.8", "A00"), (("E08", "E13"),))
    assert sections[2].chapters == (15,)
    packed = source(excerpts.pdf(excerpts.GUIDELINE_PAGES))
    assert [each.number for each in read_guidelines(packed)] == ["I", "I.A", "I.A.1", "II"]
    assert len(pages_of(packed)) == 3


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (excerpts.INDEX_CSV.replace(b",2,,", b",3,,"), "file, line 4: level 3 stands under no term"),
        (excerpts.INDEX_CSV.replace(b"R52", b"R5"), "file, line 2: 'R5' is not a code"),
        (excerpts.INDEX_XML.replace(b'level="2"', b'level="3"'), "file, line 8: a term of level 2"),
        (excerpts.INDEX_XML.replace(b"</letter>", b""), "file, line 11: not well-formed"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><ICD10CM.index/>", "file, line 1: document types"),
        (b"<ICD10CM.index>" + b"<a>" * 60, "file, line 1: elements are nested too deeply"),
        (b"<ICD10CM.index/>", "file, line 1: holds no term"),
    ],
)
def test_a_bad_index_is_refused_with_its_line(content: bytes, problem: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(read_index(source(content)))
    assert str(refused.value).startswith(problem)


@pytest.mark.parametrize(
    ("name", "content", "edition"),
    [
        ("icd10cm-tabular-April-1-2026.xml", b"<a><version>2026</version>", ("2026-04", date(2026, 4, 1))),
        ("index.xml", excerpts.INDEX_XML, ("2025", date(2024, 10, 1))),
        ("poa.txt", excerpts.POA, ("2026", date(2025, 10, 1))),
        ("ICD-10-CM-FY2026-Guidelines.pdf", b"%PDF", ("2026", date(2025, 10, 1))),
        ("icd10cm_fy2027_order.csv.gz", b"code", ("2027", date(2026, 10, 1))),
        ("list.csv", b"code", None),
    ],
)
def test_content_or_name_tells_the_edition(
    name: str, content: bytes, edition: tuple[str, date] | None
) -> None:
    assert edition_of(source(content, name)) == edition
