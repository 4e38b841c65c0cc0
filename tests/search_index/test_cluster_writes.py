"""What only a cluster can do to a write, caused on real servers."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from search_index import Document, Index, MissingIndex, Outcome, Query, State, Unavailable, connect
from search_index.cluster import bulk
from search_index.cluster.bulk import Line
from tests.engines import Place, call
from tests.search_index.conftest import found
from tests.search_index.corpus import SCHEMA


def doc(number: int, version: int = 1, title: str = "Coder") -> Document:
    return Document(str(number), version, {"title": title})


def opened(cluster: Place) -> Index:
    """A writer of an index that is there and empty."""
    index = connect(cluster.url, access=cluster.access).open(SCHEMA, write=True)
    index.swap(index.begin_rebuild())
    return index


def indexes(cluster: Place) -> list[str]:
    return list(call(cluster.url, "GET", f"/{cluster.access.prefix}*/_mapping"))


def test_the_mapping_is_strict_and_tells_its_schema(cluster: Place) -> None:
    opened(cluster)
    (told,) = call(cluster.url, "GET", f"/{cluster.access.prefix}postings/_mapping").values()
    mappings: Any = told["mappings"]  # type: ignore[index]
    assert mappings["dynamic"] == "strict"
    assert SCHEMA.fingerprint in mappings["_meta"]["fingerprint"]
    assert mappings["properties"]["title"] == {"type": "text", "analyzer": "whitespace"}


def test_two_writers_at_once_are_settled_by_their_versions(cluster: Place) -> None:
    one, other = opened(cluster), connect(cluster.url, access=cluster.access).open(SCHEMA, write=True)
    assert one.write([doc(1, 2, "Slow"), doc(2, 2, "Slow")])[0].outcome is Outcome.WRITTEN
    other.write([doc(1, 3, "Quick"), doc(2, 1, "Quick")])
    assert other.commit() == []
    (late,) = one.commit()
    assert (late.id, late.version, late.outcome) == ("1", 2, Outcome.OLDER)
    assert dict(one.ids_and_versions()) == {"1": 3, "2": 2}
    assert found(one, Query("quick")) == [1]


def test_many_documents_go_in_several_calls(cluster: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST_BYTES", 2_000)
    index = opened(cluster)
    outcomes = index.write([doc(number) for number in range(200)])
    assert {one.outcome for one in outcomes} == {Outcome.WRITTEN}
    assert index.commit() == []
    assert index.count() == 200


def test_what_the_server_itself_refuses_is_told_with_its_reason_and_the_others_go_on(cluster: Place) -> None:
    index = opened(cluster)
    bad = Document("𝔸" * 200, 1, {"title": "Coder"})
    outcomes = index.write([doc(1), bad, Document("ü" * 200, 1, {"title": "Coder"}), doc(2)])
    late = index.commit()
    assert [one.outcome for one in outcomes] == [Outcome.WRITTEN] * 4
    assert [(one.id, one.outcome) for one in late] == [(bad.id, Outcome.REFUSED)]
    assert "512" in late[0].error
    assert index.count() == 3


def test_a_full_disk_stops_writing_until_there_is_room(cluster: Place) -> None:
    index = opened(cluster)
    index.write([doc(1)])
    index.commit()
    # What a cluster does to its indexes when a disk is nearly full.
    block = {"index.blocks.read_only_allow_delete": True}
    call(cluster.url, "PUT", f"/{cluster.access.prefix}postings/_settings", block)
    index.write([doc(2)])
    with pytest.raises(Unavailable, match="takes no writes"):
        index.commit()
    assert found(index, Query("coder")) == [1]
    block = {"index.blocks.read_only_allow_delete": None}  # type: ignore[dict-item]
    call(cluster.url, "PUT", f"/{cluster.access.prefix}postings/_settings", block)
    assert index.commit() == []
    assert index.count() == 1, "what was written before the failure has to be written again"
    index.write([doc(2)])
    index.commit()
    assert index.count() == 2


def test_a_write_that_comes_too_late_makes_no_index_of_its_own(cluster: Place) -> None:
    index = opened(cluster)
    build = index.begin_rebuild()
    index.abandon(build)
    with pytest.raises(MissingIndex):
        build.write([doc(1)])
    (searched,) = indexes(cluster)
    index.write([doc(1)])
    call(cluster.url, "DELETE", f"/{searched}")
    with pytest.raises(MissingIndex):
        index.commit()
    assert index.state() is State.MISSING
    assert indexes(cluster) == []


def test_a_rebuild_removes_what_an_unfinished_one_left_and_nothing_else(cluster: Place) -> None:
    index = opened(cluster)
    foreign = f"{cluster.access.prefix}postings-of-another"
    call(cluster.url, "PUT", f"/{foreign}")
    left = index.begin_rebuild()
    left.write([doc(1)])
    assert len(indexes(cluster)) == 3
    index.swap(index.begin_rebuild())
    remaining = indexes(cluster)
    assert foreign in remaining
    assert len(remaining) == 2
    call(cluster.url, "DELETE", f"/{foreign}")


def test_searches_never_fail_nor_see_half_a_rebuild_while_it_is_swapped_in(cluster: Place) -> None:
    index = opened(cluster)
    index.write([doc(number) for number in range(50)])
    index.commit()
    stop, seen, problems = threading.Event(), set[int](), list[Exception]()

    def read() -> None:
        reader = connect(cluster.url, access=cluster.access).open(SCHEMA)
        while not stop.is_set():
            try:
                seen.add(reader.search(Query("coder")).total)
            except Unavailable as problem:
                problems.append(problem)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(8):
            build = index.begin_rebuild()
            build.write(doc(number) for number in range(25))
            build.commit()
            build.write(doc(number) for number in range(25, 50))
            index.swap(build)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert problems == []
    assert seen == {50}


def test_an_index_that_is_not_ours_under_our_name_is_broken(cluster: Place) -> None:
    call(cluster.url, "PUT", f"/{cluster.access.prefix}postings")
    index = connect(cluster.url, access=cluster.access).open(SCHEMA)
    assert index.state() is State.BROKEN


def test_a_call_that_is_too_large_is_halved_until_it_fits() -> None:
    from search_index.cluster.failures import Refusal

    class Narrow:
        """A way to the cluster that takes no more than two documents at a time, and none of 90 bytes."""

        def call(self, _method: str, _path: str, body: bytes, **_: str) -> dict[str, Any]:
            if body.count(b"\n") > 4 or len(body) > 170:
                raise Refusal(413, "too large")
            return {"items": [{"index": {"status": 201}}] * (body.count(b"\n") // 2)}

    lines = [Line(str(number), 1, b"{}") for number in range(5)]
    lines[3] = Line("3", 1, b'"' + b"x" * 120 + b'"')
    told = bulk.send(Narrow(), "x", lines)  # type: ignore[arg-type]
    assert [one.outcome for one in told] == [Outcome.WRITTEN] * 3 + [Outcome.REFUSED, Outcome.WRITTEN]
    assert "too large" in told[3].error


def test_what_is_put_off_is_sent_again_and_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.001)

    class Busy:
        """A cluster that puts off one of two documents `times` times."""

        def __init__(self, times: int) -> None:
            self.times, self.bodies = times, 0

        def call(self, _method: str, _path: str, body: bytes, **_: str) -> dict[str, Any]:
            self.bodies += 1
            statuses = [201] * (body.count(b"\n") // 2)
            if self.bodies <= self.times:
                statuses[-1] = 429
            return {
                "items": [{"index": {"status": status, "error": {"type": "busy"}}} for status in statuses]
            }

    lines = [Line("1", 1, b"{}"), Line("2", 1, b"{}")]
    told = bulk.send(Busy(2), "x", lines)  # type: ignore[arg-type]
    assert [one.outcome for one in told] == [Outcome.WRITTEN] * 2
    with pytest.raises(Unavailable, match="stays overloaded"):
        bulk.send(Busy(100), "x", lines)  # type: ignore[arg-type]
