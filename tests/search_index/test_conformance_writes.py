"""Every engine keeps versions, visibility and rebuilds alike. Knows the promise only, no engine."""

from __future__ import annotations

from typing import Any

import pytest

from search_index import (
    Deletion,
    Document,
    Engine,
    Index,
    Keyword,
    MissingIndex,
    Outcome,
    Query,
    Schema,
    StaleSchema,
    State,
    Text,
    Unavailable,
)
from tests.search_index.conftest import found
from tests.search_index.corpus import SCHEMA


def doc(number: int | str, version: int, title: str = "Coder", **fields: Any) -> Document:
    return Document(str(number), version, {"title": title, **fields})


def outcomes(index: Index, *changes: Document | Deletion) -> list[Outcome]:
    documents = [one for one in changes if isinstance(one, Document)]
    deletions = [one for one in changes if isinstance(one, Deletion)]
    return [one.outcome for one in index.write(documents, deletions)]


def held(index: Index) -> list[tuple[str, int]]:
    return list(index.ids_and_versions())


W, O, R = Outcome.WRITTEN, Outcome.OLDER, Outcome.REFUSED  # noqa: E741


def test_nothing_is_visible_before_the_commit(writer: Index, engine: Engine) -> None:
    reader = engine.open(SCHEMA)
    assert outcomes(writer, doc(1, 1)) == [W]
    assert reader.search(Query("coder")).total == 0
    writer.commit()
    assert reader.search(Query("coder")).ids == ("1",)
    assert writer.search(Query("coder")).ids == ("1",)


def test_a_newer_version_replaces_and_an_older_one_never_does(writer: Index) -> None:
    outcomes(writer, doc(1, 5, "Auditor"))
    writer.commit()
    assert outcomes(writer, doc(1, 4, "Coder")) == [O]
    assert outcomes(writer, doc(1, 6, "Educator")) == [W]
    assert outcomes(writer, doc(1, 5, "Coder")) == [O]
    writer.commit()
    assert held(writer) == [("1", 6)]
    assert found(writer, Query("educator")) == [1]
    assert found(writer, Query("auditor OR coder")) == []


def test_versions_hold_within_one_uncommitted_batch(writer: Index) -> None:
    assert outcomes(writer, doc(1, 2, "Auditor"), doc(1, 1, "Coder"), doc(1, 3, "Educator")) == [W, O, W]
    writer.commit()
    assert held(writer) == [("1", 3)]
    assert writer.count() == 1


def test_an_equal_version_is_written_again(writer: Index) -> None:
    outcomes(writer, doc(1, 2, "Auditor"))
    writer.commit()
    assert outcomes(writer, doc(1, 2, "Coder")) == [W]
    writer.commit()
    assert found(writer, Query("coder")) == [1]
    assert writer.count() == 1


def test_a_deletion_carries_a_version_too(writer: Index) -> None:
    outcomes(writer, doc(1, 5), doc(2, 5))
    writer.commit()
    assert outcomes(writer, Deletion("1", 4), Deletion("2", 6), Deletion("3", 1)) == [O, W, W]
    writer.commit()
    assert held(writer) == [("1", 5)]
    assert found(writer, Query("coder")) == [1]
    assert writer.search(Query("-auditor")).total == writer.search(Query()).total == writer.count() == 1


def test_an_older_write_never_brings_a_deleted_thing_back(writer: Index) -> None:
    outcomes(writer, doc(1, 5))
    outcomes(writer, Deletion("1", 6))
    assert outcomes(writer, doc(1, 5)) == [O]
    writer.commit()
    assert outcomes(writer, doc(1, 5)) == [O]
    assert outcomes(writer, doc(1, 7)) == [W]
    writer.commit()
    assert held(writer) == [("1", 7)]


def test_one_refused_document_keeps_no_other_from_being_written(writer: Index) -> None:
    written = writer.write(
        [
            doc(1, 1),
            doc(2, 1, salary="high"),
            doc(3, 1, pay="high"),
            doc(4, 1, pay=True),
            doc(5, 1, pay=2**63),
            doc(6, 1, state=[""]),
            doc(7, 1, state="T\x1fX"),
            doc(8, 1, codes=["E11.9"]),
            doc(9, 1, codes="E11.9"),
            doc(10, 1, body=7),
            doc(11, 1, body=["a", 7]),
            doc("", 1),
            doc(12, -1),
            doc(13, 1),
        ]
    )
    assert [one.outcome for one in written] == [W, *[R] * 12, W]
    named = [
        "salary",
        "pay",
        "pay",
        "pay",
        "state",
        "state",
        "codes",
        "codes",
        "body",
        "body",
        "id",
        "version",
    ]
    assert [one.error.split(":")[0] for one in written[1:13]] == named
    writer.commit()
    assert held(writer) == [("1", 1), ("13", 1)]


def test_empty_fields_and_odd_texts_are_taken(writer: Index) -> None:
    odd = doc(1, 1, "", body="\ud800 \x00 coder " + "x" * 5000, state=None, codes=[], pay=0, place=[])
    assert outcomes(writer, odd, Document("2", 0)) == [W, W]
    writer.commit()
    assert found(writer, Query("coder")) == [1]
    assert held(writer) == [("1", 1), ("2", 0)]


