"""Whatever changes a listing, the index hears of it: one row per thing, with the version to write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, insert, select, update

from jobboard import clock
from jobboard.codes.signals import edition_in_force
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings.models import Posting, PostingCode, PostingPlace, PostingTerm, PostingWorkload
from jobboard.search.models import IndexChange
from jobboard.search.watcher import BulkChangeRefused
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


def queued() -> dict[int, int]:
    return {change.id: change.version for change in db.session.scalars(select(IndexChange))}


def forget() -> None:
    db.session.execute(delete(IndexChange))
    db.session.commit()


@pytest.fixture
def posting(app: Flask) -> Posting:
    one = a_posting(
        a_company(), text="Codes E11.9.", terms={"specialty": ["emergency"]}, places=[("Austin", "TX")]
    )
    one.workloads.append(PostingWorkload(chart_type="inpatient", charts_per_hour_least=3))
    db.session.commit()
    assert queued() == {one.id: one.version}
    forget()
    return one


EDITS: dict[str, Callable[[Posting], object]] = {
    "the title": lambda posting: setattr(posting, "title", "Outpatient coder"),
    "the state": lambda posting: setattr(posting, "state", "closed"),
    "a list in a column": lambda posting: setattr(posting, "eligible_states", ["TX"]),
    "a term added": lambda posting: posting.terms.append(PostingTerm(facet="specialty", slug="urology")),
    "a term taken away": lambda posting: posting.terms.clear(),
    "a term's slug": lambda posting: setattr(posting.terms[0], "slug", "urology"),
    "terms put in place of others": lambda posting: setattr(
        posting, "terms", [PostingTerm(facet="role", slug="auditor")]
    ),
    "a code dismissed": lambda posting: setattr(posting.codes[0], "dismissed", True),
    "a code deleted through the session": lambda posting: db.session.delete(posting.codes[0]),
    "a code added by its key": lambda posting: db.session.add(
        PostingCode(
            posting_id=posting.id, system="cpt", start="99213", low="99213", high="99213", text="99213"
        )
    ),
    "a place": lambda posting: setattr(posting.places[0], "state", "OK"),
    "a workload": lambda posting: setattr(posting.workloads[0], "charts_per_hour_least", 4),
}


@pytest.mark.parametrize("what", EDITS)
def test_every_edit_raises_the_version_and_queues_it(what: str, posting: Posting) -> None:
    before = posting.version
    EDITS[what](posting)
    db.session.commit()
    assert posting.version == before + 1
    assert queued() == {posting.id: posting.version}


def test_a_hundred_edits_are_one_row(posting: Posting) -> None:
    before = posting.version
    for number in range(100):
        posting.title = f"Coder {number}"
        db.session.commit()
    assert queued() == {posting.id: before + 100}


def test_an_edit_that_is_rolled_back_queues_nothing(posting: Posting) -> None:
    posting.title = "Never stored"
    db.session.flush()
    db.session.rollback()
    assert queued() == {}


def test_a_deletion_outlives_the_posting(posting: Posting) -> None:
    posting_id, version = posting.id, posting.version
    db.session.delete(posting)
    db.session.commit()
    assert queued() == {posting_id: version + 1}


def test_a_company_renamed_queues_all_its_postings_with_two_statements(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    company, other = a_company(), a_company("Lakeside Clinic")
    mine = [a_posting(company) for _ in range(5)]
    placed = a_posting(other, posted_by_company_id=company.id)
    foreign = a_posting(other)
    db.session.commit()
    forget()
    mine[0].title = "Changed in the same breath"
    company.name = "Mercy Health"
    db.session.commit()
    versions = {one.id: db.session.get_one(Posting, one.id).version for one in (*mine, placed)}
    assert queued() == versions
    assert foreign.id not in queued()
    assert drained().agrees
    mine[1].title = "And edited afterwards"
    db.session.commit()
    assert drained().agrees


def test_a_suspended_company_or_author_takes_its_postings_out_and_back(
    ana: Player, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    by_company, by_ana = a_posting(company), a_posting(a_company("Lakeside"), created_by_id=ana.person_id)
    assert drained().index == 2
    company = db.session.get_one(Company, company.id)
    company.suspended_at = clock.now()
    ana.person.suspended_at = clock.now()
    found = drained()
    assert (found.index, found.agrees) == (0, True)
    company.suspended_at = None
    ana.person.suspended_at = None
    found = drained()
    assert (found.index, found.agrees) == (2, True)
    assert {by_company.id, by_ana.id} == {by_company.id, by_ana.id}


@pytest.mark.parametrize(
    "statement",
    [
        update(Posting).values(title="All alike"),
        delete(PostingTerm),
        delete(PostingPlace).where(PostingPlace.state == "TX"),
        update(Company).values(name="One name for all"),
    ],
    ids=["postings", "terms", "places", "companies"],
)
def test_bulk_changes_are_refused(statement: object, posting: Posting) -> None:
    with pytest.raises(BulkChangeRefused, match="index"):
        db.session.execute(statement)  # type: ignore[call-overload]


def test_what_opens_later_is_listed_when_its_time_has_come(
    app: Flask, drained: Callable[[], Comparison]
) -> None:
    soon = clock.now() + timedelta(hours=2)
    a_posting(a_company(), opens_at=soon)
    found = drained()
    assert (found.database, found.index, len(queued())) == (0, 0, 1)
    with clock.stopped_at(soon + timedelta(seconds=1)):
        found = drained()
    assert (found.index, found.missing, len(queued())) == (1, [], 0)


@pytest.mark.parametrize("read", ["the child", "its key", "its posting"])
def test_a_child_that_is_moved_by_its_key_changes_both_postings(read: str, posting: Posting) -> None:
    other = a_posting(db.session.get_one(Company, posting.company_id))
    db.session.commit()
    place_id, ids = posting.places[0].id, {posting.id, other.id}
    forget()
    db.session.expire_all()
    place = db.session.get_one(PostingPlace, place_id)
    _ = {"the child": None, "its key": place.posting_id, "its posting": place.posting}[read]
    place.posting_id = other.id
    db.session.commit()
    assert queued().keys() == ids


@pytest.mark.parametrize(
    "statement",
    [
        update(Posting.__table__).values(title="Coder"),
        delete(PostingTerm.__table__),
        insert(PostingTerm).values(posting_id=1, facet="specialty", slug="urology", position=9),
    ],
    ids=["update of a table", "delete of a table", "insert"],
)
def test_statements_that_pass_by_the_objects_are_refused(statement: Any, posting: Posting) -> None:
    with pytest.raises(BulkChangeRefused, match="posting"):
        db.session.execute(statement)


def test_another_edition_of_a_code_system_changes_the_postings_that_name_its_codes(posting: Posting) -> None:
    other = a_posting(db.session.get_one(Company, posting.company_id), text="No codes.")
    db.session.commit()
    version = posting.version
    forget()
    edition_in_force.send("icd10cm")
    db.session.commit()
    assert queued() == {posting.id: version + 1}
    assert other.id not in queued()
    assert posting.version == version + 1
