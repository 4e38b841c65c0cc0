"""Downloads the files of the code reference from their agencies, as `data/addresses.toml` names them."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from jobboard import __version__

SHIPPED: Final = Path(__file__).parent / "data" / "addresses.toml"
MOST_BYTES: Final = 256 * 1024 * 1024
SECONDS: Final = 60
_CHUNK: Final = 256 * 1024
_SCHEMES: Final = frozenset({"https", "http"})


class NotFetched(RuntimeError):
    """A file could not be downloaded, or there is no address of it; the message says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one file of a kind and edition is published."""

    kind: str
    edition: str
    url: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was downloaded: its size in bytes and its SHA-256 as hexadecimal digits."""

    path: Path
    url: str
    size: int
    sha256: str


def read_addresses(file: Path = SHIPPED) -> list[Address]:
    """The addresses in `file`, in its order. Raises NotFetched where it is no such file."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))["file"]
        addresses = [Address(str(one["kind"]), str(one["edition"]), str(one["url"])) for one in found]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise NotFetched(f"{file}: is no list of addresses: {problem}") from problem
    for address in addresses:
        if urlsplit(address.url).scheme not in _SCHEMES:
            raise NotFetched(f"{file}: {address.url}: only https and http are fetched")
    return addresses


def addresses_of(kind: str, edition: str | None, addresses: list[Address]) -> list[Address]:
    """The addresses of `kind` in one edition, the one that comes first where none is asked for. Raises NotFetched."""
    of_kind = [each for each in addresses if each.kind == kind]
    if not of_kind:
        raise NotFetched(f"no address of {kind} is known: download its file yourself, then import it")
    wanted = edition or of_kind[0].edition
    found = [each for each in of_kind if each.edition == wanted]
    if not found:
        known = ", ".join(dict.fromkeys(each.edition for each in of_kind))
        raise NotFetched(f"no address of {kind} {wanted} is known; there are {known}")
    return found


def fetch(address: Address, folder: Path, progress: Callable[[int], None] = lambda _: None) -> Fetched:
    """Download one file into `folder`; `progress` hears how many more bytes came.

    The file takes its name only once it is whole. Raises NotFetched.
    """
    name = Path(unquote(urlsplit(address.url).path)).name.replace(" ", "-")
    if not name or name.startswith("."):
        raise NotFetched(f"{address.url}: names no file")
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    asked = Request(address.url, headers={"User-Agent": f"jobboard/{__version__}"})  # noqa: S310
    try:
        with urlopen(asked, timeout=SECONDS) as answer, part.open("wb") as stream:  # noqa: S310
            size, sha256 = _stored(answer, stream, progress)
            announced = answer.headers.get("Content-Length")
        if announced is not None and announced.isdigit() and int(announced) != size:
            raise NotFetched(f"{address.url}: broke off after {size:,} of {int(announced):,} bytes")
        _refuse_a_page(part, address.url)
        os.replace(part, folder / name)
    except HTTPError as problem:
        problem.close()
        raise NotFetched(f"{address.url}: answered {problem.code} {problem.reason}") from problem
    except (URLError, TimeoutError, OSError) as problem:
        raise NotFetched(f"{address.url}: {getattr(problem, 'reason', problem)}") from problem
    finally:
        part.unlink(missing_ok=True)
    return Fetched(folder / name, address.url, size, sha256)


def _stored(answer: IO[bytes], stream: IO[bytes], progress: Callable[[int], None]) -> tuple[int, str]:
    sha, size = hashlib.sha256(), 0
    while chunk := answer.read(_CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise NotFetched(f"more than {MOST_BYTES // 1024**2} MB came; such a file is not taken")
        sha.update(chunk)
        stream.write(chunk)
        progress(len(chunk))
    return size, sha.hexdigest()


def _refuse_a_page(path: Path, url: str) -> None:
    """An agency that moved a file, or wants a licence accepted first, answers with a page."""
    with path.open("rb") as stream:
        start = stream.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise NotFetched(f"{url}: answered with a page, not with a file; look at it in a browser")
