"""`jobboard demo`: one command from nothing to a board full of openings, on this machine alone."""

from __future__ import annotations

import ipaddress
import logging

import click
from flask import current_app
from flask.cli import with_appcontext

from jobboard import create_app
from jobboard.demo import folder
from jobboard.demo.cast import PASSWORD, address_of
from jobboard.demo.loading import counts
from jobboard.demo.reading import people
from jobboard.demo.starting import prepare
from jobboard.postings.models import State
from jobboard.service.web import address_of as web_address
from jobboard.service.web import default_processes, parse_bind, refuse_a_used_port, serve


def _loopback(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, int]:
    try:
        host, port = parse_bind(value)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem
    if not _is_loopback(host):
        raise click.BadParameter(
            f"{host} can be reached from other machines; a demo, whose passwords everybody knows, is served on "
            "127.0.0.1, [::1] or localhost only"
        )
    return host, port


def _is_loopback(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@click.command("demo", help="Show the board with invented employers and openings, on this machine alone.")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, callback=_loopback, metavar="HOST:PORT")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=None, help="Web processes; by default one a core."
)
@with_appcontext
def demo_command(bind: tuple[str, int], processes: int | None) -> None:
    """Make the data folder what a demo needs, say whom one may sign in as, and serve until stopped."""
    host, port = bind
    try:
        refuse_a_used_port(host, port)
    except OSError as problem:
        raise click.ClickException(
            f"port {port} of {host} cannot be used ({problem.strerror}); choose another with --bind"
        ) from problem
    given = current_app.extensions["settings"]
    try:
        folder.claim(given)
    except folder.NotADemo as problem:
        raise click.ClickException(str(problem)) from problem
    settings = folder.settings_for(given, web_address(host, port))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with create_app(settings).app_context():
        prepare()
        _welcome(settings.base_url, str(settings.data_dir))
    # Made anew, so that the web processes inherit no open index.
    serve(create_app(settings), host, port, processes=processes or default_processes(), worker=True)


def _welcome(url: str, data_dir: str) -> None:
    cast = people()
    width = max(len(address_of(one["key"])) for one in cast)
    lines = [
        "",
        click.style(f"The demo board is at {url}", bold=True),
        "",
        f"  {counts().get(State.OPEN, 0)} openings, the newest from today. Sign in as:",
        "",
        *(f"    {address_of(one['key']):{width}}   {one['does']}" for one in cast),
        "",
        f"    {'password of all':{width}}   {PASSWORD}",
        "",
        f"  Letters that the board sends: {url}/mailbox",
        f"  Everything is kept in {data_dir}; delete that folder to begin anew. Ctrl-C stops the board.",
        "",
    ]
    click.echo("\n".join(lines))
