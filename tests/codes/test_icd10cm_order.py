"""The official order file is read in every form in which it is published, and refused by line."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from jobboard.codes import icd10cm_source
from jobboard.codes.icd10cm_order import read_order
from jobboard.codes.icd10cm_source import read_file
from jobboard.codes.records import CodeFileError
from jobboard.codes.release_names import release_named

CHOLERA = (
    f"00001 A00     0 {'Cholera':60} Cholera\r\n"
    f"00002 A000    1 {'Cholera due to Vibrio cholerae 01, biovar cholerae':60} "
    "Cholera due to Vibrio cholerae 01, biovar cholerae\r\n"
    f"00003 T14     0 {'Injury of unspecified body region':60} Injury of unspecified body region\r\n"
    f"00004 T148    0 {'Other injury of unspecified body region':60} Other injury of unspecified body region\r\n"
    f"00005 T148XXA 1 {'Other injury of unspecified body region, init encntr':60} "
    "Other injury of unspecified body region, initial encounter\r\n"
)


def lines(text: str) -> list[bytes]:
    return text.encode().splitlines()


def test_records_come_dotted_with_parents_and_both_descriptions() -> None:
    edition = read_order(lines(CHOLERA), "order.txt", "2026")
    assert [(record.code, record.parent, record.kind, record.billable) for record in edition.records] == [
        ("A00", None, "category", False),
        ("A00.0", "A00", "code", True),
        ("T14", None, "category", False),
        ("T14.8", "T14", "code", False),
        ("T14.8XXA", "T14.8", "code", True),
    ]
    assert edition.records[-1].short == "Other injury of unspecified body region, init encntr"
    assert edition.records[-1].long == "Other injury of unspecified body region, initial encounter"


def test_plain_gzipped_and_zipped_files_are_the_same_edition(tmp_path: Path) -> None:
    plain = tmp_path / "icd10cm_order_2026.txt"
    plain.write_bytes(CHOLERA.encode())
    packed = tmp_path / "icd10cm_order_2026.txt.gz"
    packed.write_bytes(gzip.compress(CHOLERA.encode()))
    zipped = tmp_path / "2026 Code Descriptions.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("2026/icd10cm_codes_2026.txt", "A000    Cholera")
        archive.writestr("2026/icd10cm_order_2026.txt", CHOLERA)
        archive.writestr("2026/icd10cm_order_addenda_2026.txt", "Add: 1 B8801")
    editions = [read_file(path) for path in (plain, packed, zipped)]
    assert {edition.edition for edition in editions} == {"2026"}
    assert editions[0].records == editions[1].records == editions[2].records


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("icd10cm_order_2026.txt", "2026"),
        ("icd10cm-order-April-1-2026.txt", "2026-04"),
        ("icd10c-tabular-April-1-2026.xml", "2026-04"),
        ("icd10cm-order-October-1-2025.txt", "2026"),
        ("codes.txt", None),
    ],
)
def test_the_name_tells_the_edition(name: str, edition: str | None) -> None:
    assert release_named("icd10cm", name) == edition


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (CHOLERA + "nonsense\r\n", "line 6", "is not a record"),
        (CHOLERA.replace("A000    1", "A000    2"), "line 2", "is not a record"),
        (CHOLERA.replace("A000   ", "A00 0  "), "line 2", "'A00 0' is not a code"),
        (CHOLERA.replace("00003 T14 ", "00003 A00 "), "line 3", "A00 stands in the file twice"),
        (CHOLERA.replace("00003", "00002"), "line 3", "order number 2 does not follow 2"),
        (CHOLERA.replace("T148    0", "U148    0"), "line 4", "category U14 of U14.8"),
        (f"00001 A00     0 {'Cholera':60} \r\n", "line 1", "has no description"),
        ("\r\n", "", "holds no record"),
    ],
)
def test_a_broken_order_file_is_refused_by_line(text: str, place: str, problem: str) -> None:
    with pytest.raises(CodeFileError) as refused:
        read_order(lines(text), "order.txt", "2026")
    assert (refused.value.file, refused.value.place) == ("order.txt", place)
    assert problem in refused.value.problem


def test_text_that_is_not_utf_8_is_refused_by_line() -> None:
    with pytest.raises(CodeFileError, match=r"order.txt, line 2: is not text in UTF-8"):
        read_order([*lines(CHOLERA)[:1], b"00002 A000    1 caf\xe9"], "order.txt", "2026")


def test_an_order_file_must_tell_its_year(tmp_path: Path) -> None:
    path = tmp_path / "order.txt"
    path.write_bytes(CHOLERA.encode())
    with pytest.raises(CodeFileError, match="must tell its year"):
        read_file(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "neither the tabular list"),
        (b"a,b,c\n1,2,3\n", "neither the tabular list"),
        (gzip.compress(CHOLERA.encode())[:60], "cannot be unpacked"),
        (b"PK\x03\x04 not really", "cannot be unzipped"),
    ],
    ids=["empty", "table", "broken gzip", "no zip"],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "icd10cm_order_2026.txt"
    path.write_bytes(content)
    with pytest.raises(CodeFileError, match=problem):
        read_file(path)


def test_a_zip_without_an_edition_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "codes.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("icd10cm_order_addenda_2026.txt", "Add: 1 B8801")
    with pytest.raises(CodeFileError, match="found none"):
        read_file(path)


def test_a_file_that_unpacks_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icd10cm_source, "MOST_BYTES", 1024)
    path = tmp_path / "icd10cm_order_2026.txt.gz"
    path.write_bytes(gzip.compress(b" " * 5000))
    with pytest.raises(CodeFileError, match="unpacks to more than"):
        read_file(path)
