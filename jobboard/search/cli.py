"""`jobboard index status|drain|rebuild|verify`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NoReturn

import click
from flask.cli import AppGroup

from jobboard.database import db
from jobboard.search.comparing import verify
from jobboard.search.drain import drain, outbox_now
from jobboard.search.failures import failures, retry
from jobboard.search.index import PATIENCE_SECONDS, openings_index
from jobboard.search.leases import LeaseLost, RebuildRunning, running
from jobboard.search.rebuild import RebuildFailed, ensure, rebuild, running_elsewhere
from search_index import State, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PROBLEMS = (Unavailable, RebuildFailed, RebuildRunning, LeaseLost)
# What higher rooms add to the status, by name.
status_parts: dict[str, Callable[[], dict[str, object]]] = {}
index_commands = AppGroup("index", help="The search index: look at it, bring it up to date, build it anew.")


def _say(counts: Mapping[str, object]) -> None:
    click.echo(json.dumps(counts))


def _fail(problem: Exception) -> NoReturn:
    raise click.ClickException(str(problem)) from problem


@index_commands.command("status", help="The engine, its index, the outbox, a rebuild that goes on.")
def status_command() -> None:
    """One JSON object; exits 1 where the index cannot be searched."""
    index = openings_index()
    box, rebuilding = outbox_now(), running()
    db.session.rollback()
    state, documents = index.reader.state(), 0
    if state is State.READY:
        try:
            documents = index.reader.count()
        except Unavailable:
            state = State.AWAY
    _say(
        {
            "state": state.value,
            "engine": index.engine.url,
            "schema": index.schema.fingerprint,
            "documents": documents,
            "queued": box.queued,
            "oldest_seconds": box.oldest_seconds,
            "refused": box.refused,
            "rebuild": None
            if rebuilding is None
            else {
                "holder": rebuilding.holder,
                "since": rebuilding.started_at.isoformat(timespec="seconds"),
                "done": rebuilding.done,
                "total": rebuilding.total,
            },
            **{name: tell() for name, tell in status_parts.items()},
        }
    )
    if state is not State.READY:
        sys.exit(1)


@index_commands.command("failures", help="Openings whose documents were refused, with the reason.")
def failures_command() -> None:
    """One JSON object a line: `id, title, error, attempts, next_try`."""
    for one in failures():
        _say({**vars(one), "next_try": one.next_try.isoformat(timespec="seconds")})


@index_commands.command("retry", help="Have refused documents tried again at once: all, or these openings.")
@click.argument("ids", nargs=-1, type=click.IntRange(min=1), metavar="[ID]…")
def retry_command(ids: tuple[int, ...]) -> None:
    """Counts `due`; exits 1 where none of `ids` was refused."""
    due = retry(ids)
    if ids and due < len(set(ids)):
        click.echo(f"{len(set(ids)) - due} of these openings were not refused", err=True)
    _say({"due": due})
    if ids and not due:
        sys.exit(1)


@index_commands.command("drain", help="Carry what waits in the outbox; makes a missing index.")
def drain_command() -> None:
    """Counts `documents` of a new index, `written`, `refused`."""
    try:
        with openings_index().writing(PATIENCE_SECONDS) as index:
            made = ensure(index)
            done = drain(index)
    except _PROBLEMS as problem:
        _fail(problem)
    finally:
        openings_index().rest(now=True)
    _say({"documents": made.documents if made else 0, "written": done.written, "refused": done.refused})


@index_commands.command("rebuild", help="Build the index anew beside the old one, then swap.")
def rebuild_command() -> None:
    """Counts `documents` and `refused`; progress goes to stderr."""
    if there := running_elsewhere():
        _fail(there)
    try:
        with openings_index().writing(PATIENCE_SECONDS) as index:
            done = rebuild(index, progress=_progress)
    except _PROBLEMS as problem:
        _fail(problem)
    finally:
        openings_index().rest(now=True)
    _say({"documents": done.documents, "refused": done.refused})


@index_commands.command("verify", help="Compare the index with what the database lists.")
def verify_command() -> None:
    """Counts `database, index, missing, extra, stale`; exits 1 where one of the last three is not 0."""
    try:
        found = verify(openings_index().reader)
    except Unavailable as problem:
        _fail(problem)
    for words, ids in (("missing", found.missing), ("extra", found.extra), ("stale", found.stale)):
        if ids:
            shown = ", ".join(map(str, ids[:20])) + (" …" if len(ids) > 20 else "")
            click.echo(f"{words}: {shown}", err=True)
    _say(
        {
            "database": found.database,
            "index": found.index,
            "missing": len(found.missing),
            "extra": len(found.extra),
            "stale": len(found.stale),
        }
    )
    if not found.agrees:
        sys.exit(1)


def _progress(done: int, total: int) -> None:
    click.echo(f"{done:,} of {total:,} openings", err=True)
