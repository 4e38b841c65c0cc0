"""What is taken as a résumé, told from its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from jobboard.applications.sniffing import (
    DOCX,
    LARGEST_BYTES,
    MOST_ENTRIES,
    PDF,
    TEXT,
    NotAResume,
    cleaned_name,
    kind_of,
)
from tests.applications.openings import docx


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\n...", PDF),
        (docx(), DOCX),
        (b"Ana, CPC, ten years", TEXT),
        ("Résumé – Ana".encode(), TEXT),
        ("\ufeffRésumé".encode(), TEXT),
        ("Résumé of Ana, coder".encode("cp1252"), TEXT),
        (b"line one\r\nline two\tend\x0c", TEXT),
        (b"%PDF-" + b"x" * (LARGEST_BYTES - 5), PDF),
    ],
)
def test_pdf_docx_and_text_are_taken(content: bytes, kind: object) -> None:
    assert kind_of(content) is kind


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _locked() -> bytes:
    whole = bytearray(docx())
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 8] |= 1
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"x" * (LARGEST_BYTES + 1), "up to 5 MB"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither PDF"),
        (b"MZ\x90\x00\x03", "neither PDF"),
        (b"text with\x00a NUL", "neither PDF"),
        (b"\x7fELF\x02\x01", "neither PDF"),
        (b"\xff\xfe" + "Ana".encode("utf-16-le"), "neither PDF"),
        (bytes(range(128, 256)), "neither PDF"),
        (b"{\\rtf1 Ana}", "Rich text"),
        (b"PK\x03\x04 not really", "damaged"),
        (docx()[:-30], "damaged"),
        (_zip(**{"a.txt": b"hello"}), "not a Word document"),
        (_zip(**{"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<Types/>"}), "not a Word document"),
        (docx(**{"[Content_Types].xml": b"<Types/>"}), "not a Word document"),
        (docx(**{"word/document.xml": b""}), "not a Word document"),
        (docx(**{"word/vbaProject.bin": b"macro"}), "macros"),
        (docx(**{"word/media/zeros.bin": b"0" * 5_000_000}), "unpacks to far more"),
        (docx(**{f"part{n}": b"" for n in range(MOST_ENTRIES)}), "far more parts"),
        (_locked(), "password"),
    ],
)
def test_everything_else_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAResume, match=words):
        kind_of(content)


def test_a_damaged_part_is_noticed() -> None:
    whole = bytearray(docx(**{"word/document.xml": b"<w:document>" + bytes(range(32, 127)) * 3}))
    at = whole.index(b"word/document.xml") + len("word/document.xml") + 20
    whole[at : at + 20] = b"\xff" * 20
    with pytest.raises(NotAResume, match="damaged"):
        kind_of(bytes(whole))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ana\\my cv.docx", "my cv.pdf"),
        ("résumé ana.PDF", "résumé ana.pdf"),
        ('a"b<c>\r\nSet-Cookie: x.pdf', "a b c Set-Cookie x.pdf"),
        ("cv\u202efdp.exe", "cvfdp.pdf"),
        ("...", "resume.pdf"),
        ("", "resume.pdf"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_file_name_is_cleaned_and_ends_as_its_kind(given: str, kept: str) -> None:
    assert cleaned_name(given, PDF) == kept
