"""What the clock does for applications: the day's letter, old drafts, and who hears of a closing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from jobboard import clock
from jobboard.accounts import letters as choices
from jobboard.applications import actions, drafts
from jobboard.applications.digests import write_digests
from jobboard.applications.models import Application, ApplicationDraft
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.postings.models import Posting
from tests.applications.openings import fresh
from tests.conftest import Player

NOON = datetime(2026, 5, 4, 16, 0, tzinfo=UTC)


@pytest.fixture
def daily(eve: Player, opening: Posting) -> Posting:
    """Eve wants one letter a day; the posting is open around the days of these tests."""
    choices.choose(eve.person_id, "new_application", "daily")
    posting = fresh(opening)
    posting.opens_at, posting.closes_at = NOON - timedelta(days=30), NOON + timedelta(days=30)
    db.session.commit()
    return posting


def to(player: Player, kind: str = "new_application") -> list[Letter]:
    db.session.expire_all()
    theirs = select(Letter).where(Letter.kind == kind, Letter.person_id == player.person_id)
    return list(db.session.scalars(theirs.order_by(Letter.id)))


def apply_at(moment: datetime, player: Player, posting: Posting) -> None:
    with clock.stopped_at(moment):
        actions.apply(player.person, fresh(posting), message="A secret word: marzipan.")
        db.session.commit()


def test_who_wants_it_daily_gets_one_letter_the_next_day(
    daily: Posting, eve: Player, max_: Player, ana: Player, ben: Player
) -> None:
    apply_at(NOON, ana, daily)
    apply_at(NOON + timedelta(hours=2), ben, daily)
    assert len(to(max_)) == 2
    with clock.stopped_at(NOON + timedelta(hours=3)):
        assert write_digests() == 0
    assert to(eve) == []
    with clock.stopped_at(NOON + timedelta(days=1)):
        assert write_digests() == 1
        assert write_digests() == 0
    (letter,) = to(eve)
    assert letter.subject == "2 new applications on 4 May"
    assert "Ana" in letter.text
    assert "Ben" in letter.html
    assert "marzipan" not in letter.text + letter.html
    assert len(to(max_)) == 2


def test_the_day_is_the_sites_own(daily: Posting, eve: Player, ana: Player, ben: Player) -> None:
    """23:30 in New York is another day in UTC, and the day ends half an hour later."""
    late = datetime(2026, 5, 5, 3, 30, tzinfo=UTC)
    apply_at(late, ana, daily)
    apply_at(late + timedelta(hours=1), ben, daily)
    with clock.stopped_at(late + timedelta(hours=2)):
        assert write_digests() == 1
    (letter,) = to(eve)
    assert letter.subject == "1 new application on 4 May"
    assert "Ben" not in letter.text


def test_a_board_that_stood_still_tells_later(daily: Posting, eve: Player, ana: Player) -> None:
    apply_at(NOON, ana, daily)
    with clock.stopped_at(NOON + timedelta(days=3)):
        assert write_digests() == 1
    assert len(to(eve)) == 1


def test_what_was_told_at_once_is_not_told_again(daily: Posting, max_: Player, ana: Player) -> None:
    apply_at(NOON, ana, daily)
    assert len(to(max_)) == 1
    choices.choose(max_.person_id, "new_application", "daily")
    db.session.commit()
    with clock.stopped_at(NOON + timedelta(days=1)):
        write_digests()
    assert len(to(max_)) == 1


def test_who_wants_no_letters_gets_none(daily: Posting, eve: Player, ana: Player) -> None:
    choices.choose(eve.person_id, "new_application", "off")
    choices.choose(ana.person_id, "application_received", "off")
    db.session.commit()
    apply_at(NOON, ana, daily)
    with clock.stopped_at(NOON + timedelta(days=1)):
        assert write_digests() == 0
    assert to(eve) == []
    assert to(ana, "application_received") == []
    assert db.session.scalar(select(func.count(Application.id))) == 1


def test_drafts_are_kept_for_a_week_and_then_forgotten(opening: Posting) -> None:
    with clock.stopped_at(NOON):
        token = drafts.keep(opening.id, "Twelve years")
        db.session.commit()
    with clock.stopped_at(NOON + timedelta(days=6)):
        assert drafts.message_of(opening.id, token) == "Twelve years"
        assert drafts.forget_old() == 0
    with clock.stopped_at(NOON + timedelta(days=8)):
        assert drafts.message_of(opening.id, token) == ""
        assert drafts.forget_old() == 1
    assert db.session.scalar(select(func.count()).select_from(ApplicationDraft)) == 0


def test_a_draft_needs_its_token(opening: Posting) -> None:
    token = drafts.keep(opening.id, "Twelve years")
    db.session.commit()
    assert drafts.message_of(opening.id, token) == "Twelve years"
    assert drafts.message_of(opening.id, token[:-1]) == ""
    assert drafts.message_of(opening.id, "") == ""
    assert drafts.message_of(opening.id + 1, token) == ""
    assert db.session.scalars(select(ApplicationDraft.token_hash)).one() != token
