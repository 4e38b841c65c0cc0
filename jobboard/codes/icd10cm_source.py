"""Opens an ICD-10-CM edition: the one shipped with a dependency, or a file as its agency publishes it.

Accepted: the tabular XML and the order file, plain, gzipped, or inside the zip that CMS and the CDC offer. What a
file is, is told by its first bytes, never by its name; its edition by the name, as the agencies write it:
`icd10cm_order_2026.txt`, `icd10cm-order-April-1-2026.txt`, `icd10cm_tabular_2026.xml`.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO, Final

from jobboard.codes.icd10cm_order import read_order
from jobboard.codes.icd10cm_tabular import read_tabular
from jobboard.codes.records import CodeFileError, EditionFile
from jobboard.codes.release_names import release_named

MOST_BYTES: Final = 128 * 1024 * 1024
"""A file that unpacks to more is refused; the largest official one, the order file, has 14.7 MB."""

_MEMBER = re.compile(r"icd[-_]?10\w*[-_](?:order|tabular)(?![-_]addend)[^/]*\.(?:txt|xml)$", re.IGNORECASE)
_ADDENDA = re.compile(r"addend", re.IGNORECASE)


def read_shipped() -> EditionFile:
    """Read the tabular list that the package simple-icd-10-cm ships."""
    # Found without an import: the package's own code would read the whole list once more.
    package = importlib.util.find_spec("simple_icd_10_cm")
    if package is None or not package.submodule_search_locations:
        raise CodeFileError("simple-icd-10-cm", "", "this package is not installed")
    lists = sorted((Path(package.submodule_search_locations[0]) / "data").glob("*.xml"))
    if len(lists) != 1:
        raise CodeFileError("simple-icd-10-cm", "", f"ships {len(lists)} XML files, not one tabular list")
    with lists[0].open("rb") as stream:
        return read_tabular(stream, lists[0].name, release_named("icd10cm", lists[0].name))


def read_file(path: Path) -> EditionFile:
    """Read the edition in the file at `path`, whichever of the published forms it has.

    Raises CodeFileError when it is none of them or too large, OSError when it cannot be opened.
    """
    content, name = content_of(path)
    return read_content(content, name, release_named("icd10cm", name))


def content_of(path: Path) -> tuple[bytes, str]:
    """What the file at `path` holds, unpacked, and its name for messages, which is that of a zip's member.

    Raises CodeFileError when it cannot be unpacked or is too large, OSError when it cannot be opened.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(0)
        if start.startswith(b"PK"):
            return _from_zip(stream, path.name)
        if start.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=stream) as unpacked:
                return _limited(unpacked, path.name), path.name
        return _limited(stream, path.name), path.name


def is_tabular(content: bytes) -> bool:
    """Whether `content` looks like the tabular list in XML."""
    return content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def is_order(content: bytes) -> bool:
    """Whether `content` looks like the order file."""
    return re.match(rb"\d{5} [A-Z][0-9A-Z]{2}", content[:400].lstrip(b"\xef\xbb\xbf \r\n\t")) is not None


def read_content(content: bytes, name: str, edition: str | None) -> EditionFile:
    """Read the tabular list or the order file; `edition` is the label where it is known."""
    if is_tabular(content):
        return read_tabular(io.BytesIO(content), name, edition)
    if not is_order(content):
        raise CodeFileError(name, "line 1", "is neither the tabular list in XML nor the order file")
    if edition is None:
        raise CodeFileError(name, "", "the name of an order file must tell its year: icd10cm_order_2026.txt")
    return read_order(content.splitlines(), name, edition)


def _from_zip(stream: io.BufferedReader, name: str) -> tuple[bytes, str]:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = [
                each
                for each in archive.infolist()
                if _MEMBER.search(each.filename) and not _ADDENDA.search(each.filename)
            ]
            if len(members) != 1:
                found = ", ".join(each.filename for each in members) or "none"
                raise CodeFileError(
                    name, "", f"one order file or one tabular XML expected inside, found {found}"
                )
            inner = f"{name}/{members[0].filename}"
            with archive.open(members[0]) as unpacked:
                return _limited(unpacked, inner), inner
    except CodeFileError:
        raise
    except (zipfile.BadZipFile, RuntimeError, ValueError, struct.error, EOFError, OSError) as error:
        raise CodeFileError(name, "", f"cannot be unzipped: {error}") from error


def _limited(stream: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
    try:
        content = stream.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CodeFileError(name, "", f"cannot be unpacked: {error}") from error
    if len(content) > MOST_BYTES:
        raise CodeFileError(name, "", f"unpacks to more than {MOST_BYTES // 1024**2} MB")
    return content
