"""A saved search: its page of results and the matching of new postings say the same, today and after words change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import orjson
import pytest
from werkzeug.datastructures import MultiDict

from jobboard import clock
from jobboard.search.documents import documents
from jobboard.search.finder import find, query_of
from jobboard.search.index import openings_index
from jobboard.search.request import read_search
from jobboard.search.rows import listed_rows, titles_of_codes
from jobboard.search.saved import MOVING, SavedSearch, renewed
from jobboard.vocabulary import Vocabulary, vocabularies
from search_index import OutdatedForm
from search_index.matching import Matcher, matches
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from jobboard.search.request import SearchRequest
    from search_index import Document

ADDRESSES = [
    "",
    "q=coder",
    "q=cath+lab",
    "q=CATH+-pediatric",
    'q="facet joint" injections',
    "q=remote+coder",
    "q=coder+-remote",
    "q=diab*",
    "q=inpatient+OR+E11.9",
    "q=62320-62327",
    "q=E11.9",
    "q=WFH",
    "code=I21&code=99213",
    "specialty=pain-management&specialty=cath-lab-ep",
    "credential=cpc&arrangement=remote",
    "hires_in=TX&q=pain",
    "arrangement=not-stated",
    "employment=full-time&state=TX&posted=7",
    "posted=3&sort=pay",
    "q=remote+in+Texas",
    "q=pain+management+CPC+over+$20/hr",
    "q=inpatient+coder+no+experience",
    "q=coder+Austin,+TX",
    "q=remote+coder&plain=remote",
    "near=Austin,+TX&within=25",
    "near=73301&sort=distance",
    "near=Tampa,+FL&within=10",
    "pay=30&pay=not-stated",
    "state=OK&city=Austin,+TX",
    "closing=14&q=coder",
]


def asked(address: str) -> SearchRequest:
    pairs = [tuple(pair.split("=", 1)) for pair in address.replace("+", " ").split("&") if pair]
    request, wrong = read_search(MultiDict(pairs), vocabularies())
    assert not wrong
    return request


@pytest.fixture
def made(app: Flask, drained: Callable[[], Comparison]) -> list[Document]:
    """The documents of four listed postings, which the index holds."""
    mercy, now = a_company("Mercy Hospital"), clock.now()
    a_posting(
        mercy,
        "Outpatient coder, endocrinology",
        "You code E11.9 and E10.65 for diabetes, with 99213 and 99214 visits.",
        terms={"specialty": ["primary-care"], "credential": ["cpc"], "employment": ["full-time"]},
        places=[("Austin", "TX")],
        arrangement="on-site",
        posted_at=now - timedelta(days=2),
    )
    a_posting(
        a_company("Lakeside Clinic", setting="physician-group"),
        "Pain management coder",
        "Interventional pain: CPT 62320-62327 and the facet joint injections. Remote.",
        terms={"specialty": ["pain-management"], "credential": ["cpc", "cpma"]},
        arrangement="remote",
        eligible_mode="named",
        eligible_states=["TX", "OK"],
        posted_at=now - timedelta(days=5),
    )
    a_posting(
        mercy,
        "Cath lab coder",
        "Codes I21.09 and 93458 in the cath lab; inpatients too.",
        terms={"specialty": ["cath-lab-ep"]},
        arrangement="remote",
        closes_at=now + timedelta(days=3),
        posted_at=now - timedelta(days=9),
    )
    a_posting(mercy, "Coding auditor", "Audits pediatric charts, also from home.")
    assert drained().agrees
    rows = listed_rows()
    return list(documents(rows, titles_of_codes(rows), vocabularies(), {}))


def matching(saved: SavedSearch, made: list[Document]) -> set[str]:
    matcher = Matcher(openings_index().schema)
    matcher.add(1, 1, saved.sought)
    return {document.id for document in made if matcher.matching(document)}


def on_its_page(saved: SavedSearch) -> set[str]:
    page = find(saved.request(vocabularies()), vocabularies(), saved.query(vocabularies()))
    assert page.total == len(page.found)
    return {str(one.row.id) for one in page.found}


def test_the_page_shows_what_matches_and_nothing_else(made: list[Document]) -> None:
    some = 0
    for address in ADDRESSES:
        request = asked(address)
        saved = SavedSearch.from_json(SavedSearch.of(request, vocabularies()).to_json())
        found = on_its_page(saved)
        # A saved search seeks what was asked; nothing follows below it that lacks a word.
        literally = find(replace(request, literal=True), vocabularies())
        assert found == {str(one.row.id) for one in literally.found}, address
        moving, schema = saved.moving(vocabularies()), openings_index().schema
        today = [one for one in made if matches(schema, moving, one)]
        assert found == matching(saved, today), address
        some += 0 < len(found) < len(made)
    assert some >= 14, "most of these searches find something, and not everything"


def test_it_goes_on_seeking_what_it_sought_when_words_change(made: list[Document]) -> None:
    known = vocabularies()
    saved = SavedSearch.of(asked("q=telecommute"), known)
    nowhere = {**known.by_facet, "arrangement": Vocabulary("arrangement", ())}
    forgetful = replace(known, groups=(), by_facet=nowhere)
    later = SavedSearch.of(asked("q=telecommute"), forgetful)
    assert matching(saved, made) != matching(later, made) == set()
    stored = SavedSearch.from_json(saved.to_json())
    page = find(stored.request(forgetful), forgetful, stored.query(forgetful))
    assert {str(one.row.id) for one in page.found} == matching(stored, made) == matching(saved, made)


def test_nothing_that_is_kept_moves_with_the_clock(app: Flask) -> None:
    requests = [asked(address) for address in (*ADDRESSES, "posted=30", "q=coder&posted=1&sort=newest")]
    saved = [SavedSearch.of(request, vocabularies()) for request in requests]
    with clock.moved_by(timedelta(days=3, seconds=7)):
        assert [SavedSearch.of(request, vocabularies()) for request in requests] == saved


def test_what_moves_is_seen_from_the_day_of_looking(app: Flask) -> None:
    saved = SavedSearch.of(asked("q=coder&posted=7"), vocabularies())
    with clock.moved_by(timedelta(days=30)):
        later, plain = saved.query(vocabularies()), query_of(asked("q=coder&posted=7"), vocabularies())
    assert {name: later.filters[name] for name in ("open", "posted")} == plain.filters
    assert plain.filters.keys() <= MOVING


def test_the_address_keeps_what_was_asked_but_no_page(app: Flask) -> None:
    saved = SavedSearch.of(asked("q=coder&state=TX&posted=7&sort=pay&page=3"), vocabularies())
    assert saved.address == (("q", "coder"), ("state", "TX"), ("posted", "7"), ("sort", "pay"), ("v", "2"))
    assert saved.query(vocabularies(), page=2).page == 2


def test_a_place_is_kept_as_a_point_and_a_radius(app: Flask) -> None:
    saved = SavedSearch.of(asked("near=Austin,+TX&within=25"), vocabularies())
    told = orjson.loads(saved.to_json())
    assert told["near"][2:] == ["TX", 25]
    assert "filters" not in told["sought"]
    assert SavedSearch.from_json(saved.to_json()) == saved


def test_another_versions_form_is_resolved_again_from_its_address(app: Flask) -> None:
    saved = SavedSearch.of(asked("q=cath+lab&state=TX"), vocabularies())
    old = orjson.dumps(orjson.loads(saved.to_json()) | {"form": 0, "sought": "unreadable"})
    with pytest.raises(OutdatedForm):
        SavedSearch.from_json(old)
    assert renewed(old, vocabularies()) == saved


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("{", "no JSON"),
        ("[]", "object"),
        ('{"form": 1, "address": [["q"]]}', "address"),
        ('{"form": 1, "address": []}', "stored query"),
        ('{"form": 1, "address": [], "sought": {"form": 1}}', "analysis"),
        ('{"form": 1, "address": [], "near": ["TX", 25]}', "near"),
        ('{"form": 1, "address": [], "near": [30.2, -97.7, "TX", 25000]}', "near"),
    ],
)
def test_a_malformed_part_is_named(told: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        SavedSearch.from_json(told)