def test_ids_stream_by_number_and_then_by_text(writer: Index) -> None:
    names = ["10", "9", "007", "b-2", "1000000007", "a/ü", "0", "123456789012345678901234567890"]
    writer.write([doc(name, nth) for nth, name in enumerate(names)])
    writer.commit()
    assert [name for name, _ in writer.ids_and_versions()] == [
        "0",
        "9",
        "10",
        "1000000007",
        "007",
        "123456789012345678901234567890",
        "a/ü",
        "b-2",
    ]
    assert dict(writer.ids_and_versions()) == {name: nth for nth, name in enumerate(names)}
    assert set(writer.search(Query("coder")).ids) == set(names)


def test_equal_rows_fall_by_number_however_large_and_then_by_text(writer: Index) -> None:
    names = ["2", "10", "3000000000", "3000000001", "x1", "x2"]
    writer.write([doc(name, 1, posted=1000) for name in names])
    writer.commit()
    expected = ("3000000001", "3000000000", "10", "2", "x2", "x1")
    assert writer.search(Query()).ids == expected
    assert writer.search(Query("coder")).ids == expected
    for size in (1, 2, 4):
        pages = [writer.search(Query(size=size, page=page)).ids for page in range(1, 8)]
        assert tuple(one for page in pages for one in page) == expected


def test_several_strings_never_make_one_phrase(writer: Index) -> None:
    writer.write([doc(1, 1, specialties=["Pain management", "Spine surgery"])])
    writer.commit()
    assert found(writer, Query('"pain management"')) == [1]
    assert found(writer, Query('"management spine"')) == []
    assert found(writer, Query("management spine")) == [1]


def test_a_missing_index_is_told_apart(engine: Engine) -> None:
    with engine.open(SCHEMA, write=True) as index:
        assert index.state() is State.MISSING
        for ask in (lambda: index.search(Query()), index.count, lambda: index.write([doc(1, 1)])):
            with pytest.raises(MissingIndex):
                ask()
        index.swap(index.begin_rebuild())
        assert index.state() is State.READY
        assert index.search(Query()).total == 0


def test_a_stale_schema_is_told_apart_until_a_rebuild(engine: Engine) -> None:
    old = Schema("postings", (Text("title"),))
    new = Schema("postings", (Text("title"), Keyword("state")))
    with engine.open(old, write=True) as index:
        index.swap(index.begin_rebuild())
        index.write([doc(1, 1)])
        index.commit()
    reader = engine.open(new)
    assert reader.state() is State.STALE
    with pytest.raises(StaleSchema):
        reader.search(Query("coder"))
    with engine.open(new, write=True) as index:
        with pytest.raises(StaleSchema):
            index.write([doc(1, 1)])
        build = index.begin_rebuild()
        build.write([doc(1, 1, state="TX")])
        index.swap(build)
    assert found(reader, Query("coder")) == [1]


def test_other_weights_need_no_rebuild(engine: Engine) -> None:
    with engine.open(Schema("postings", (Text("title", 8), Text("body"))), write=True) as index:
        index.swap(index.begin_rebuild())
    assert engine.open(Schema("postings", (Text("body"), Text("title", 2)))).state() is State.READY


def test_a_rebuild_is_seen_by_nobody_until_it_is_swapped_in(writer: Index, engine: Engine) -> None:
    reader = engine.open(SCHEMA)
    writer.write([doc(1, 1, "Old"), doc(2, 1, "Old")])
    writer.commit()
    build = writer.begin_rebuild()
    assert {one.outcome for one in build.write([doc(1, 2, "New")])} == {W}
    build.commit()
    assert build.count() == 1
    assert list(build.ids_and_versions()) == [("1", 2)]
    assert found(reader, Query("old")) == [2, 1]
    writer.swap(build)
    assert found(reader, Query("old")) == []
    assert found(reader, Query("new")) == [1]


def test_what_changes_during_a_rebuild_is_written_to_both(writer: Index) -> None:
    writer.write([doc(1, 1), doc(2, 1)])
    writer.commit()
    build = writer.begin_rebuild()
    for target in (writer, build):
        target.write([doc(2, 3, "Auditor")], [Deletion("1", 2)])
        target.commit()
    assert [one.outcome for one in build.write([doc(1, 1), doc(2, 1), doc(3, 1)])] == [O, O, W]
    writer.swap(build)
    assert held(writer) == [("2", 3), ("3", 1)]
    assert outcomes(writer, doc(3, 2)) == [W]
    writer.commit()
    assert held(writer) == [("2", 3), ("3", 2)]


def test_an_abandoned_rebuild_changes_nothing(writer: Index) -> None:
    writer.write([doc(1, 1)])
    writer.commit()
    build = writer.begin_rebuild()
    build.write([doc(2, 1)])
    writer.abandon(build)
    assert held(writer) == [("1", 1)]
    outcomes(writer, doc(3, 1))
    writer.commit()
    assert held(writer) == [("1", 1), ("3", 1)]


def test_what_was_not_committed_is_gone_after_closing(engine: Engine) -> None:
    with engine.open(SCHEMA, write=True) as index:
        index.swap(index.begin_rebuild())
        index.write([doc(1, 1)])
        index.commit()
        index.write([doc(1, 2), doc(2, 1)])
    with engine.open(SCHEMA, write=True) as index:
        assert held(index) == [("1", 1)]
        assert outcomes(index, doc(1, 1)) == [W]


def test_only_who_opened_for_writing_may_write(engine: Engine) -> None:
    reader = engine.open(SCHEMA)
    for change in (lambda: reader.write([doc(1, 1)]), reader.commit, reader.begin_rebuild):
        with pytest.raises(RuntimeError, match="not opened for writing"):
            change()


def test_kinds_of_unavailability_can_be_caught_as_one() -> None:
    assert issubclass(MissingIndex, Unavailable)
    assert issubclass(StaleSchema, Unavailable)
