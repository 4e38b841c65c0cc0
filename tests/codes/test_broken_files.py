"""Whatever a code file or an article holds, it is read or refused in words; nothing else happens."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobboard.codes.articles import Article, read_article
from jobboard.codes.icd10cm_order import read_order
from jobboard.codes.icd10cm_source import read_file
from jobboard.codes.icd10cm_tabular import read_tabular
from jobboard.codes.records import CodeFileError, EditionFile

LINES = (
    f"00001 A00     0 {'Cholera':60} Cholera\n00002 A000    1 {'Classical':60} Classical cholera\n".encode()
)
XML = (
    b"<ICD10CM.tabular><version>2026</version><chapter><name>1</name><desc>Infections (A00-B99)</desc>"
    b"<section id='A00-A09'><desc>Intestinal (A00-A09)</desc><diag><name>A00</name><desc>Cholera</desc>"
    b"<sevenChrDef><extension char='A'>initial</extension></sevenChrDef></diag></section></chapter>"
    b"</ICD10CM.tabular>"
)
ARTICLE = (
    b'+++\nsystem = "cpt"\ncode = "77003"\ntitle = "T"\nsummary = "S"\nreviewed = 2026-01-02\n+++\n\nText\n'
)


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` with a few bytes changed, cut out or put in."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 6))
        content[place : place + length] = draw(st.binary(max_size=4))
    return bytes(content)


def outcome(read: Callable[[], EditionFile | Article]) -> EditionFile | Article | str:
    """What `read` returns, or the words with which it refused; any other exception is a failure of the test."""
    try:
        return read()
    except CodeFileError as refused:
        return str(refused)


def is_good(result: EditionFile | Article | str, file: str) -> bool:
    if isinstance(result, str):
        return result.startswith(file)
    if isinstance(result, Article):
        return bool(result.code and all(each.text.strip() for each in result.sections))
    return all(record.code and record.long for record in result.records)


@settings(max_examples=200, deadline=None)
@given(damaged(LINES))
def test_a_damaged_order_file_is_read_or_refused(content: bytes) -> None:
    result = outcome(lambda: read_order(content.splitlines(), "order.txt", "2026"))
    assert is_good(result, "order.txt")


@settings(max_examples=200, deadline=None)
@given(damaged(XML))
def test_a_damaged_tabular_list_is_read_or_refused(content: bytes) -> None:
    assert is_good(outcome(lambda: read_tabular(io.BytesIO(content), "list.xml")), "list.xml")


@settings(max_examples=200, deadline=None)
@given(damaged(ARTICLE))
def test_a_damaged_article_is_read_or_refused(content: bytes) -> None:
    assert is_good(outcome(lambda: read_article(content, "article.md")), "article.md")


def packed() -> list[bytes]:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("icd10cm_order_2026.txt", LINES)
    return [gzip.compress(LINES), into.getvalue()]


@pytest.mark.parametrize("whole", packed(), ids=["gzip", "zip"])
def test_a_damaged_archive_is_read_or_refused(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(7)
    path = tmp_path / "icd10cm_order_2026.bin"
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content[: chance.randint(1, len(content))] if chance.random() < 0.3 else content)
        assert is_good(outcome(lambda: read_file(path)), path.name)
