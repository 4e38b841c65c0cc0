"""What a handed-in file is, told from its content and never from its name.

Nothing is unpacked to disk and nothing is rendered: a file is looked at just far enough to refuse what is
neither PDF, DOCX nor plain text, and what would harm the one who opens it.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass

LARGEST_BYTES = 5 * 1024 * 1024
# A résumé in Word has a few dozen parts; one with pictures unpacks to some ten times its size.
MOST_ENTRIES = 1000
MOST_UNPACKED_BYTES = 60 * 1024 * 1024
HIGHEST_RATIO = 100
_TYPES_LIST_BYTES = 1024 * 1024
_LONGEST_NAME = 120
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_TEXT_CONTROLS = {"\t", "\n", "\r", "\f"}


class NotAResume(ValueError):
    """A file that is not taken; the message says why in words for the one who chose it."""


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: what it is called, its ending, and its media type."""

    name: str
    ending: str
    media_type: str


PDF = Kind("PDF", ".pdf", "application/pdf")
DOCX = Kind("Word (DOCX)", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
TEXT = Kind("plain text", ".txt", "text/plain")


def kind_of(content: bytes) -> Kind:
    """The kind of a whole file; raises `NotAResume` for anything that is not taken."""
    if not content.strip():
        raise NotAResume("The file is empty. Please choose the file with your résumé in it.")
    if len(content) > LARGEST_BYTES:
        raise NotAResume(
            f"The file has {len(content) / 1024 / 1024:.1f} MB; up to {LARGEST_BYTES // 1024 // 1024} MB "
            "are taken. A PDF without pictures is much smaller."
        )
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK"):
        _check_docx(content)
        return DOCX
    _check_text(content)
    return TEXT


def _check_docx(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise NotAResume("The document holds far more parts than a résumé has, so it is not taken.")
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > MOST_UNPACKED_BYTES or unpacked > HIGHEST_RATIO * len(content):
                raise NotAResume("The document unpacks to far more than its size, so it is not taken.")
            names = {entry.filename for entry in entries}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                raise NotAResume("This is a ZIP file but not a Word document. PDF, DOCX or text are taken.")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise NotAResume("The document holds macros. Please save it as DOCX without them, or as PDF.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise NotAResume("The document is locked with a password. Please save it without one.")
            types = _beginning(archive, "[Content_Types].xml", _TYPES_LIST_BYTES)
            body = _beginning(archive, "word/document.xml", _LONGEST_NAME)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as problem:
        if isinstance(problem, NotAResume):
            raise
        raise NotAResume("The document is damaged: it cannot be opened. Please save it again.") from problem
    if _DOCUMENT_TYPE not in types or not body:
        raise NotAResume("This is not a Word document that can be read. PDF, DOCX or text are taken.")


def _beginning(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    # Read through a limit: the size that an archive declares may be a lie.
    with archive.open(name) as part:
        return part.read(most)


def _check_text(content: bytes) -> None:
    if content.startswith(b"{\\rtf"):
        raise NotAResume("Rich text (RTF) is not taken. Please save the file as PDF, DOCX or plain text.")
    refusal = NotAResume("The file is neither PDF, DOCX nor plain text, whatever its name says.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Older editors write one byte per letter; a file that is mostly accents is no text of theirs.
        if sum(byte > 0x7F for byte in content) * 3 > len(content):
            raise refusal from None
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise refusal from None
    if any(unicodedata.category(letter) == "Cc" and letter not in _TEXT_CONTROLS for letter in text):
        raise refusal


def cleaned_name(given: str, kind: Kind) -> str:
    """A file name that is safe to show and to save under: no folders, no control marks, the ending of `kind`."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem = visible.rpartition(".")[0] or visible
    stem = re.sub(r'[<>:"|?*\s]+', " ", stem).strip(" .")[: _LONGEST_NAME - len(kind.ending)].strip(" .")
    return (stem or "resume") + kind.ending
