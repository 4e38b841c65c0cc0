"""Published files are opened in every packing, and refused in words."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from jobboard.codes.readers import opening
from jobboard.codes.readers.opening import Source, SourceError, only_source, sources_in
from jobboard.codes.readers.tables import header_of, rows_of

TEXT = "code,name\r\nA00,Ménière\r\n"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_every_packing_and_encoding_gives_the_same_lines(tmp_path: Path, encoding: str, packing: str) -> None:
    path, content = tmp_path / "list.bin", TEXT.encode(encoding)
    if packing == "zip":
        zipped(path, {"folder/": b"", "list.csv": content, "readme.pdf": b"%PDF"})
    else:
        path.write_bytes(gzip.compress(content) if packing == "gzip" else content)
    source = only_source(path, lambda name: name.endswith(".csv"))
    assert list(source.lines()) == [(1, "code,name"), (2, "A00,Ménière")]
    assert source.start(4) == content[:4]
    assert [row.fields for row in rows_of(source, ["code"])] == [{"code": "A00", "name": "Ménière"}]


def test_none_or_two_members_are_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "two.zip", {"a.txt": b"a", "b.txt": b"b"})
    assert [each.name for each in sources_in(path)] == ["two.zip/a.txt", "two.zip/b.txt"]
    with pytest.raises(SourceError, match=r"^two.zip: one file .* found a.txt, b.txt"):
        only_source(path)
    with pytest.raises(SourceError, match="found none"):
        only_source(path, lambda name: False)


@pytest.mark.parametrize("packing", ["gzip", "zip"])
def test_a_bomb_is_refused_while_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str
) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 1024**2)
    path, content = tmp_path / "bomb", b"0" * 3 * 1024**2
    if packing == "zip":
        zipped(path, {"bomb.txt": content})
    else:
        path.write_bytes(gzip.compress(content))
    with pytest.raises(SourceError, match="unpacks to more than 1 MB"):
        only_source(path).content()


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(TEXT.encode())
    (tmp_path / "cut.gz").write_bytes(whole[:-9])
    with pytest.raises(SourceError, match=r"^cut.gz: cannot be unpacked"):
        only_source(tmp_path / "cut.gz").content()
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(SourceError, match=r"^cut.zip: cannot be unzipped"):
        sources_in(tmp_path / "cut.zip")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"code,name\nA,b\0", "x.csv, line 2: is not text"),
        (b"code,name\nA,\x81\xff", "x.csv, line 2: is text neither"),
        (b"code,name\nA," + b"b" * 300_000, "x.csv, line 2: is longer"),
        (b"name\nA", "x.csv, line 1: the header lacks the columns code"),
        (b"code,code\nA,B", "x.csv, line 1: the header names a column twice"),
        (b"code,name\nA,B\n\nA", "x.csv, line 4: has 1 fields where the header names 2"),
        (b'code,name\n"A,B\n', "x.csv, line 2: is not CSV"),
        (b"", "x.csv, line 1: the header lacks"),
    ],
)
def test_a_bad_line_is_named(content: bytes, problem: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(rows_of(Source.of_bytes("x.csv", content), ["code"]))
    assert str(refused.value).startswith(problem)


def test_a_header_is_told_alone() -> None:
    assert header_of(Source.of_bytes("x.csv", b"\xef\xbb\xbfa, b\n1,2,3")) == ("a", "b")
    assert header_of(Source.of_bytes("x.csv", b"")) == ()
