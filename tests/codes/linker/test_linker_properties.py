"""What holds of every text, however hostile."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jobboard.codes.linker import interval, link, parse_query_code

PIECES = [
    "CPT",
    "ICD-10-CM",
    "ICD-10-PCS",
    "HCPCS",
    "MS-DRG",
    "HCC",
    "modifiers",
    "ZIP",
    "99213",
    "99202-15",
    "E11.9",
    "E11.-",
    "I50.x",
    "M54.5*",
    "e119",
    "0SR",
    "0DTJ4ZZ",
    "J1885",
    "KX",
    "-59",
    "470",
    "18",
    "25",
    ".22",
    "-",
    "–",
    "—",
    "(",
    ")",
    ",",
    ";",
    ":",
    "/",
    ".",
    "…",
    "*",
    "**",
    "#",
    "$",
    "to",
    "through",
    "and",
    "or",
    "e.g.",
    "years",
    "charts",
    "TX 77003",
    "A1c",
    "B12",
    "D0120",
    "@",
    "_",
    "&ndash;",
    "\xad",
    "http://x.y",
    "E11. 9",
    "\n",
    "\n\n",
    "②",
    "ß",
    "ﬁ",
    "İ",
    "99213s",
    "S72.xxxA",
    "X{EPSU}",
]
GLUE = st.sampled_from(["", " ", "\n"])
TEXTS = st.one_of(
    st.text(max_size=200),
    st.builds(lambda parts, glue: glue.join(parts), st.lists(st.sampled_from(PIECES), max_size=40), GLUE),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_link_never_raises_and_says_where_it_found_what(text):
    mentions = link(text)
    assert [m.offset for m in mentions] == sorted({m.offset for m in mentions})
    for mention in mentions:
        assert text[mention.offset : mention.offset + len(mention.text)] == mention.text
        assert mention.text == mention.text.strip() != ""
        assert mention.start == mention.start.upper()
        low, high = interval(mention.system, mention.start, mention.end, mention.family)
        assert low <= high
    ends = [m.offset + len(m.text) for m in mentions]
    assert all(end <= following.offset for end, following in zip(ends, mentions[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_typed_code_is_read_or_not_but_never_fails(text):
    assert all(mention.text.strip() == mention.text for mention in parse_query_code(text))
