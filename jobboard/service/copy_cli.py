"""`jobboard db copy`: a board moves to another database with everything it holds."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard import create_app
from jobboard.database import db, in_words
from jobboard.service.copying import (
    NotCopied,
    copy,
    number_of_rows,
    refuse_a_used_target,
    refuse_an_unfit_source,
)
from jobboard.service.rows import Misfit
from jobboard.settings import database_address

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobboard.service.copying import TableCopied


def _address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    try:
        return database_address(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem


@click.command("copy", help="Copy the whole board into another, empty database; stop the board first.")
@click.option("--to", required=True, callback=_address, metavar="URL", help="sqlite:///… or postgresql://…")
@with_appcontext
def copy_command(to: str) -> None:
    """Migrate the target, copy, compare, and print one JSON object; exits 1 where the sides differ."""
    source = db.engine
    settings = replace(current_app.extensions["settings"], database_url=to)
    try:
        refuse_an_unfit_source(source)
        with create_app(settings).app_context():
            copied = _copy(source, db.engine)
    except (NotCopied, Misfit) as problem:
        raise click.ClickException(str(problem)) from problem
    equal = all(table.source == table.target for table in copied)
    click.echo(
        json.dumps(
            {
                "tables": {table.name: {"rows": table.rows, "sha256": table.target} for table in copied},
                "rows": sum(table.rows for table in copied),
                "checksums_equal": equal,
            }
        )
    )
    if not equal:
        for table in copied:
            if table.source != table.target:
                click.echo(f"The table {table.name} differs; nothing was stored.", err=True)
        sys.exit(1)


def _copy(source: Engine, target: Engine) -> list[TableCopied]:
    try:
        refuse_a_used_target(source, target)
        upgrade()
        total = number_of_rows(source)
        with click.progressbar(length=total, label="Copying", file=sys.stderr) as bar:
            return copy(source, target, bar.update)
    except (OperationalError, ProgrammingError) as problem:
        raise click.ClickException(in_words(problem, "--to")) from problem
    finally:
        target.dispose()
