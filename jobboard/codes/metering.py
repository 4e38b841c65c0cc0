"""Counts views of code pages: each code once for each viewer in a month, and never one more than the allowance.

A view is a row of `code_view`. The row without a code is what concurrent requests of one viewer wait for, so that two
of them never let two codes through on one view; SQLite has one writer anyway.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, exists, func, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from jobboard import clock
from jobboard.codes.models import CodeEdition
from jobboard.codes.rules import is_licensed
from jobboard.codes.viewer_models import CodeLicenceUse, CodeView, CodeViewNetwork
from jobboard.database import UtcDateTime, db, passes, separate_write, writing

MONTHS_KEPT: Final = 3
PATIENCE_MILLISECONDS: Final = 1_000

_log = logging.getLogger(__name__)
_AT: Final = bindparam("at", type_=UtcDateTime())
_HOLD: Final = text(
    "INSERT INTO code_view (period, viewer, system, code, at) VALUES (:period, :viewer, '', '', :at) "
    "ON CONFLICT (period, viewer, system, code) DO UPDATE SET at = excluded.at"
).bindparams(_AT)
_CARRY_ON: Final = text(
    "INSERT INTO code_view (period, viewer, system, code, at) "
    "SELECT period, :viewer, system, code, at FROM code_view "
    "WHERE period = :period AND viewer = :guest AND system <> '' "
    "ON CONFLICT (period, viewer, system, code) DO NOTHING"
)
_VIEW: Final = text(
    "INSERT INTO code_view (period, viewer, system, code, at) VALUES (:period, :viewer, :system, :code, :at) "
    "ON CONFLICT (period, viewer, system, code) DO NOTHING RETURNING code"
).bindparams(_AT)
_NETWORK: Final = text(
    "INSERT INTO code_view_network (period, network, views) VALUES (:period, :network, 1) "
    "ON CONFLICT (period, network) DO UPDATE SET views = code_view_network.views + 1 RETURNING views"
)
_USE: Final = text(
    "INSERT INTO code_licence_use (edition_id, viewer, first_at) VALUES (:edition, :viewer, :at) "
    "ON CONFLICT (edition_id, viewer) DO NOTHING"
).bindparams(_AT)


@dataclass(frozen=True, slots=True)
class Asked:
    """A view that is asked for.

    `viewer` is "person:ID" or "guest:NAME"; `guest` who a person was in this browser before they signed in, or "".
    `network` is a hash for a guest and "" for a person, who is not counted by network.
    """

    period: str
    viewer: str
    system: str
    code: str
    guest: str = ""
    network: str = ""


def period_of(today: date) -> str:
    """The month, "2026-11"."""
    return f"{today:%Y-%m}"


def seen_in(period: str, viewers: list[str]) -> set[tuple[str, str]]:
    """(system, code) of what these viewers have viewed in the period; one statement."""
    rows = db.session.execute(
        select(CodeView.system, CodeView.code).where(
            CodeView.period == period, CodeView.viewer.in_(viewers), CodeView.system != ""
        )
    )
    return {(row.system, row.code) for row in rows}


def count_view(asked: Asked, limit: int, most_of_network: int) -> int | None:
    """Store a view and return how many the viewer has had; None where it would be one too many, and nothing is stored.

    Where the database is locked for longer than a moment, the view is not counted and 0 is returned: a page is never
    kept back for that. Must not be called while the session holds the write lock.
    """
    names = {
        "period": asked.period,
        "viewer": asked.viewer,
        "guest": asked.guest,
        "system": asked.system,
        "code": asked.code,
        "at": clock.now(),
    }
    try:
        with _patient_write() as connection:
            connection.execute(_HOLD, _only(names, "period", "viewer", "at"))
            if asked.guest:
                connection.execute(_CARRY_ON, _only(names, "period", "viewer", "guest"))
            is_new = (
                connection.execute(_VIEW, _only(names, "period", "viewer", "system", "code", "at")).first()
                is not None
            )
            used = connection.execute(
                select(func.count()).where(
                    CodeView.period == asked.period, CodeView.viewer == asked.viewer, CodeView.system != ""
                )
            ).scalar_one()
            if is_new and used > limit:
                raise _Refused
            if is_new and asked.network and most_of_network:
                of_network = connection.execute(
                    _NETWORK, {"period": asked.period, "network": asked.network}
                ).scalar_one()
                if of_network > most_of_network:
                    raise _Refused
            return int(used)
    except _Refused:
        return None
    except OperationalError as problem:
        if not passes(problem):
            raise
        _log.warning("a view of %s %s was not counted: the database is busy", asked.system, asked.code)
        return 0


def count_licence_uses(edition_ids: Collection[int], viewer: str) -> None:
    """Note, once, that somebody reads text of those of the editions that are licensed.

    One statement, and a short transaction only where there is something new. A busy database keeps no page back. Must
    not be called while the session holds the write lock.
    """
    counted = exists().where(CodeLicenceUse.edition_id == CodeEdition.id, CodeLicenceUse.viewer == viewer)
    asked = select(CodeEdition).where(CodeEdition.id.in_(sorted(edition_ids)), ~counted)
    new = [each.id for each in db.session.scalars(asked) if is_licensed(each)]
    if not new:
        return
    try:
        with _patient_write() as connection:
            now = clock.now()
            connection.execute(_USE, [{"edition": each, "viewer": viewer, "at": now} for each in new])
    except OperationalError as problem:
        if not passes(problem):
            raise
        _log.warning("a user of editions %s was not counted: the database is busy", new)


def licence_users() -> list[tuple[int, str, int]]:
    """(edition id, month, people and browsers that first read of it then), in order."""
    counted: dict[tuple[int, str], int] = {}
    for edition_id, first_at in db.session.execute(
        select(CodeLicenceUse.edition_id, CodeLicenceUse.first_at).order_by(
            CodeLicenceUse.edition_id, CodeLicenceUse.first_at
        )
    ):
        key = (edition_id, f"{first_at:%Y-%m}")
        counted[key] = counted.get(key, 0) + 1
    return [(edition_id, month, users) for (edition_id, month), users in counted.items()]


def forget_old_views() -> int:
    """Delete the views of months that are over by more than `MONTHS_KEPT`; returns how many rows there were."""
    month = clock.today().replace(day=1)
    for _ in range(MONTHS_KEPT):
        month = (month - timedelta(days=1)).replace(day=1)
    oldest = period_of(month)
    with separate_write() as connection:
        views = connection.execute(delete(CodeView).where(CodeView.period < oldest)).rowcount
        networks = connection.execute(delete(CodeViewNetwork).where(CodeViewNetwork.period < oldest)).rowcount
    return int(views) + int(networks)


class _Refused(Exception):
    """Takes back what the transaction has done so far."""


def _only(names: dict[str, object], *wanted: str) -> dict[str, object]:
    return {name: names[name] for name in wanted}


@contextmanager
def _patient_write() -> Iterator[Connection]:
    """As `separate_write`, but waiting only a moment for others to finish."""
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver = connection.connection.driver_connection
        before = 0
        if sqlite and driver is not None:
            before = driver.execute("PRAGMA busy_timeout").fetchone()[0]
            driver.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
        try:
            with _write_on(connection, sqlite=sqlite):
                yield connection
        finally:
            if sqlite and driver is not None:
                driver.execute(f"PRAGMA busy_timeout = {before}")


@contextmanager
def _write_on(connection: Connection, *, sqlite: bool) -> Iterator[None]:
    with writing(), connection.begin():
        if not sqlite:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MILLISECONDS}")
        yield
