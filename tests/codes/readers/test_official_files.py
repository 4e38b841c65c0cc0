"""The readers on the official files, whole, where the reference data lie beside the project."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jobboard.codes.readers.guidelines import read_guidelines
from jobboard.codes.readers.icd10cm_index import IndexTerm, read_index
from jobboard.codes.readers.icd10cm_lists import (
    is_poa_member,
    read_changes,
    read_conversions,
    read_poa_exempt,
)
from jobboard.codes.readers.icd10pcs_tables import codes_of, read_pcs_tables
from jobboard.codes.readers.icd10pcs_words import read_body_parts, read_pcs_definitions, read_pcs_index
from jobboard.codes.readers.opening import only_source
from jobboard.codes.readers.order_lists import System, is_member, read_order_list

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
CM, PCS = DATA / "icd10cm", DATA / "icd10pcs"

if DATA.exists():

    @pytest.mark.parametrize(
        ("system", "path", "rows", "billable"),
        [
            ("icd10cm", CM / "cms_2026_code_descriptions.zip", 98186, 74719),
            ("icd10cm", CM / "icd10cm_fy2027_order.csv.gz", 98403, 74879),
            ("icd10pcs", PCS / "cms_2026_icd10pcs_order.zip", 80029, 79115),
            ("icd10pcs", PCS / "icd10pcs_fy2027_codes.csv.gz", 79256, 79256),
        ],
    )
    def test_lists_of_all_codes(system: System, path: Path, rows: int, billable: int) -> None:
        source = only_source(path, lambda name: is_member(system, name))
        codes = list(read_order_list(source, system))
        assert (len(codes), sum(each.billable for each in codes)) == (rows, billable)
        without_description = sum(each.long == each.code for each in codes)
        assert without_description == (79 if path.name.startswith("icd10pcs_fy2027") else 0)

    @pytest.mark.parametrize(
        ("path", "table", "records"),
        [
            ("ICD10CM_2025_Index.csv.gz", "index", 81024),
            ("ICD10CM_2025_ExternalIndex.csv", "external", 8064),
            ("ICD10CM_2025_neoplasms.csv", "neoplasms", 9136),
            ("ICD10CM_2025_Drugs.csv", "drugs", 40252),
        ],
    )
    def test_the_index_and_its_tables(path: str, table: str, records: int) -> None:
        terms = list(read_index(only_source(CM / "index_fy2025" / path)))
        assert len(terms) == records
        assert {each.table for each in terms} == {table}

    @pytest.mark.parametrize(
        ("xml", "listed", "allowed"),
        [
            ("icd-10-cm-eindex-2025.xml.gz", "ICD10CM_2025_ExternalIndex.csv", 0),
            ("icd-10-cm-neoplasm-2025.xml.gz", "ICD10CM_2025_neoplasms.csv", 0),
            ("icd-10-cm-drug-2025.xml.gz", "ICD10CM_2025_Drugs.csv", 0),
        ],
    )
    def test_xml_and_list_have_the_same_codes_in_the_same_places(xml: str, listed: str, allowed: int) -> None:
        def told(name: str) -> list[tuple[int, str, str]]:
            terms: list[IndexTerm] = list(read_index(only_source(CM / "index_fy2025" / name)))
            return [(each.level, each.column, each.code) for each in terms]

        pairs = zip(told(xml), told(listed), strict=True)
        assert sum(one != other for one, other in pairs) == allowed

    def test_lists_of_exempt_converted_and_changed_codes() -> None:
        exempt = list(read_poa_exempt(only_source(CM / "POAexemptCodesFY26.zip", is_poa_member)))
        assert len(exempt) == 38349
        changes = read_changes(only_source(CM / "icd10cm_fy2027_changes.csv"))
        assert Counter(each.action for each in changes) == {"add": 190, "delete": 30, "revise": 4}
        conversions = list(read_conversions(only_source(CM / "ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")))
        assert len(conversions) == 5892
        unknown = [each for each in conversions if not each.previous]
        assert {each.previous_as_written for each in unknown} == {"None"}

    def test_the_guidelines() -> None:
        sections = list(read_guidelines(only_source(CM / "ICD-10-CM-FY2026-Guidelines.pdf")))
        by_number = {each.number: each for each in sections}
        assert len(by_number) == len(sections)
        diabetes = by_number["I.C.4.a"]
        assert (diabetes.title, diabetes.page, diabetes.chapters) == ("Diabetes mellitus", 39, (4,))
        assert "E11.A" in diabetes.codes
        assert diabetes.ranges == (("E08", "E13"),)
        assert {f"I.C.{chapter}" for chapter in range(1, 23)} <= by_number.keys()

    def test_the_procedure_tables_expand_to_their_codes() -> None:
        tables = list(read_pcs_tables(only_source(PCS / "icd10pcs_tables_2025.xml.gz")))
        codes = [code for table in tables for code in codes_of(table)]
        assert (len(tables), len(codes), len(set(codes))) == (908, 78948, 78948)

    def test_the_words_of_the_procedures() -> None:
        terms = list(read_pcs_index(only_source(PCS / "icd10pcs_index_2025.xml.gz")))
        definitions = list(read_pcs_definitions(only_source(PCS / "icd10pcs_definitions_2025.xml.gz")))
        parts = list(read_body_parts(only_source(PCS / "body_part_key.json")))
        assert (len(terms), len(definitions), len(parts)) == (24484, 990, 1106)
