"""Two moderators who press at the same instant: one decision, and a word to the other."""

from __future__ import annotations

from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import select

from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.mail.models import Letter
from jobboard.postings.models import PostingEvent, State
from tests.applications.openings import fresh, in_review
from tests.conftest import Player, signed_in


def test_one_decides_and_the_other_is_told(mercy: Company, eve: Player, mo: Player, app: Flask) -> None:
    second = signed_in(app, "Moe", is_moderator=True)
    posting = in_review(fresh(mercy), eve)
    number, version = posting.id, posting.version
    tokens = {player.name: player.client.token() for player in (mo, second)}
    db.session.remove()
    together, answers = Barrier(2), {}

    def press(player: Player, verb: str) -> None:
        data = {"version": str(version), "reason": "Too vague", "csrf_token": tokens[player.name]}
        together.wait()
        answer = player.client.post(
            f"/moderation/postings/{number}/{verb}", data=data, headers={"Origin": "http://localhost"}
        )
        answers[verb] = answer.status_code

    threads = [Thread(target=press, args=one) for one in ((mo, "approve"), (second, "return"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers in ({"approve": 303, "return": 409}, {"return": 303, "approve": 409})
    approved = answers["approve"] == 303
    assert fresh(posting).state == (State.OPEN if approved else State.DRAFT)
    decided = select(PostingEvent.what).where(PostingEvent.what.in_(("approve", "return")))
    assert db.session.scalars(decided).all() == ["approve" if approved else "return"]
    kinds = set(db.session.scalars(select(Letter.kind)))
    assert ("posting_approved" in kinds, "posting_returned" in kinds) == (approved, not approved)
