"""A change made to a row that somebody else has changed meanwhile is named the same wherever it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from jobboard import unit_of_work
from jobboard.database import db, separate_write
from jobboard.employers.models import Company
from jobboard.postings.models import Posting
from jobboard.unit_of_work import ChangedByAnother
from tests.applications.openings import in_review
from tests.conftest import Player


def _by_a_question() -> None:
    db.session.scalars(select(Company)).all()


@pytest.mark.parametrize("send", [_by_a_question, unit_of_work.flush, unit_of_work.commit])
def test_whoever_is_too_late_is_told_so(send: Callable[[], None], mercy: Company, eve: Player) -> None:
    posting = in_review(mercy, eve)
    title, number = posting.title, posting.id
    unit_of_work.commit()
    with separate_write() as another:
        another.execute(update(Posting).where(Posting.id == number).values(version=Posting.version + 1))
    posting.title = "Written too late"
    with pytest.raises(ChangedByAnother):
        send()
    unit_of_work.rollback()
    assert db.session.scalar(select(Posting.title).where(Posting.id == number)) == title
