"""What only the embedded engine has: a folder, a lock, other processes, forks, damage."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from search_index import (
    Document,
    Facet,
    Index,
    Integer,
    Keyword,
    Locked,
    MissingIndex,
    Query,
    Schema,
    State,
    Text,
    Unavailable,
    connect,
)

SCHEMA = Schema("postings", (Text("title"), Keyword("state"), Integer("posted")), posted="posted")
ROOT = str(Path(__file__).parents[2])


def doc(number: int, title: str = "Coder", version: int = 1) -> Document:
    return Document(str(number), version, {"title": title, "state": "TX", "posted": number})


def built(folder: Path, *documents: Document) -> None:
    with connect(f"embedded:{folder}").open(SCHEMA, write=True) as index:
        build = index.begin_rebuild()
        build.write(documents)
        index.swap(build)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "waited ten seconds in vain"
        time.sleep(0.01)


OTHER_PROCESS = """
import sys
from search_index import *
schema = Schema("postings", (Text("title"), Keyword("state"), Integer("posted")), posted="posted")
with connect("embedded:" + sys.argv[1]).open(schema, write=True) as index:
    print("open", flush=True)
    for line in sys.stdin:
        word, number = line.split()
        if word == "write":
            index.write([Document(number, 1, {"title": "Coder", "state": "TX", "posted": 1})])
            index.commit()
        if word == "rebuild":
            build = index.begin_rebuild()
            build.write([Document(number, 1, {"title": "Coder", "state": "TX", "posted": 1})])
            index.swap(build)
        print("done", flush=True)
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """Another process that holds the writer; `do` has it write or rebuild and waits until it has."""
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin
        assert process.stdout
        sent, told = process.stdin, process.stdout
        assert told.readline() == "open\n"

        def do(word: str, number: int) -> None:
            sent.write(f"{word} {number}\n")
            sent.flush()
            assert told.readline() == "done\n"

        yield SimpleNamespace(do=do, pid=process.pid, kill=process.kill, wait=process.wait)
        process.kill()


@pytest.mark.parametrize("url", ["", "postings", "ftp://host", "embedded:relative/folder", "embedded:"])
def test_a_url_no_engine_understands_is_refused_by_name(url: str) -> None:
    with pytest.raises(ValueError, match="search URL"):
        connect(url)


def test_connecting_and_reading_touch_nothing(tmp_path: Path) -> None:
    index = connect(f"embedded:{tmp_path}/indexes").open(SCHEMA)
    with pytest.raises(MissingIndex):
        index.search(Query("coder"))
    assert not (tmp_path / "indexes").exists()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    engine = connect(f"embedded:{tmp_path}")
    with engine.open(SCHEMA, write=True):
        with pytest.raises(Locked, match=f"process {os.getpid()}"):
            engine.open(SCHEMA, write=True)
        assert engine.open(SCHEMA).state() is State.MISSING
    engine.open(SCHEMA, write=True).close()


def test_the_lock_names_another_process_and_ends_with_it(tmp_path: Path, other: SimpleNamespace) -> None:
    engine = connect(f"embedded:{tmp_path}")
    with pytest.raises(Locked, match=f"process {other.pid}"):
        engine.open(SCHEMA, write=True)
    other.kill()
    other.wait()
    engine.open(SCHEMA, write=True).close()


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    index = connect(f"embedded:{tmp_path}").open(SCHEMA, write=True)
    index.close()
    index.close()
    with pytest.raises(RuntimeError):
        index.begin_rebuild()


def test_what_was_committed_is_there_after_reopening(tmp_path: Path) -> None:
    built(tmp_path, doc(1), doc(2))
    with connect(f"embedded:{tmp_path}").open(SCHEMA, write=True) as index:
        assert index.search(Query("coder")).ids == ("2", "1")
        index.write([doc(3)])
        index.commit()
    assert connect(f"embedded:{tmp_path}").open(SCHEMA).search(Query("coder")).ids == ("3", "2", "1")


def test_a_commit_and_a_swap_by_another_process_are_seen(tmp_path: Path, other: SimpleNamespace) -> None:
    reader = connect(f"embedded:{tmp_path}").open(SCHEMA)
    assert reader.state() is State.MISSING
    other.do("rebuild", 1)
    until(lambda: reader.state() is State.READY and reader.search(Query("coder")).ids == ("1",))
    other.do("write", 2)
    until(lambda: reader.search(Query("coder")).ids == ("2", "1"))
    other.do("rebuild", 3)
    until(lambda: reader.search(Query("coder")).ids == ("3",))


