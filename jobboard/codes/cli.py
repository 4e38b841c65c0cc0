"""`jobboard codes import`, `fetch`, `licence` and `link`."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard.codes.actions import LoadOvertaken
from jobboard.codes.fetching import SHIPPED, NotFetched, addresses_of, fetch, read_addresses
from jobboard.codes.importers.registry import IMPORTERS
from jobboard.codes.importers.replacing import refuse_much_smaller, replaced_on_the_day
from jobboard.codes.importers.request import ImportRequest, Licence, WrongRequest, read_columns, read_edition
from jobboard.codes.importers.running import load, read, told
from jobboard.codes.licences import users_by_month
from jobboard.codes.linker import as_json, link, resolve
from jobboard.codes.records import CodeFileError
from jobboard.codes.reference import reference_if_any
from jobboard.database import db, in_words

KNOWN: Final[dict[object, str]] = {
    True: "known",
    False: "not in the edition in force",
    None: "no edition loaded",
}

codes = AppGroup("codes", help="The code reference: import editions, find codes in text.")


@codes.command("import")
@click.argument("kind", type=click.Choice(list(IMPORTERS)), metavar="KIND")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--edition", metavar="LABEL:YYYY-MM-DD", help="The edition, where file and name do not tell it."
)
@click.option("--columns", multiple=True, metavar="code=…,long=…", help="Names in the header of a CSV.")
@click.option("--dry-run", is_flag=True, help="Read and count, store nothing.")
@click.option("--smaller", is_flag=True, help="Replace an edition by one of fewer than half its codes.")
@click.option("--visible-to", metavar="everyone|members|GROUP", help="Who may see a licensed edition.")
@click.option("--notice", type=click.File("r", encoding="utf-8"), help="What must be accepted first.")
@click.option("--ends-on", type=click.DateTime(["%Y-%m-%d"]), help="The last day of the licence.")
def import_files(
    kind: str,
    files: tuple[Path, ...],
    edition: str | None,
    columns: tuple[str, ...],
    dry_run: bool,
    smaller: bool,
    visible_to: str | None,
    notice: IO[str] | None,
    ends_on: datetime | None,
) -> None:
    """Load editions and sets of the code reference and put them in force.

    FILES are as their agencies publish them, plain, gzipped or in a zip, or a CSV with a header. Running it again
    changes nothing. docs/codes.md says what each KIND takes.
    """
    try:
        licence = Licence(
            visible_to, notice.read().strip() if notice else None, ends_on.date() if ends_on else None
        )
        named = read_edition(edition) if edition else None
        datasets = read(kind, ImportRequest(files, named, read_columns(columns), licence))
        for warning in (each for dataset in datasets for each in dataset.warnings):
            click.echo(f"Note: {warning}", err=True)
        # A dry run needs no database: where there is none, nothing is replaced.
        with suppress(OperationalError, ProgrammingError) if dry_run else nullcontext():
            if not smaller:
                refuse_much_smaller(datasets)
            for sentence in replaced_on_the_day(datasets):
                click.echo(f"Note: {sentence}", err=True)
        if dry_run:
            click.echo(json.dumps(told(kind, datasets, None)))
            return
        db.session.rollback()
        label = f"Loading {datasets[0].system} {datasets[0].edition}"
        size = sum(dataset.size for dataset in datasets)
        with click.progressbar(length=size, label=label, file=sys.stderr) as bar:
            left: list[str] = []
            counts = load(kind, datasets, progress=bar.update, note=left.append)
    except WrongRequest as problem:
        raise click.UsageError(str(problem)) from problem
    except (CodeFileError, LoadOvertaken, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    except (OperationalError, ProgrammingError) as problem:
        raise click.ClickException(in_words(problem)) from problem
    for sentence in left:
        click.echo(f"Note: {sentence}", err=True)
    click.echo(json.dumps(counts))


@codes.command("fetch")
@click.argument("kind")
@click.option("--edition", metavar="LABEL", help="Another edition than the newest whose address is known.")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="A folder; else in the data folder."
)
def fetch_files(kind: str, edition: str | None, into: Path | None) -> None:
    """Download the files of KIND from where their agency publishes them, and say how to import them.

    A file addresses.toml in the data folder replaces the addresses that come with the installation.
    """
    data_dir: Path = current_app.extensions["settings"].data_dir
    own = data_dir / "addresses.toml"
    try:
        addresses = addresses_of(kind, edition, read_addresses(own if own.exists() else SHIPPED))
        with click.progressbar(
            length=0, label=f"Fetching {kind} {addresses[0].edition}", file=sys.stderr
        ) as bar:
            found = [fetch(address, into or data_dir / "fetched", bar.update) for address in addresses]
    except (NotFetched, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    names = " ".join(str(each.path) for each in found)
    click.echo(f"jobboard codes import {kind} {names}", err=True)
    files = [
        {"file": str(each.path), "url": each.url, "bytes": each.size, "sha256": each.sha256} for each in found
    ]
    click.echo(json.dumps({"kind": kind, "edition": addresses[0].edition, "files": files}))


@codes.command("licence")
def count_users() -> None:
    """Print how many read each licensed edition, by month: people with an account, and browsers without one."""
    found = [
        {
            "system": each.edition.system,
            "edition": each.edition.label,
            "owner": each.edition.owner,
            "month": each.month,
            "users": each.users,
        }
        for each in users_by_month()
    ]
    click.echo(json.dumps(found, ensure_ascii=False))


@codes.command("link")
@click.option("--json", "machine", is_flag=True, help="Print one JSON array of all mentions.")
@click.argument("file", type=click.File("rb"))
def link_text(machine: bool, file: IO[bytes]) -> None:
    """Find the codes, families and ranges that the text in FILE names; - reads standard input."""
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise click.ClickException(f"line {line} is not text in UTF-8") from problem
    found = as_json(resolve(link(text), reference_if_any()))
    if machine:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        span = each["start"] if each["end"] is None else f"{each['start']}…{each['end']}"
        click.echo(f"{each['system']}\t{span}\t{each['text']}\t{KNOWN[each['known']]}")
    click.echo(json.dumps({"mentions": len(found)}))
