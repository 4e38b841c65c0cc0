"""What the shipped list yields against the official lists of CMS, where the reference data lie beside the project."""

from __future__ import annotations

import csv
import gzip
import unicodedata
from pathlib import Path

from jobboard.codes.icd10cm_source import read_file
from jobboard.codes.records import EditionFile

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "icd10cm"


def without_accents(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


if OFFICIAL.exists():

    def test_the_shipped_list_equals_the_official_order_file_but_for_accents(
        shipped_edition: EditionFile,
    ) -> None:
        official = {
            each.code: each for each in read_file(OFFICIAL / "cms_2026_code_descriptions.zip").records
        }
        ours = {each.code: each for each in shipped_edition.records if each.kind in ("category", "code")}
        assert len(official) == 98186
        assert ours.keys() == official.keys()
        assert [code for code in ours if ours[code].billable != official[code].billable] == []
        assert [code for code in ours if official[code].parent not in (None, ours[code].parent)] == []
        differing = [code for code in ours if ours[code].long != official[code].long]
        assert len(differing) == 151
        assert [code for code in differing if without_accents(ours[code].long) != official[code].long] == []

    def test_the_packed_tabular_list_is_the_shipped_one(shipped_edition: EditionFile) -> None:
        packed = read_file(OFFICIAL / "icd10cm-tabular-April-1-2026.xml.gz")
        assert packed.edition == "2026-04"
        assert packed.records == shipped_edition.records

    def test_the_next_year_differs_by_its_addendum(shipped_edition: EditionFile) -> None:
        with gzip.open(OFFICIAL / "icd10cm_fy2027_order.csv.gz", "rt") as stream:
            next_year = {row["code"] for row in csv.DictReader(stream)}
        ours = {
            each.code.replace(".", "")
            for each in shipped_edition.records
            if each.kind in ("category", "code")
        }
        assert (len(next_year), len(next_year - ours), len(ours - next_year)) == (98403, 238, 21)
