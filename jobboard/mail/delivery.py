"""Sending what is due: claim a few letters, hand them over one by one, write down what became of each.

A claim is a short transaction that moves `not_before` ahead, so that no second worker takes the same letter. If the
worker dies meanwhile, the letter is due again when the claim runs out: it may then arrive twice (with the same
Message-ID), but it is never lost.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobboard import clock
from jobboard.crash_points import step
from jobboard.database import separate_write
from jobboard.mail.carriers import TIMEOUT_SECONDS, Away, Carrier, Deferred, Refused, carrier_for
from jobboard.mail.models import Letter
from jobboard.measures import measures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from jobboard.settings import Settings

LETTERS_AT_ONCE = 20
# Longer than a batch can take when every letter runs into the carrier's time limit.
CLAIM = timedelta(seconds=(LETTERS_AT_ONCE + 2) * TIMEOUT_SECONDS)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# RFC 5321, section 4.5.4.1: at least four to five days before a letter that is put off again and again is given up.
PATIENCE = timedelta(days=5)

log = logging.getLogger(__name__)


def send_due(batch: int = LETTERS_AT_ONCE) -> int:
    """Send letters that are due, `batch` at most; returns how many went out. Commits its own work."""
    letters = _claimed(batch)
    if not letters:
        return 0
    step("mail-claimed")
    settings: Settings = current_app.extensions["settings"]
    sent, done = 0, 0
    try:
        with carrier_for(settings.mail_url, settings.mail_from) as carrier:
            step("mail-connected")
            for letter in letters:
                sent += _hand_over(letter, carrier)
                done += 1
    except Away as problem:
        log.warning("letters wait: %s", problem)
        for letter in letters[done:]:
            _put_off(letter, str(problem))
    return sent


def wait_after(attempts: int) -> timedelta:
    """How long a letter rests after its n-th attempt: 30 seconds, doubled each time, an hour at most."""
    doublings = min(max(attempts, 1) - 1, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _claimed(batch: int) -> Sequence[Letter]:
    now = clock.now()
    with separate_write() as connection, Session(connection, expire_on_commit=False) as session:
        waiting = Letter.sent_at.is_(None) & Letter.failed_at.is_(None) & (Letter.not_before <= now)
        due = select(Letter).where(waiting).order_by(Letter.not_before, Letter.id).limit(batch)
        letters = session.scalars(due.with_for_update(skip_locked=True)).all()
        for letter in letters:
            letter.attempts += 1
            letter.not_before = now + CLAIM
        session.flush()
        session.expunge_all()
        return letters


def _hand_over(letter: Letter, carrier: Carrier) -> int:
    try:
        carrier.take(letter)
    except Refused as problem:
        log.warning("letter %s (%s) was refused: %s", letter.id, letter.kind, problem)
        _note(letter, failed_at=clock.now(), last_error=str(problem))
        measures().letters.labels("failed").inc()
        return 0
    except Deferred as problem:
        if clock.now() - letter.created_at > PATIENCE:
            _note(letter, failed_at=clock.now(), last_error=f"given up: {problem}")
            measures().letters.labels("failed").inc()
        else:
            _put_off(letter, str(problem))
        return 0
    # The one gap: who dies here has sent a letter that is due again when the claim runs out.
    step("mail-handed-over")
    _note(letter, sent_at=clock.now(), last_error="")
    step("mail-noted")
    measures().letters.labels("sent").inc()
    return 1


def _put_off(letter: Letter, problem: str) -> None:
    _note(letter, not_before=clock.now() + wait_after(letter.attempts), last_error=problem)
    measures().letters.labels("put off").inc()


def _note(letter: Letter, **facts: datetime | str) -> None:
    with separate_write() as connection:
        connection.execute(update(Letter).where(Letter.id == letter.id).values(**facts))
