"""A worker that is killed while it sends: no letter is lost, and one goes twice only in the one gap there is."""

from __future__ import annotations

import email
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.mail.delivery import CLAIM, send_due
from tests.crashes import MAIL, environment_of, killed_at
from tests.mail.conftest import fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.mail.conftest import PostOffice, WriteLetter

SENT = {"mail-claimed": 0, "mail-connected": 0, "mail-handed-over": 1, "mail-noted": 1}


@pytest.mark.parametrize("step", MAIL)
def test_a_worker_killed_at_any_step_of_sending_loses_no_letter(
    step: str, mailing: Callable[..., Flask], post_office: tuple[PostOffice, int], write: WriteLetter
) -> None:
    office, port = post_office
    board = mailing(f"smtp://127.0.0.1:{port}")
    letters = [write("ivy@example.org"), write("ned@example.org")]
    db.session.commit()
    killed_at(step, environment_of(board.extensions["settings"]), "worker")
    assert len(office.taken) == SENT[step]
    assert send_due() == 0, "what the dead worker claimed rests until the claim runs out"
    with clock.moved_by(CLAIM + timedelta(seconds=1)):
        send_due()
        assert send_due() == 0
    assert all(fresh(letter).sent_at is not None for letter in letters)
    assert set(office.receivers) == {"ivy@example.org", "ned@example.org"}
    if step == "mail-handed-over":
        first, second, _ = office.taken
        assert _message_id(first) == _message_id(second), (
            "the reader's mail program tells that it is one letter"
        )
        assert len(office.taken) == 3
    else:
        assert len(office.taken) == 2


def _message_id(taken: tuple[str, list[str], bytes]) -> str:
    told = email.message_from_bytes(taken[2])["Message-ID"]
    assert told
    return str(told)
