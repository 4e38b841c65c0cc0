"""`jobboard index status|drain|rebuild|verify`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NoReturn

import click
from flask.cli import AppGroup

from jobboard.search.drain import drain, outbox_now
from jobboard.search.index import PATIENCE_SECONDS, openings_index
from jobboard.search.rebuild import RebuildFailed, ensure, rebuild, verify
from search_index import State, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

index_commands = AppGroup("index", help="The search index: look at it, bring it up to date, build it anew.")


def _say(counts: Mapping[str, object]) -> None:
    click.echo(json.dumps(counts))


def _fail(problem: Exception) -> NoReturn:
    raise click.ClickException(str(problem)) from problem


@index_commands.command("status", help="Documents, outbox, refusals.")
def status_command() -> None:
    """One JSON object; exits 1 where the index cannot be searched."""
    index = openings_index()
    state = index.reader.state()
    box = outbox_now()
    _say(
        {
            "state": state.value,
            "schema": index.schema.fingerprint,
            "documents": index.reader.count() if state is State.READY else 0,
            "queued": box.queued,
            "oldest_seconds": box.oldest_seconds,
            "refused": box.refused,
        }
    )
    if state is not State.READY:
        sys.exit(1)


@index_commands.command("drain", help="Carry what waits in the outbox; makes a missing index.")
def drain_command() -> None:
    """Counts `documents` of a new index, `written`, `refused`."""
    try:
        with openings_index().writing(PATIENCE_SECONDS) as index:
            made = ensure(index)
            done = drain(index)
    except (Unavailable, RebuildFailed) as problem:
        _fail(problem)
    finally:
        openings_index().rest(now=True)
    _say({"documents": made.documents if made else 0, "written": done.written, "refused": done.refused})


@index_commands.command("rebuild", help="Build the index anew beside the old one, then swap.")
def rebuild_command() -> None:
    """Counts `documents` and `refused`; progress goes to stderr."""
    try:
        with openings_index().writing(PATIENCE_SECONDS) as index:
            done = rebuild(index, progress=_progress)
    except (Unavailable, RebuildFailed) as problem:
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
