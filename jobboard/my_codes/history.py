"""Notes which codes a person opens, after their page was sent; nothing at all for who switched it off."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import after_this_request
from flask_login import current_user
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from jobboard import clock
from jobboard.database import db, writing
from jobboard.my_codes.models import CodeHistory
from jobboard.my_codes.queries import keeps_history
from jobboard.my_codes.rules import KEPT_IN_HISTORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Response
    from sqlalchemy.engine import Engine

log = logging.getLogger(__name__)
# Who turns a page over and back is not written down each time.
ANEW_AFTER = timedelta(minutes=1)


def note_view(system: str, code: str) -> None:
    """Note that whoever is signed in opens this code's page, once the page is sent; a visitor leaves no trace.

    Two statements read now; one short transaction writes then, none within a minute of the last. A database that is
    busy for too long drops it: a page is worth more than its history.
    """
    if not current_user.is_authenticated:
        return
    person_id: int = current_user.person_id
    last = db.session.scalar(
        select(CodeHistory.at).where(
            CodeHistory.person_id == person_id, CodeHistory.system == system, CodeHistory.code == code
        )
    )
    now = clock.now()
    if (last is not None and now - last < ANEW_AFTER) or not keeps_history(person_id):
        return
    engine = db.engine
    _when_sent(lambda: _write(engine, person_id, system, code, now))


def _when_sent(do: Callable[[], None]) -> None:
    @after_this_request
    def _watch(response: Response) -> Response:
        if response.status_code == 200:
            response.call_on_close(do)
        return response


def _write(engine: Engine, person_id: int, system: str, code: str, at: datetime) -> None:
    insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    row = insert(CodeHistory).values(person_id=person_id, system=system, code=code, at=at)
    opened = row.on_conflict_do_update(index_elements=["person_id", "system", "code"], set_={"at": at})
    oldest = (
        select(CodeHistory.at)
        .where(CodeHistory.person_id == person_id)
        .order_by(CodeHistory.at.desc())
        .offset(KEPT_IN_HISTORY - 1)
        .limit(1)
        .scalar_subquery()
    )
    try:
        with writing(), engine.begin() as connection:
            connection.execute(opened)
            connection.execute(
                delete(CodeHistory).where(CodeHistory.person_id == person_id, CodeHistory.at < oldest)
            )
    except DBAPIError:
        log.warning("a view of %s %s was not noted", system, code, exc_info=True)
