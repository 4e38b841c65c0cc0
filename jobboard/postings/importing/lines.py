"""JSON Lines from a file, gzipped or not, one line in memory at a time."""

from __future__ import annotations

import gzip
import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, cast

from jobboard.postings.importing.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_LINE: Final = 4 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    """A line that is not blank. `number` counts from 1; `position` is how far the file is read, in bytes as stored."""

    number: int
    raw: bytes
    position: int
    problem: str = ""

    def value(self) -> Any:
        """The JSON value; `Refused` says why there is none."""
        if self.problem:
            raise Refused("", self.problem)
        try:
            return json.loads(self.raw.decode("utf-8"), parse_constant=_no_number)
        except UnicodeDecodeError:
            raise Refused("", "is not text in UTF-8") from None
        except RecursionError:
            raise Refused("", "is nested too deeply") from None
        except ValueError as problem:
            raise Refused("", f"is not JSON ({_in_short(problem)})") from None


def lines(file: Path) -> Iterator[Line]:
    """Every line that is not blank. One that is too long, and a place where the file breaks off, carry a `problem`."""
    with _opened(file) as (stream, stored):
        number = 0
        while True:
            number += 1
            try:
                raw = stream.readline(LONGEST_LINE + 1)
                whole = len(raw) <= LONGEST_LINE or _skip_rest(stream, raw)
            except (EOFError, OSError, zlib.error) as problem:
                yield Line(number, b"", stored.tell(), f"the file breaks off here ({problem})")
                return
            if not raw:
                return
            if number == 1:
                raw = raw.removeprefix(_BOM)
            if not whole:
                too_long = f"is longer than {LONGEST_LINE // 1024 // 1024} MB"
                yield Line(number, b"", stored.tell(), too_long)
            elif raw.strip():
                yield Line(number, raw, stored.tell())


@contextmanager
def _opened(file: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    with file.open("rb") as stored:
        packed = stored.read(len(_GZIP)) == _GZIP
        stored.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=stored) as unpacked:
                yield cast("IO[bytes]", unpacked), stored
        else:
            yield stored, stored


def _skip_rest(stream: IO[bytes], raw: bytes) -> bool:
    # A line of exactly the greatest length ends with the byte read beyond it.
    if raw.endswith(b"\n"):
        return len(raw) == LONGEST_LINE + 1
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(LONGEST_LINE)
    return False


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _in_short(problem: ValueError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg}, column {problem.colno}"
    return str(problem)[:100]
