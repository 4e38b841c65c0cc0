"""Generated queries over the words, values and codes of the conformance corpus, and other documents to ask about."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from search_index import (
    AnyOf,
    Between,
    Both,
    Condition,
    Either,
    Interval,
    Overlapping,
    Query,
    Stated,
    Synonyms,
    Without,
)
from tests.search_index.corpus import CORPUS, NOW, cpt, hcpcs, icd, icd_family, pcs_table

BEGINNINGS = ("co*", "card*", "e11*", "9*", "ca*", "therapeuti*", "zz*", "icd*")
INTERVALS = (
    cpt("93458"),
    cpt("99213"),
    cpt("99202", "99215"),
    cpt("62320", "62327"),
    cpt("00100", "99999"),
    icd("E11.9"),
    icd_family("E11"),
    icd("I21", "I25"),
    hcpcs("J1100"),
    pcs_table("0SR"),
)


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


VALUES = {
    name: sorted({value for document in CORPUS for value in _several(document.fields.get(name))})
    for name in ("specialty", "credential", "state", "arrangement", "source")
}
TITLES, BODIES = (
    [text for document in CORPUS for text in _several(document.fields.get(name))]
    for name in ("title", "body")
)
WORDS = (
    *sorted({word for title in TITLES for word in title.split()}),
    *(
        "CPC",
        "CCS-P",
        "E11.9",
        "I21.09",
        "93458",
        "62320-62327",
        "99213",
        "J1100",
        "icd-10",
        "clinic's",
        "the",
        "OF",
    ),
)


def _phrases(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=most).map(" ".join)


@st.composite
def _corpus_phrases(draw: st.DrawFn) -> str:
    """Some words in a row as they stand in a text of the corpus."""
    words = draw(st.sampled_from(BODIES)).replace('"', "").split()
    begin = draw(st.integers(0, max(len(words) - 2, 0)))
    return " ".join(words[begin : begin + draw(st.integers(2, 4))])


def texts() -> st.SearchStrategy[str]:
    """What a person may type: words, phrases, exclusions, beginnings, OR."""
    quoted = (_phrases(3) | _corpus_phrases()).map('"{}"'.format)
    wanted = st.sampled_from(WORDS) | quoted | st.sampled_from(BEGINNINGS)
    part = wanted | wanted.map("-{}".format) | st.tuples(wanted, wanted).map(" OR ".join)
    return st.lists(part, max_size=3).map(" ".join)


def synonyms() -> st.SearchStrategy[Synonyms]:
    """Groups of phrases, some with a code or a condition that stands for them."""
    others = st.sampled_from(INTERVALS) | _simple_conditions()
    group = st.tuples(st.lists(_phrases(2), min_size=1, max_size=3), st.lists(others, max_size=1))
    return st.lists(group.map(lambda parts: [*parts[0], *parts[1]]), max_size=3).map(Synonyms.of_groups)


def conditions() -> st.SearchStrategy[Condition]:
    """Conditions of every kind, nested."""
    return st.recursive(_simple_conditions(), _nested, max_leaves=4)


@st.composite
def _simple_conditions(draw: st.DrawFn) -> Condition:
    number = st.sampled_from(["pay", "posted", "openings"])
    bound = st.none() | st.sampled_from([-(2**63), 0, 25, 30, 36, 40, NOW - 86_400 * 9, NOW, 2**63 - 1])
    match draw(st.sampled_from(["any of"] * 3 + ["between", "overlapping", "stated"])):
        case "between":
            return Between(draw(number), draw(bound), draw(bound))
        case "overlapping":
            return Overlapping("codes", draw(_intervals(0)))
        case "stated":
            return Stated(draw(number))
    name = draw(st.sampled_from(sorted(VALUES)))
    values = draw(st.lists(st.sampled_from([*VALUES[name], "nowhere", "\n"]), max_size=3))
    return AnyOf(name, tuple(values))


def _nested(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, max_size=3).map(tuple)
    return inner.map(Without) | several.map(Either) | several.map(Both)


def _intervals(least: int) -> st.SearchStrategy[tuple[Interval, ...]]:
    return st.lists(st.sampled_from(INTERVALS), min_size=least, max_size=2).map(tuple)


def queries() -> st.SearchStrategy[Query]:
    """Whole queries of what may be stored."""
    filters = st.dictionaries(st.sampled_from("abc"), conditions(), max_size=3)
    return st.builds(Query, text=texts(), filters=filters, intervals=_intervals(0), synonyms=synonyms())