def test_a_writer_killed_before_its_commit_leaves_the_last_one(tmp_path: Path) -> None:
    built(tmp_path, doc(1))
    program = (
        "import os, sys; from search_index import *; from tests.search_index.test_embedded_engine import *\n"
        "index = connect('embedded:' + sys.argv[1]).open(SCHEMA, write=True)\n"
        "index.write([doc(2)]); index.begin_rebuild().write([doc(3)]); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert ended.returncode == -9
    with connect(f"embedded:{tmp_path}").open(SCHEMA, write=True) as index:
        assert index.search(Query()).ids == ("1",)
        index.write([doc(4)])
        index.commit()
        assert index.search(Query()).ids == ("4", "1")


def test_a_leftover_build_is_removed_by_the_next(tmp_path: Path) -> None:
    built(tmp_path, doc(1))
    builds = tmp_path / "postings" / "builds"
    with connect(f"embedded:{tmp_path}").open(SCHEMA, write=True) as index:
        index.begin_rebuild().write([doc(2)])
    assert len(list(builds.iterdir())) == 2
    with connect(f"embedded:{tmp_path}").open(SCHEMA, write=True) as index:
        build = index.begin_rebuild()
        assert len(list(builds.iterdir())) == 2
        index.swap(build)
        assert len(list(builds.iterdir())) == 1


def test_readers_never_fail_nor_see_half_a_rebuild_while_it_is_swapped_in(tmp_path: Path) -> None:
    built(tmp_path, *(doc(number) for number in range(50)))
    reader = connect(f"embedded:{tmp_path}").open(SCHEMA)
    stop, seen = threading.Event(), set[int]()

    def read() -> None:
        while not stop.is_set():
            seen.add(reader.search(Query("coder", facets=(Facet("state", "state"),))).total)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        with connect(f"embedded:{tmp_path}").open(SCHEMA, write=True) as index:
            for _ in range(10):
                build = index.begin_rebuild()
                build.write(doc(number) for number in range(25))
                build.commit()
                build.write(doc(number) for number in range(25, 50))
                index.swap(build)
    finally:
        stop.set()
        thread.join()
    assert seen == {50}


def _search_in_child(index: Index, answers: multiprocessing.Queue[tuple[str, ...]]) -> None:
    answers.put(index.search(Query("coder")).ids)


def test_an_index_opened_before_a_fork_works_in_the_child(tmp_path: Path) -> None:
    built(tmp_path, doc(1))
    index = connect(f"embedded:{tmp_path}").open(SCHEMA)
    assert index.search(Query("coder")).ids == ("1",)
    fork = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[tuple[str, ...]] = fork.Queue()
    child = fork.Process(target=_search_in_child, args=(index, answers))
    child.start()
    assert answers.get(timeout=10) == ("1",)
    child.join()


def _gone(index: Path, build: Path) -> None:
    shutil.rmtree(index)


def _pointer_to_nowhere(index: Path, build: Path) -> None:
    (index / "current").write_text("0" * 32)


def _pointer_outside(index: Path, build: Path) -> None:
    (index / "current").write_text("../..")


def _pointer_garbled(index: Path, build: Path) -> None:
    (index / "current").write_bytes(b"\xff\xfe")


def _build_gone(index: Path, build: Path) -> None:
    shutil.rmtree(build)


def _facts_garbled(index: Path, build: Path) -> None:
    (build / "build.json").write_text("{")


def _meta_garbled(index: Path, build: Path) -> None:
    (build / "meta.json").write_text("{}")


def _meta_gone(index: Path, build: Path) -> None:
    (build / "meta.json").unlink()


def _segments_gone(index: Path, build: Path) -> None:
    for file in build.glob("*.*"):
        if not file.name.endswith(".json"):
            file.unlink()


def _segments_cut(index: Path, build: Path) -> None:
    for file in build.glob("*.idx"):
        file.write_bytes(file.read_bytes()[:10])


DAMAGE = [
    _gone,
    _pointer_to_nowhere,
    _pointer_outside,
    _pointer_garbled,
    _build_gone,
    _facts_garbled,
    _meta_garbled,
    _meta_gone,
    _segments_gone,
    _segments_cut,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=[one.__name__.strip("_") for one in DAMAGE])
def test_a_damaged_index_is_unavailable_until_it_is_rebuilt(
    tmp_path: Path, damage: Callable[[Path, Path], None]
) -> None:
    built(tmp_path, doc(1))
    folder = tmp_path / "postings"
    damage(folder, next((folder / "builds").iterdir()))
    engine = connect(f"embedded:{tmp_path}")
    reader = engine.open(SCHEMA)
    for ask in (lambda: reader.search(Query("coder")), reader.count, lambda: list(reader.ids_and_versions())):
        with pytest.raises(Unavailable):
            ask()
    assert reader.state() in (State.BROKEN, State.MISSING)
    with engine.open(SCHEMA, write=True) as index:
        with pytest.raises(Unavailable):
            index.write([doc(2)])
        build = index.begin_rebuild()
        build.write([doc(3)])
        index.swap(build)
    assert reader.search(Query("coder")).ids == ("3",)


def test_a_file_where_the_folder_should_be_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "indexes").write_text("not a folder")
    engine = connect(f"embedded:{tmp_path}/indexes")
    assert engine.open(SCHEMA).state() is State.BROKEN
    with pytest.raises(Unavailable, match="postings"):
        engine.open(SCHEMA, write=True)


def test_two_indexes_share_a_folder_without_meeting(tmp_path: Path) -> None:
    engine = connect(f"embedded:{tmp_path}")
    other = Schema("codes", (Text("title"),))
    with engine.open(SCHEMA, write=True) as postings, engine.open(other, write=True) as codes:
        for index in (postings, codes):
            index.swap(index.begin_rebuild())
        postings.write([doc(1)])
        postings.commit()
        assert (postings.count(), codes.count()) == (1, 0)
