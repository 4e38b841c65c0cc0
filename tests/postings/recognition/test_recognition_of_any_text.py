"""No text makes recognition fail, and what it finds is always of the vocabularies and in order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jobboard.places import state
from jobboard.postings.recognition import recognise
from jobboard.postings.requirements import flat, from_json, to_json
from jobboard.vocabulary import shipped

WORDS = [
    "CPC",
    "CPC-A",
    "CCS",
    "RHIT",
    "CCC",
    "and",
    "or",
    "either",
    "both",
    "(",
    ")",
    ",",
    ";",
    ".",
    ":",
    "required",
    "preferred",
    "not",
    "no",
    "accepted",
    "must",
    "obtain",
    "within",
    "6",
    "12",
    "two",
    "of",
    "the",
    "following",
    "months",
    "hire",
    "remote",
    "hybrid",
    "on-site",
    "days",
    "a",
    "week",
    "in",
    "office",
    "training",
    "after",
    "TX",
    "OK",
    "OR",
    "IN",
    "ME",
    "except",
    "reside",
    "all",
    "states",
    "$28",
    "-",
    "$34",
    "per",
    "hour",
    "chart",
    "1099",
    "PRN",
    "years",
    "experience",
    "ED",
    "IR",
    "charts",
    "95%",
    "accuracy",
    "apprentice",
    "\n",
]
TRADE_TEXT = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TRADE_TEXT | st.text(max_size=200))
def test_any_text_gives_values_that_a_posting_may_have(text):
    words = shipped()
    found = recognise(text, text, words)
    for facet, slugs in (
        ("specialty", found.specialties),
        ("role", found.roles),
        ("side", found.sides),
        ("employment", found.employment),
        ("tool", found.tools),
        ("credential", flat(found.requirement)),
    ):
        assert all(slug in words[facet] for slug in slugs)
    assert from_json(to_json(found.requirement), known=words["credential"].slugs) == found.requirement
    assert not flat(found.requirement) & set(found.requirement.refused)
    assert all(state(code) for code in found.eligible_states)
    assert bool(found.eligible_states) == (found.eligible_mode in ("named", "all_but"))
    assert found.pay_basis is not None or (found.pay_least_cents, found.pay_most_cents) == (None, None)
    assert (found.pay_least_cents or 0) <= (found.pay_most_cents or found.pay_least_cents or 0)
    assert found.arrangement is None or found.arrangement in words["arrangement"]
