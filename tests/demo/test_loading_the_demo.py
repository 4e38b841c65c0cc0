"""The demo in a database: loaded once, whole or not at all, and worth looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from jobboard import clock
from jobboard.accounts.models import LetterChoice, Person
from jobboard.accounts.passwords import complaint, matches
from jobboard.applications.models import Application, Document, Status
from jobboard.codes.rules import ACCOUNT, MEMBER
from jobboard.codes.viewers import viewer_of
from jobboard.database import db
from jobboard.demo.cast import PASSWORD, address_of
from jobboard.demo.loading import counts, is_loaded, load
from jobboard.demo.reading import people, read_demo
from jobboard.employers.models import Company
from jobboard.moderation.queries import queue
from jobboard.postings.models import Posting, PostingCode, PostingReport, PostingRevision, State
from jobboard.postings.queries import listed
from tests.conftest import Player, browser
from tests.databases import engines_put_away

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from tests.databases import Databases


class TestOnAnEmptyBoard:
    @pytest.fixture
    def data_dir(self, tmp_path: Path) -> Path:
        return tmp_path / "empty"

    @pytest.fixture
    def database_url(self, data_dir: Path, databases: Databases) -> Iterator[str]:
        url = databases.migrated(data_dir)
        with engines_put_away():
            yield url
        databases.drop(url)

    def test_a_load_that_is_broken_off_leaves_nothing_and_can_be_begun_again(
        self, app: Flask, data_dir: Path
    ):
        def stop(done: int, steps: int) -> None:
            if done == steps - 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            load(stop)
        assert not is_loaded()
        for kind in (Person, Company, Posting, Document):
            assert db.session.scalar(select(func.count()).select_from(kind)) == 0
        assert list((data_dir / "documents").iterdir()) == []
        db.session.rollback()
        assert load() == sum(len(employer.advertisements) for employer in read_demo().employers)
        assert is_loaded()


def test_loading_again_adds_nothing(app: Flask):
    before = counts()
    db.session.rollback()
    assert load() == 0
    assert counts() == before


def test_the_open_ones_are_listed_and_the_newest_is_from_today(app: Flask):
    rows = db.session.scalars(select(Posting).where(listed())).all()
    assert len(rows) == counts()[State.OPEN] >= 155
    newest = max(rows, key=lambda posting: posting.posted_at)
    assert (
        newest.posted_at.date() == clock.now().date()
        or newest.posted_at.astimezone().date() == clock.today(newest.time_zone)
    )
    assert all(posting.posted_at <= clock.now() for posting in rows)
    spread = {(clock.today(posting.time_zone) - posting.opens_on).days for posting in rows}
    assert min(spread) == 0
    assert 40 <= max(spread) <= 46


def test_the_closed_ones_are_closed_for_every_reason(app: Flask):
    reasons = set(db.session.scalars(select(Posting.closed_reason).where(Posting.state == State.CLOSED)))
    assert reasons == {"filled", "withdrawn", "expired", "removed"}


def test_moderators_find_a_queue_with_postings_changes_and_reports(app: Flask):
    mo = db.session.scalars(select(Person).where(Person.email == address_of("mo"))).one()
    _, total = queue(mo.id)
    assert total >= 5
    pending = select(func.count()).select_from(PostingRevision).where(PostingRevision.status == "pending")
    assert db.session.scalar(pending) == 2
    reports = db.session.scalars(select(PostingReport)).all()
    assert {bool(report.handled_at) for report in reports} == {True, False}


def test_candidates_find_applications_in_every_status(app: Flask):
    found = set(db.session.scalars(select(Application.status)))
    assert found == {status.value for status in Status}
    resumes = db.session.scalars(select(Document)).all()
    assert {resume.file_name for resume in resumes} == {"ana.txt", "ben.txt"}


def test_one_candidate_is_a_member_and_another_is_not(app: Flask):
    of = {
        who: db.session.scalars(select(Person).where(Person.email == address_of(who))).one()
        for who in ("ana", "ben")
    }
    assert {who: viewer_of(person.id).tier for who, person in of.items()} == {"ana": ACCOUNT, "ben": MEMBER}


def test_codes_were_linked_and_some_confirmed(app: Flask):
    origins = dict(
        db.session.execute(select(PostingCode.origin, func.count()).group_by(PostingCode.origin)).all()
    )
    assert origins["recognised"] > 400
    assert origins["confirmed"] > 20


def test_the_password_is_good_and_everybodys(app: Flask):
    assert complaint(PASSWORD) == ""
    for one in people():
        person = db.session.scalars(select(Person).where(Person.email == address_of(one["key"]))).one()
        assert matches(person.password_hash, PASSWORD)
        assert not db.session.scalars(select(LetterChoice).where(LetterChoice.person_id == person.id)).all()


def test_nobody_signs_in_as_the_desk_of_a_company(app: Flask):
    desks = db.session.scalars(select(Person).where(Person.name == "Hiring desk")).all()
    assert len(desks) == 23
    assert not any(matches(desk.password_hash, PASSWORD) for desk in desks)


@pytest.mark.parametrize(
    ("key", "path", "words"),
    [
        ("ana", "/applications", "Trauma Inpatient Coder"),
        ("eve", "/postings", "Inpatient Coder III"),
        ("max", "/postings", "Inpatient Coder III"),
        ("olga", "/postings", "confidential search"),
        ("mo", "/moderation", "Dermatology and Mohs Coder"),
        ("mo", "/moderation/reports", "Neurology and Sleep Medicine Coder"),
    ],
)
def test_everybody_signs_in_and_finds_something_of_their_own(app: Flask, key: str, path: str, words: str):
    player = Player(key, browser(app))
    answer = player.post("/sign-in", {"email": address_of(key), "password": PASSWORD})
    assert answer.status_code in {302, 303}
    assert words in player.get(path).text


def test_a_page_of_every_employer_and_one_of_its_openings_can_be_read(app: Flask, visitor: Player):
    for slug in db.session.scalars(select(Company.slug).where(Company.members.any())).all():
        assert visitor.get(f"/employers/{slug}").status_code == 200
    firsts = select(func.min(Posting.id)).where(listed()).group_by(Posting.company_id)
    for posting_id in db.session.scalars(firsts).all():
        assert visitor.get(f"/jobs/{posting_id}", follow_redirects=True).status_code == 200
