"""The command `jobboard`. Rooms bring their own words; `flask --app jobboard` offers the same."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard import __version__, create_app
from jobboard.collecting import collect_rarely
from jobboard.database import in_words
from jobboard.settings import SettingsError

REFUSED = 1
WRONG_USE = 2


def main() -> None:
    """Run the command; exits 0 on success, 1 where input was refused, 2 on wrong use."""
    try:
        app = create_app()
    except SettingsError as problem:
        click.echo(f"jobboard: {problem}", err=True)
        sys.exit(WRONG_USE)
    collect_rarely()
    words = AppGroup("jobboard", help="A job board for medical coders.", commands=dict(app.cli.commands))
    click.version_option(__version__, prog_name="jobboard")(words)
    try:
        words.main(prog_name="jobboard", obj=ScriptInfo(create_app=lambda: app))
    except SettingsError as problem:
        click.echo(f"jobboard: {problem}", err=True)
        sys.exit(WRONG_USE)
    except (OperationalError, ProgrammingError) as problem:
        click.echo(f"jobboard: {in_words(problem)}", err=True)
        sys.exit(REFUSED)
