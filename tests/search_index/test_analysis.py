"""One analyser decides what a word is, for documents, queries and highlights."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search_index import Passage, highlight, snippet, tokens
from search_index.analysis import spans, token_text, variants

CASES = [
    ("Coding coders CODED", ["code", "coder", "code"]),
    ("E/M, e&m", ["e/m", "e/m"]),
    ("ICD-10-CM/PCS", ["icd-10-cm", "pcs"]),
    ("ICD10CM ICD10-PCS ICD 10 CM ICD-10", ["icd-10-cm", "icd-10-pcs", "icd-10-cm", "icd-10"]),
    ("ICD-9-CM", ["icd-9-cm"]),
    ("CCS-P CPC-A ccds-o", ["ccs-p", "cpc-a", "ccds-o"]),
    ("CPC/CCS-P", ["cpc", "ccs-p"]),
    ("E11.9. E11.65,J44.1", ["e11.9", "e11.65", "j44.1"]),
    ("E11.- S72.001A", ["e11", "s72.001a"]),
    ("0DTJ4ZZ 99213 A4253", ["0dtj4zz", "99213", "a4253"]),
    ("62320-62327 62320–62327", ["62320-62327", "62320-62327"]),
    ("99213-25 A4253-KX", ["99213", "25", "a4253", "kx"]),
    ("E08-E13 J44.0-J44.9", ["e08-e13", "j44.0-j44.9"]),
    ("St. Luke's, coders' O’Brien don't", ["st", "luke", "coder", "obrien", "dont"]),
    ("Café CAFE\u0301 naïve Straße", ["cafe", "cafe", "naiv", "strass"]),
    ("pro-fee on-site well-known", ["pro", "fee", "on", "site", "well", "known"]),
    ("OB/GYN and/or", ["ob", "gyn", "and", "or"]),
    ("MS-DRG DRGs CPCs drgs", ["ms", "drg", "drg", "cpc", "drg"]),
    ("65,000 $25.50 95% 24/7 10:30", ["65000", "25.50", "95", "24/7", "10", "30"]),
    ("U.S. R.N. W-2 W2", ["us", "rn", "w2", "w2"]),
    ("end.The foo_bar a@b.org", ["end", "the", "foo", "bar", "a", "b", "org"]),
    ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
    ("x" * 100, ["x" * 64]),
    ("", []),
    ("… — !?", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:30] for text, _ in CASES])
def test_names_of_the_trade_stay_whole_and_words_are_stemmed(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text(max_size=200))
@example("🄀")
@example("⑴ x ½ ㏕ ℀")
def test_every_text_gives_the_same_tokens_with_and_without_places(text: str) -> None:
    placed = list(spans(text))
    assert [token.text for token in placed] == tokens(text)
    assert token_text(text).split(" ") == tokens(text) or not tokens(text)
    at = 0
    for token in placed:
        assert at <= token.start < token.end <= len(text)
        at = token.end


@given(st.text(alphabet="abE19.-/&'’, _\n(ICD10CM)sé\u0301", max_size=60))
def test_tokens_carry_nothing_that_would_part_or_join_them(text: str) -> None:
    for token in tokens(text):
        assert token.split() == [token]
        assert token == token.casefold()


@pytest.mark.parametrize(
    ("token", "others"),
    [
        ("e11.9", ("e119",)),
        ("e119", ("e11.9",)),
        ("s72001a", ("s72.001a",)),
        ("j11.00", ()),
        ("j1100", ()),
        ("99213", ()),
        ("25.50", ()),
        ("coder", ()),
        ("icd-10", ("icd-10-cm", "icd-10-pcs")),
    ],
)
def test_a_diagnosis_is_sought_with_and_without_its_dot_unless_that_is_a_drug(
    token: str, others: tuple[str, ...]
) -> None:
    assert variants(token) == others


MARKED = [
    ("Senior coders code", {"coder"}, "Senior <mark>coders</mark> code"),
    ("<b>Coder</b> & co", {"coder"}, "&lt;b&gt;<mark>Coder</mark>&lt;/b&gt; &amp; co"),
    ("Cath lab, lab cath", {"cath lab"}, "<mark>Cath lab</mark>, lab cath"),
    ("evaluation and\n management", {"evalu and manag"}, "<mark>evaluation and\n management</mark>"),
    ("cardiologist at Cardio", {"cardio*"}, "<mark>cardiologist</mark> at <mark>Cardio</mark>"),
    ("E11.9-type (E/M)", {"e/m", "e11.9"}, "<mark>E11.9</mark>-type (<mark>E/M</mark>)"),
    ("St. Luke’s  hospital", {"luke"}, "St. <mark>Luke’s</mark>  hospital"),
    ("  leading coder", {"coder"}, "  leading <mark>coder</mark>"),
    ("cath lab coder", {"cath lab", "lab coder"}, "<mark>cath lab coder</mark>"),
    ("uses ICD 10 CM daily", {"icd-10-cm"}, "uses <mark>ICD 10 CM</mark> daily"),
    ("nothing here", set(), "nothing here"),
    ("", {"coder"}, ""),
]


@pytest.mark.parametrize(("text", "matched", "expected"), MARKED, ids=[text[:30] for text, _, _ in MARKED])
def test_highlights_escape_everything_and_mark_what_matched(
    text: str, matched: set[str], expected: str
) -> None:
    assert highlight(text, matched) == expected
    assert Passage(text).highlight(matched) == expected


@given(st.text(max_size=300), st.integers(20, 100))
def test_a_highlight_without_its_marks_is_the_escaped_text(text: str, characters: int) -> None:
    from markupsafe import escape

    matched = {"a*", "b", "c d"}
    marked = highlight(text, matched)
    assert str(marked).replace("<mark>", "").replace("</mark>", "") == str(escape(text))
    shown = str(snippet(text, matched, characters=characters))
    passage = Passage(text)
    assert passage.highlight(matched) == marked
    assert str(passage.snippet(matched, characters=characters)) == shown
    assert shown.count("<mark>") == shown.count("</mark>")
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert bare.removeprefix("… ").removesuffix(" …") in str(escape(text))


def test_a_snippet_shows_the_stretch_with_most_matches_between_words() -> None:
    filler = "plain words about benefits and office hours " * 20
    text = f"coder {filler}here the cath lab coder codes cath cases {filler}"
    shown = str(snippet(text, {"cath", "coder"}, characters=160))
    assert shown.count("<mark>") == 3
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 160 + 3 * len("<mark></mark>") + 5


def test_a_snippet_of_a_text_without_a_match_is_its_beginning() -> None:
    text = "word " * 200
    assert str(snippet(text, {"coder"}, characters=50)).startswith("word word")
    assert snippet("short", {"coder"}) == "short"
