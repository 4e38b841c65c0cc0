"""On every engine a condition counts what its field weighs, and a run of words more than its words apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_index import AnyOf, Document, Keyword, Query, Schema, Synonyms, Text, Without

if TYPE_CHECKING:
    from search_index import Engine

SCHEMA = Schema(
    "worth",
    (
        Text("title", 4.0),
        Text("body"),
        Keyword("side"),
        Keyword("role", weight=9.0),
        Keyword("place", weight=0.5),
    ),
)
SYNONYMS = Synonyms.of_groups(
    [
        ["coder", AnyOf("role", ("coder",)), Without(AnyOf("role", ()))],
        ["profee", AnyOf("side", ("profee",))],
        ["tampa", AnyOf("place", ("tampa",))],
        ["day surgery", AnyOf("side", ("asc",))],
    ]
)


def scores(engine: Engine, documents: list[dict[str, object]], text: str) -> dict[str, float]:
    """What each document, named by its place from 1 on, is worth."""
    with engine.open(SCHEMA, write=True) as index:
        index.swap(index.begin_rebuild())
        index.write([Document(str(nth), 1, fields) for nth, fields in enumerate(documents, 1)])
        index.commit()
        page = index.search(Query(text, synonyms=SYNONYMS))
    return dict(zip(page.ids, page.scores, strict=True))


def test_a_condition_counts_what_its_field_weighs(engine: Engine) -> None:
    found = scores(engine, [{"role": ["coder"]}, {"title": "Coder"}, {"body": "nothing"}], "coder")
    # 9 and a quarter of 1 for not being nothing; 4 and a quarter of 1; that 1 alone.
    assert found == {"1": 9.25, "2": 4.25, "3": 1.0}
    assert scores(engine, [{"side": ["profee"]}], "profee") == {"1": 6.0}
    assert scores(engine, [{"place": ["tampa"]}], "tampa") == {"1": 0.5}


def test_words_in_a_row_count_more_than_apart(engine: Engine) -> None:
    documents: list[dict[str, object]] = [
        {"title": "Day shift, surgery"},
        {"title": "Day surgery"},
        {"side": ["asc"]},
        {"body": "Surgery by day"},
    ]
    found = scores(engine, documents, "day surgery")
    assert sorted(found, key=lambda one: -found[one]) == ["3", "2", "1", "4"]
    # Apart half of 4; in a row 4, and a quarter of that half.
    assert (found["1"], found["2"]) == (2.0, 4.5)
