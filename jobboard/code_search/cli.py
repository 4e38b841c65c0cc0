"""`jobboard index codes`: build the index of codes anew. Its state is shown by `jobboard index status`."""

from __future__ import annotations

import json

import click

from jobboard.code_search.fingerprint import fingerprint
from jobboard.code_search.index import codes_index, is_made_of
from jobboard.code_search.rebuild import rebuild_codes
from jobboard.database import db
from jobboard.search.cli import index_commands, status_parts
from jobboard.search.index import PATIENCE_SECONDS
from jobboard.search.leases import LeaseLost, RebuildRunning
from search_index import State, Unavailable


@index_commands.command("codes", help="Build the index of codes anew beside the old one, then swap.")
def codes_command() -> None:
    """Counts `documents` and `refused`; progress goes to stderr."""
    try:
        with codes_index().writing(PATIENCE_SECONDS) as index:
            done = rebuild_codes(index, progress=lambda number: click.echo(f"{number:,} codes", err=True))
    except (Unavailable, RebuildRunning, LeaseLost) as problem:
        raise click.ClickException(str(problem)) from problem
    finally:
        codes_index().rest(now=True)
    click.echo(json.dumps({"documents": done.documents, "refused": done.refused}))


def codes_status() -> dict[str, object]:
    """The state of the index of codes, its documents, and whether it is made of what is loaded now."""
    index = codes_index()
    state = index.reader.state()
    documents, current = 0, False
    if state is State.READY:
        try:
            # The document that tells of what it was made is no code.
            documents, current = max(index.reader.count() - 1, 0), is_made_of(fingerprint())
        except Unavailable:
            state = State.AWAY
    db.session.rollback()
    return {"state": state.value, "documents": documents, "current": current}


def register_status() -> None:
    """Have `jobboard index status` tell of the codes too."""
    status_parts["codes"] = codes_status
