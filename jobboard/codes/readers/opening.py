"""Opens a published file, plain, gzipped or in a zip, as bytes or as numbered lines of text.

Nothing is unpacked as a whole: bytes come in pieces, and what unpacks to more than `MOST_BYTES` is refused.
"""

from __future__ import annotations

import codecs
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from jobboard.codes.records import CodeFileError

MOST_BYTES: Final = 256 * 1024 * 1024
"""A file that unpacks to more is refused; the largest official one has some 40 MB."""

LONGEST_LINE: Final = 256 * 1024
MOST_MEMBERS: Final = 2000
_PIECE: Final = 64 * 1024
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, struct.error, EOFError, OSError)


class SourceError(CodeFileError):
    """A published file that was refused; the message names the file, the line and the problem."""

    def __init__(self, file: str, line: int, message: str) -> None:
        """`line` counts from 1 (in a workbook rows, in a PDF pages); 0 means the file as a whole."""
        super().__init__(file, f"line {line}" if line else "", message)
        self.line = line


class Stream(Protocol):
    """What is read of an open file."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""

    def close(self) -> None:
        """Give the file back."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file or one member of an archive: its name for messages, and how to open it, as often as wished."""

    name: str
    opens: Callable[[], Stream]

    @classmethod
    def of_bytes(cls, name: str, content: bytes) -> Source:
        """A source of what is in memory already."""
        return cls(name, partial(io.BytesIO, content))

    def pieces(self) -> Generator[bytes, None, None]:
        """The content in pieces of at most 64 KiB. Raises SourceError when it cannot be unpacked or is too large."""
        read = 0
        try:
            with closing(self.opens()) as stream:
                while piece := stream.read(_PIECE):
                    read += len(piece)
                    if read > MOST_BYTES:
                        raise SourceError(self.name, 0, f"unpacks to more than {MOST_BYTES // 1024**2} MB")
                    yield piece
        except CodeFileError:
            raise
        except _ZIP_ERRORS as error:
            raise SourceError(self.name, 0, f"cannot be unpacked: {error}") from error

    def content(self) -> bytes:
        """The whole content, for files that must be in memory at once."""
        return b"".join(self.pieces())

    def start(self, length: int = 4096) -> bytes:
        """The first bytes, by which a file is told."""
        found = b""
        with closing(self.pieces()) as pieces:
            for piece in pieces:
                found += piece
                if len(found) >= length:
                    break
        return found[:length]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Numbered lines without their ends, in UTF-8 (with or without a mark), else in Windows-1252.

        Raises SourceError for a line that is no text in either, holds NUL or is too long to be one.
        """
        decode = _decoder(self.pieces())
        number, rest = 0, b""
        for piece in self.pieces():
            *whole, rest = (rest + piece).split(b"\n")
            for line in whole:
                number += 1
                yield number, self._text(line, number, decode)
            if len(rest) > LONGEST_LINE:
                raise SourceError(self.name, number + 1, "is longer than any line of such a file")
        if rest.rstrip(b"\x1a"):
            yield number + 1, self._text(rest.rstrip(b"\x1a"), number + 1, decode)

    def _text(self, line: bytes, number: int, encoding: str) -> str:
        if len(line) > LONGEST_LINE:
            raise SourceError(self.name, number, "is longer than any line of such a file")
        if b"\0" in line:
            raise SourceError(self.name, number, "is not text: it holds NUL")
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError as error:
            raise SourceError(self.name, number, "is text neither in UTF-8 nor in Windows-1252") from error
        return (text.removeprefix("\ufeff") if number == 1 else text).rstrip("\r")


def sources_in(path: Path, wanted: Callable[[str], bool] = lambda _: True) -> list[Source]:
    """The file at `path`, or the members of the zip there whose names are `wanted`, in the archive's order.

    A workbook is a zip too and counts as one file. Raises SourceError, and OSError when `path` cannot be opened.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(b"\x1f\x8b"):
        return [Source(path.name, partial(gzip.GzipFile, path))]
    if not start.startswith(b"PK"):
        return [Source(path.name, partial(_opened, path))]
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _ZIP_ERRORS as error:
        raise SourceError(path.name, 0, f"cannot be unzipped: {error}") from error
    if "[Content_Types].xml" in names:
        return [Source(path.name, partial(_opened, path))]
    if len(names) > MOST_MEMBERS:
        raise SourceError(path.name, 0, f"holds more than {MOST_MEMBERS} files")
    return [
        Source(f"{path.name}/{name}", partial(_Member, path, name))
        for name in dict.fromkeys(names)
        if not name.endswith("/") and wanted(name)
    ]


def only_source(path: Path, wanted: Callable[[str], bool] = lambda _: True) -> Source:
    """The one file at `path` or in the zip there. Raises SourceError where none or several are `wanted`."""
    found = sources_in(path, wanted)
    if len(found) != 1:
        told = ", ".join(each.name.rpartition("/")[2] for each in found[:5]) or "none"
        raise SourceError(path.name, 0, f"one file of this kind expected inside, found {told}")
    return found[0]


def _opened(path: Path) -> Stream:
    return path.open("rb")


class _Member:
    """A member of a zip as a stream that closes its archive with itself."""

    def __init__(self, path: Path, name: str) -> None:
        self._archive = zipfile.ZipFile(path)
        try:
            self._stream = self._archive.open(name)
        except BaseException:
            self._archive.close()
            raise

    def read(self, size: int, /) -> bytes:
        return self._stream.read(size)

    def close(self) -> None:
        self._stream.close()
        self._archive.close()


def _decoder(pieces: Iterator[bytes]) -> str:
    """The encoding that the whole content is in: a few files of the agencies are in Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces:
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
