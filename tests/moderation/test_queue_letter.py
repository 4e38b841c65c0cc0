"""Moderators hear that something waits, hourly at most, and not twice of the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from jobboard import clock
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.mail.models import Letter
from jobboard.moderation import actions
from jobboard.moderation.letters import tell_moderators
from jobboard.postings.models import Posting
from tests.applications.openings import fresh, in_review, join_company
from tests.conftest import Player

NOON = datetime(2026, 5, 4, 16, 0, tzinfo=UTC)


def to(player: Player) -> list[Letter]:
    db.session.expire_all()
    theirs = select(Letter).where(Letter.kind == "queue_waiting", Letter.person_id == player.person_id)
    return list(db.session.scalars(theirs.order_by(Letter.id)))


def test_mo_hears_once_of_what_waits(mercy: Company, eve: Player, mo: Player) -> None:
    assert tell_moderators() == 0
    with clock.stopped_at(NOON):
        in_review(fresh(mercy), eve)
    for hours in (1, 2, 30):
        with clock.stopped_at(NOON + timedelta(hours=hours)):
            tell_moderators()
    (letter,) = to(mo)
    assert letter.subject == "Waiting for a moderator: 1"
    assert "New postings: 1" in letter.text
    assert "http://localhost/moderation" in letter.text


def test_what_comes_within_the_hour_waits_for_its_end(mercy: Company, eve: Player, mo: Player) -> None:
    with clock.stopped_at(NOON):
        in_review(fresh(mercy), eve)
        assert tell_moderators() == 1
    with clock.stopped_at(NOON + timedelta(minutes=20)):
        in_review(fresh(mercy), eve, title="Auditor")
        assert tell_moderators() == 0
    with clock.stopped_at(NOON + timedelta(minutes=59)):
        assert tell_moderators() == 0
    with clock.stopped_at(NOON + timedelta(minutes=61)):
        assert tell_moderators() == 1
        assert tell_moderators() == 0
    assert to(mo)[-1].subject == "Waiting for a moderator: 2"


def test_a_report_is_told_too(opening: Posting, mo: Player) -> None:
    actions.report(fresh(opening), "scam", "A fee", person_id=None, address="192.0.2.7")
    db.session.commit()
    assert tell_moderators() == 1
    (letter,) = to(mo)
    assert "Postings that were reported: 1" in letter.text
    assert "A fee" not in letter.text


def test_nobody_hears_of_their_own_company(mercy: Company, eve: Player, mo: Player) -> None:
    join_company(fresh(mercy), mo)
    in_review(fresh(mercy), eve)
    assert tell_moderators() == 0
    assert to(mo) == []
