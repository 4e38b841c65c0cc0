"""Every engine knows the same words, corrects the same slips, and puts less sure matches below in the same order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search_index import AnyOf, BadQuery, Deletion, Document, Facet, Index, LikeWord, Query, Sort, Synonyms
from tests.search_index.conftest import found
from tests.search_index.corpus import DAY, NOW, cpt

# Typed, and the words that it may be a slip for: the word, its slips, the postings that carry it.
SLIPS = [
    ("cardiolgy", [("cardiology", 1, 4)]),
    ("Cardiolgy", [("cardiology", 1, 4)]),
    ("cárdiolgy", [("cardiology", 1, 4)]),
    ("caridology", [("cardiology", 1, 4)]),
    ("ardiology", [("cardiology", 1, 4), ("radiology", 1, 2)]),
    # The first letter is seldom mistyped, so of equal ones that which begins alike comes first.
    ("rardiology", [("radiology", 1, 2), ("cardiology", 1, 4)]),
    ("cradoilogy", [("cardiology", 2, 4)]),
    ("inpateint", [("inpatient", 1, 3)]),
    ("diabets", [("diabetes", 1, 3)]),
    ("infusoin", [("infusion", 1, 2)]),
    ("codng", [("coding", 1, 7)]),
    ("codr", [("coder", 1, 26), ("code", 1, 2)]),
    # A known word may still be like another: whether it is corrected is for the caller to say.
    ("code", [("coder", 1, 26), ("codes", 1, 2)]),
    ("cardiology", []),
    # Two slips need eight letters, one needs four; codes and numbers have none.
    ("truama", [("trauma", 1, 2)]),
    ("traumer", []),
    ("zzzzzzzz", []),
    ("cic", []),
    ("E11.8", []),
    ("93459", []),
    ("ICD-10-CN", []),
    ("two words", []),
    ("", []),
    ("\x00\ud800" * 5, []),
]


@pytest.mark.parametrize(("typed", "expected"), SLIPS, ids=[ascii(typed) for typed, _ in SLIPS])
def test_a_slip_has_its_words_in_order(
    index: Index, typed: str, expected: list[tuple[str, int, int]]
) -> None:
    assert index.words_like(typed) == tuple(LikeWord(*one) for one in expected)


def test_of_many_words_like_it_the_likeliest_come(index: Index) -> None:
    assert index.words_like("codr", 1) == (LikeWord("coder", 1, 26),)


def test_what_is_far_rarer_than_another_is_a_slip_itself(writer: Index) -> None:
    writer.write([Document(str(one), 1, {"title": "Infusion coder"}) for one in range(1, 61)])
    writer.write([Document("100", 1, {"title": "Infision coder"})])
    writer.commit()
    assert writer.words_like("infsion") == (LikeWord("infusion", 1, 60),)


def test_words_go_with_the_last_document_that_carries_them(writer: Index) -> None:
    writer.write([Document("1", 1, {"title": "Urology"}), Document("2", 1, {"body": "urology, neurology"})])
    writer.commit()
    assert writer.words_like("urolgy") == (LikeWord("urology", 1, 2),)
    writer.write([Document("1", 2, {"title": "Oncology"})], [Deletion("2", 2)])
    writer.commit()
    assert writer.words_like("urolgy") == ()
    assert writer.words_like("oncolgy") == (LikeWord("oncology", 1, 1),)


COUNTED = [
    (Query(), (4, 3, 0, 36, 9)),
    (Query("ignored", below=("as well",)), (4, 3, 0, 36, 9)),
    (Query(filters={"state": AnyOf("state", ("TX", "OH"))}), (2, 2, 0, 6, 0)),
    (Query(as_of=NOW - 20 * DAY), (1, 2, 0, 17, 4)),
]


@pytest.mark.parametrize(("query", "expected"), COUNTED, ids=range(len(COUNTED)))
def test_texts_are_counted(index: Index, query: Query, expected: tuple[int, ...]) -> None:
    assert index.counts(("cardiology", "inpatient", "zzz", "", "-coder"), query) == expected


def test_texts_are_counted_with_their_synonyms(index: Index) -> None:
    query = Query(synonyms=Synonyms.of_groups([["cath", "cardiac catheterization"], ["ER", "emergency"]]))
    assert index.counts(("cath", "er", '"er"'), query) == (1, 2, 1)


# The query, and the ids in order: what matches more words, and scarcer ones, first.
ANY_WORD = [
    (Query("cardiology trauma", any_word=True, decay=False), {1, 2, 3, 26, 5, 27}),
    (Query("cardiology zzz", any_word=True), {1, 2, 3, 26}),
    (Query("trauma", any_word=True), {5, 27}),
    (Query("zzz qqq", any_word=True), set()),
]


@pytest.mark.parametrize(("query", "ids"), ANY_WORD, ids=range(len(ANY_WORD)))
def test_one_word_is_enough_where_it_is_asked_for(index: Index, query: Query, ids: set[int]) -> None:
    every = set(found(index, replace(query, size=100)))
    assert every == ids


def test_more_words_come_first_where_one_is_enough(index: Index) -> None:
    assert found(index, Query("cardiology cath")) == [1]
    loose = found(index, Query("cardiology cath", any_word=True, decay=False))
    assert loose[0] == 1
    assert set(loose) == {1, 2, 3, 26}


# The query, and whether what has all words is enough.
ENOUGH = [
    (Query("cardiology cath", enough=2), False),
    (Query("cardiology cath", enough=1), True),
    (Query("cardiology zzz", enough=1), False),
    (Query("cardiology zzz", enough=1, filters={"state": AnyOf("state", ("TX",))}), False),
    (Query("cardiology zzz", enough=1, sort=Sort("posted")), False),
    (Query("cardiology zzz", enough=1, page=2, size=2), False),
    (Query("trauma", enough=10), True),
    (Query("", enough=100), True),
    (Query("cath houston", below=("trauma zzz",), enough=3), False),
]


@pytest.mark.parametrize(("query", "is_enough"), ENOUGH, ids=range(len(ENOUGH)))
def test_where_too_little_has_all_words_the_rows_have_one(
    index: Index, query: Query, is_enough: bool
) -> None:
    asked = replace(query, facets=(Facet("state", "state"),), explain=True)
    page = index.search(asked)
    strict = index.search(replace(asked, enough=0))
    loose = index.search(replace(asked, enough=0, any_word=True))
    rows = strict if is_enough else loose
    assert is_enough or strict.ids != loose.ids
    assert (page.ids, page.scores, page.explanations) == (rows.ids, rows.scores, rows.explanations)
    assert (page.total, page.openings, page.counts) == (strict.total, strict.openings, strict.counts)
    assert (page.tiers, page.matched) == (strict.tiers, strict.matched)


# The query, the ids in order, and how many each text adds.
BELOW = [
    (Query("cardiology cath", below=("cardiology",)), [1, 2, 3, 26], (1, 3)),
    (Query("cardiology cath", below=("cath",)), [1], (1, 0)),
    (Query("cardiolgy", below=("cardiology",)), [2, 1, 3, 26], (0, 4)),
    (Query("cath houston", below=("cath", "houston", "inpatient")), [1, 4, 5, 21], (1, 0, 0, 3)),
    (Query("trauma", below=("inpatient",), sort=Sort("posted")), [5, 27, 4, 21], (2, 2)),
    (Query("trauma", below=("inpatient -senior", "drg")), [27, 5, 4, 21], (2, 2, 0)),
    (Query("", below=("cardiology",), filters={"s": AnyOf("state", ("TX",))}), [1, 2, 25, 24], (4,)),
    (Query("-coder", below=("trauma",)), [3, 14, 15, 7, 16, 21, 26, 27, 32, 5], (9, 1)),
    (
        Query("oasis", below=("coder",), filters={"state": AnyOf("state", ("ME", "MD"))}),
        [9001, 30, 29, 28],
        (3, 1),
    ),
    (Query("epidural", below=("spine", "coder"), intervals=(cpt("77003"),)), [9, 10], (1, 1, 0)),
    (Query("pain", below=("coder",), intervals=(cpt("76000", "77003"),)), [9, 10, 12], (1, 2)),
]


@pytest.mark.parametrize(("query", "ids", "tiers"), BELOW, ids=range(len(BELOW)))
def test_less_sure_matches_follow_below_each_once(
    index: Index, query: Query, ids: list[int], tiers: tuple[int, ...]
) -> None:
    page = index.search(query)
    assert [int(one) for one in page.ids] == ids
    assert page.tiers == tiers
    assert page.total == sum(tiers)


@pytest.mark.parametrize("nth", range(len(BELOW)))
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_run_through_all_tiers(index: Index, nth: int, size: int) -> None:
    query, ids, tiers = BELOW[nth]
    pages = [index.search(replace(query, page=page, size=size)) for page in range(1, len(ids) // size + 2)]
    assert [int(one) for page in pages for one in page.ids] == ids
    assert {page.tiers for page in pages} == {tiers}


def test_what_is_below_is_counted_and_highlighted_too(index: Index) -> None:
    query = Query("cardiology cath", below=("cardiology",), facets=(Facet("state", "state"),))
    page = index.search(query)
    assert {one.value: one.count for one in page.counts["state"]} == {"TX": 2, "OR": 1, "GA": 1}
    assert page.openings == 5
    assert index.search(replace(query, below=("heart",))).matched == {"cardiolog", "cath", "heart"}
    told = index.search(replace(query, explain=True)).explanations
    assert told["2"] == {"cardiolog": ("title", "specialties", "body")}


def test_a_filter_of_a_facet_counts_only_what_it_leaves(index: Index) -> None:
    query = Query(
        "cardiology cath",
        below=("cardiology",),
        filters={"state": AnyOf("state", ("GA", "TX"))},
        facets=(Facet("state", "state"),),
    )
    page = index.search(query)
    assert (page.ids, page.tiers, page.total) == (("1", "2", "26"), (1, 2), 3)
    assert {one.value: one.count for one in page.counts["state"]} == {"TX": 2, "OR": 1, "GA": 1}


def test_too_many_texts_below_are_refused() -> None:
    with pytest.raises(BadQuery, match="below"):
        Query("a", below=("b",) * 9)


def test_a_rare_word_counts_more_than_a_common_one(writer: Index) -> None:
    rows = [{"title": "Coder", "body": "charts"} for _ in range(20)]
    rows += [{"title": "Coder", "body": "dialysis"}, {"title": "Dialysis", "body": "coder"}]
    writer.write([Document(str(one), 1, {**row, "posted": NOW}) for one, row in enumerate(rows, 1)])
    writer.commit()
    assert found(writer, Query("coder dialysis")) == [22, 21]


# Field weights 8, 5, 3, 2 and 1; a word beside others counts in quarters of log2(1 + 36 / documents).
SCORES = [
    (Query("infusion"), {"19": 8 + 1 / 4, "25": 1}),
    (Query("trauma"), {"27": 8, "5": 1}),
    (Query("cardiology"), {"2": 8 + 6 / 4, "1": 5, "3": 5 + 1 / 4, "26": 3}),
    (Query('"cath lab"'), {"1": 8 + 5 / 4}),
    (Query("neurosurg*"), {"10": 5 + 1 / 4}),
    # Trauma stands in two of 36, inpatient in three: 4.25 and 3.75.
    (Query("trauma inpatient"), {"5": 1 * 4.25 + 8 * 3.75}),
    (Query("trauma in inpatient"), {"5": 1 * 4.25 + 8 * 3.75}),
    (Query("drg OR trauma"), {"4": 1, "5": 2, "27": 8}),
]


@pytest.mark.parametrize(("query", "expected"), SCORES, ids=[query.text for query, _ in SCORES])
def test_scores_are_the_same_on_every_engine(index: Index, query: Query, expected: dict[str, float]) -> None:
    page = index.search(replace(query, decay=False))
    assert dict(zip(page.ids, page.scores, strict=True)) == expected


def test_what_joins_later_is_left_out(index: Index) -> None:
    assert set(found(index, Query("cardiology", as_of=NOW - 5 * DAY))) == {2, 3, 26}
    assert found(index, Query("cardiology", as_of=NOW - 30 * DAY)) == []
    page = index.search(Query("cardiology", as_of=NOW - 8 * DAY, facets=(Facet("state", "state"),)))
    assert {one.value: one.count for one in page.counts["state"]} == {"OR": 1, "GA": 1}
    assert page.as_of == NOW - 8 * DAY


def test_a_page_says_as_of_when(index: Index) -> None:
    assert index.search(Query("cardiology")).as_of == NOW - DAY
    assert index.search(Query("zzz", size=0)).as_of == NOW - DAY


def test_nothing_is_as_of_where_there_is_nothing(writer: Index) -> None:
    assert writer.search(Query()).as_of is None


@pytest.mark.parametrize("text", ["coder", "coder dialysis", "coder charts OR dialysis", "", "coder in -icd"])
def test_pages_stay_while_others_join(writer: Index, text: str) -> None:
    bodies = ("charts", "dialysis charts", "dialysis", "icd charts", "")

    def documents(first: int, last: int) -> list[Document]:
        return [
            Document(
                str(one),
                1,
                {
                    "title": ("Coder", "Dialysis coder", "Lead")[one % 3],
                    "body": f"coder {bodies[one % 5]}",
                    "posted": NOW - 5000 + one,
                },
            )
            for one in range(first, last)
        ]

    writer.write(documents(1, 61))
    writer.commit()
    whole = writer.search(Query(text, size=100))
    assert whole.as_of is not None
    ids: list[str] = []
    scores: list[float] = []
    for number in range(1, 20):
        page = writer.search(Query(text, page=number, size=7, as_of=whole.as_of if number > 1 else None))
        ids += page.ids
        scores += page.scores
        assert page.total == whole.total
        if len(ids) >= whole.total:
            break
        writer.write(documents(100 * number, 100 * number + 17 * number))
        writer.commit()
    assert tuple(ids) == whole.ids
    assert tuple(scores) == whole.scores
