"""`jobboard serve`, `jobboard worker`, `jobboard db backup` and `jobboard db restore`."""

from __future__ import annotations

import errno
import json
import logging
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from jobboard.database import db
from jobboard.service.backup import BackupFailed, Manifest, back_up
from jobboard.service.database_copy import CopyFailed
from jobboard.service.readiness import at_newest_migration
from jobboard.service.restore import RestoreRefused, restore
from jobboard.service.web import default_processes, parse_bind, refuse_a_used_port, serve
from jobboard.service.worker import run_until_signalled
from jobboard.settings import SettingsError

DEMO_MARK = "demo.mark"


def _bind(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, int]:
    try:
        return parse_bind(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def refuse_an_unready_board() -> None:
    """Raise `click.ClickException` in words unless key and database are fit to serve with."""
    settings = current_app.extensions["settings"]
    try:
        settings.require_secret_key()
    except SettingsError as problem:
        raise click.UsageError(str(problem)) from problem
    with db.engine.connect() as connection:
        newest = at_newest_migration(connection)
    if not newest:
        raise click.ClickException(
            "the database is not at the newest migration: run `jobboard db upgrade` first"
        )
    db.engine.dispose()


@click.command("serve", help="Serve the board, with one supervised worker beside the web processes.")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, callback=_bind, metavar="HOST:PORT")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=None, help="Web processes; by default one a core."
)
@click.option("--no-worker", is_flag=True, help="For those who run `jobboard worker` apart.")
@with_appcontext
def serve_command(bind: tuple[str, int], processes: int | None, no_worker: bool) -> None:
    """See `service.web.serve`."""
    _log_to_the_terminal()
    if (current_app.extensions["settings"].data_dir / DEMO_MARK).exists():
        raise click.ClickException(
            "this data folder holds a demo board, whose passwords are printed for all to see"
        )
    refuse_an_unready_board()
    try:
        refuse_a_used_port(*bind)
    except OSError as problem:
        taken = problem.errno == errno.EADDRINUSE
        said = "is in use by another program" if taken else f"cannot be served on: {problem.strerror}"
        raise click.ClickException(f"{bind[0]}:{bind[1]} {said}") from problem
    serve(_app(), *bind, processes=processes or default_processes(), worker=not no_worker)


@click.command("worker", help="Index, send letters, close what is due: everything that is not a page.")
@click.option("--parent", type=int, default=None, hidden=True)
@with_appcontext
def worker_command(parent: int | None) -> None:
    """See `service.worker.Worker`."""
    _log_to_the_terminal()
    refuse_an_unready_board()
    run_until_signalled(_app(), parent=parent)


@click.command("backup", help="Save the database and the data folder into a new FOLDER, also while serving.")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER")
@with_appcontext
def backup_command(folder: Path) -> None:
    """See `service.backup.back_up`; counts `files` and `bytes`."""
    try:
        made = back_up(folder)
    except (BackupFailed, CopyFailed) as problem:
        raise click.ClickException(str(problem)) from problem
    _count(made)


@click.command("restore", help="Fill an empty database and an empty data folder from a backup.")
@click.option("--from", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER")
@with_appcontext
def restore_command(folder: Path) -> None:
    """See `service.restore.restore`; counts `files` and `bytes`."""
    try:
        held = restore(folder)
    except (RestoreRefused, CopyFailed) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo("Next: `jobboard db upgrade`, then `jobboard index rebuild`.", err=True)
    _count(held)


def _count(manifest: Manifest) -> None:
    click.echo(json.dumps({"files": len(manifest.files), "bytes": manifest.size}))


def _log_to_the_terminal() -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # The clients of search servers report every call that fails; what it means is said by whoever called.
    for client in ("opensearch", "elastic_transport"):
        logging.getLogger(client).setLevel(logging.ERROR)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
