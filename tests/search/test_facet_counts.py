"""For a thousand random combinations of filters, every count on the page is what the tables say."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.datastructures import MultiDict

from jobboard import clock
from jobboard.database import db
from jobboard.postings.models import Posting, PostingWorkload
from jobboard.search.facets import facets_shown
from jobboard.search.finder import query_of
from jobboard.search.index import openings_index
from jobboard.search.request import FACETS, NOT_STATED, read_search
from jobboard.vocabulary import vocabularies
from tests.search.conftest import a_company, a_posting
from tests.search.facet_truth import truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.search.facet_truth import Truth

POSTINGS, COMBINATIONS = 200, 1000
PLACES = [
    ("Tampa", "FL"), ("Brandon", "FL"), ("Orlando", "FL"), ("Miami", "FL"), ("Austin", "TX"), ("Houston", "TX"),
    ("Round Rock", "TX"), ("Portland", "OR"), ("Portland", "ME"), ("Columbus", "OH"), ("Columbus", "GA"),
]  # fmt: skip
TEXTS = [
    "Codes charts.", "Codes E11.9 and I21.09.", "CPT 99213 and 93458 for a clinic.", "Injections: CPT 62320-62327.",
    "ICD-10-PCS 0DTJ4ZZ, MS-DRG 470.", "HCPCS J1885 with modifier 25 on CPT 99214.", "ICD-10-CM codes C50-C58.",
]  # fmt: skip
NEAR = ["33602", "Tampa, FL", "Austin, TX", "78664", "Portland, ME"]


def corpus(dice: random.Random) -> None:
    """Postings that state some things and are silent on others."""
    words = vocabularies()
    companies = [
        a_company(f"Company {nth}", setting=dice.choice(["", "hospital", "payer"])) for nth in range(5)
    ]
    now = clock.now()

    def maybe(value: Any, otherwise: Any = None) -> Any:
        return value if dice.random() < 0.6 else otherwise

    for _ in range(POSTINGS):
        basis = dice.choice(["", "hourly", "hourly", "salary", "week", "month", "day", "chart", "encounter"])
        least = {"hourly": 1400, "salary": 3_000_000, "week": 60_000, "month": 260_000, "day": 12_000}.get(
            basis, 90
        )
        least = round(least * dice.uniform(1, 5)) if basis else None
        posting = a_posting(
            dice.choice(companies),
            text=dice.choice(TEXTS),
            terms={
                facet: dice.sample(words[facet].slugs[:6], dice.randint(1, 3))
                for facet in ("specialty", "credential", "role", "side", "employment", "schedule", "tool", "benefit",
                              "setting", "system", "chart_type")
                if dice.random() < 0.5
            },
            places=dice.sample(PLACES, dice.choice([0, 1, 1, 2, 3])),
            openings=dice.choice([1, 1, 1, 2, 7]),
            arrangement=maybe(dice.choice(words["arrangement"].slugs), ""),
            eligible_mode=maybe(dice.choice(["all", "named", "all_but"]), ""),
            eligible_states=dice.sample(["FL", "TX", "OH", "ME"], 2),
            experience_months=maybe(dice.choice([0, 6, 12, 13, 24, 36, 60, 61])),
            specialty_experience_months=maybe(dice.choice([0, 12, 18, 120])),
            apprentice_welcome=maybe(dice.choice([True, False])),
            qa_appeal=maybe(dice.choice([True, False])),
            accuracy_percent=maybe(dice.choice([90.0, 94.5, 95.0, 95.5, 98.0])),
            hours_per_week_least=maybe(dice.choice([20.0, 36.0, 40.0])),
            pay_basis=basis,
            pay_least_cents=maybe(least),
            pay_most_cents=maybe(least and least * 2),
            pay_currency=dice.choice(["USD", "USD", "USD", "CAD"]),
            posted_at=now - timedelta(days=dice.randint(0, 40) + 0.5),
            closes_at=now + timedelta(days=dice.randint(0, 20) + 0.5),
        )  # fmt: skip
        if dice.random() < 0.4:
            posting.workloads = [
                PostingWorkload(chart_type=dice.choice(["", "inpatient", "surgery"]), charts_per_hour_least=rate,
                                charts_per_hour_most=maybe(rate + 4))
                for rate in dice.sample([3.0, 6.0, 12.0], dice.randint(1, 2))
            ]  # fmt: skip
        for code in posting.codes:
            code.dismissed = dice.random() < 0.1
    db.session.commit()


def address(dice: random.Random, known: Truth) -> MultiDict[str, str]:
    """Up to five filters with up to three values each, now and then with something that nobody has."""
    asked: MultiDict[str, str] = MultiDict()
    for name in dice.sample(
        [*FACETS, "near", "pay", "posted", "closing", "state", "system"], dice.randint(0, 5)
    ):
        if name == "near":
            asked.setlist("near", [dice.choice(NEAR)])
            asked.setlist("within", [dice.choice(["5", "25", "100", "200"])])
        elif name == "pay":
            wanted = dice.sample(["20", "31.50", "60", NOT_STATED], dice.randint(1, 2))
            asked.setlist("pay", wanted)
        elif name in {"posted", "closing"}:
            asked.setlist(name, [dice.choice(["3", "7", "14"])])
        else:
            values = sorted(known.values[name])
            asked.setlist(name, dice.sample(values, min(len(values), dice.randint(1, 3))))
            if name in {"specialty", "tool"}:
                asked.add(name, vocabularies()[name].slugs[-1])
    return asked


@pytest.mark.only_on("sqlite")
def test_every_count_of_a_thousand_combinations_is_what_the_tables_say(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    dice = random.Random(20261128)
    corpus(dice)
    assert drained().agrees
    known = truth(clock.now(), as_utc)
    assert set(known.values) == set(FACETS)
    words = vocabularies()
    index = openings_index()
    found_some = narrowed = 0
    for _ in range(COMBINATIONS):
        asked = address(dice, known)
        request, wrong = read_search(asked, words)
        assert not wrong, wrong
        page = index.search(query_of(request, words))
        there = known.matching(request)
        assert (page.total, page.openings) == (len(there), sum(known.openings[one] for one in there)), asked
        shown = {
            facet.name: {one.value: (one.count, one.openings) for one in facet.values}
            for facet in facets_shown(page.counts, request, words)
        }
        expected = known.counts(request)
        for facet, values in expected.items():
            chosen = dict.fromkeys(request.facets.get(facet, ()), (0, 0))
            assert shown[facet] == chosen | values, (facet, asked)
        assert set(shown) == set(expected)
        found_some += bool(there)
        narrowed += len(there) < POSTINGS
    # The dice have not made a test of nothing.
    assert found_some > COMBINATIONS / 3
    assert narrowed > COMBINATIONS / 2


def as_utc(moment: Any) -> datetime:
    """A moment as a driver gives it, aware."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("openings", [1, 5])
def test_a_chosen_value_that_nobody_carries_stays_with_nought(
    app: Flask, drained: Callable[[], Comparison], openings: int
) -> None:
    a_posting(a_company(), terms={"tool": ["epic"]}, openings=openings)
    drained()
    assert db.session.query(Posting).count() == 1
    request, _ = read_search(MultiDict([("tool", "trucode"), ("city", "Austin, TX")]), vocabularies())
    page = openings_index().search(query_of(request, vocabularies()))
    shown = {facet.name: facet for facet in facets_shown(page.counts, request, vocabularies())}
    assert [(one.value, one.count, one.selected) for one in shown["tool"].values] == [("trucode", 0, True)]
    assert [(one.label, one.count, one.selected) for one in shown["city"].values] == [("Austin, TX", 0, True)]
