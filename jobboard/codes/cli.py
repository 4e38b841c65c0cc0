"""`jobboard codes import` and `jobboard codes link`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, Final

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard.codes.actions import LoadOvertaken
from jobboard.codes.icd10cm_hierarchy import with_chapters
from jobboard.codes.icd10cm_source import read_file, read_shipped
from jobboard.codes.linker import as_json, link, resolve
from jobboard.codes.loading import load_edition
from jobboard.codes.records import CodeFileError, EditionFile
from jobboard.codes.reference import reference_if_any
from jobboard.database import in_words

KNOWN: Final[dict[object, str]] = {
    True: "known",
    False: "not in the edition in force",
    None: "no edition loaded",
}

codes = AppGroup("codes", help="The code reference: import editions, find codes in text.")


@codes.command("import")
@click.argument("system", type=click.Choice(["icd10cm"]))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_edition(system: str, file: Path | None) -> None:
    """Load an edition of SYSTEM and put it in force.

    FILE is the official tabular XML or order file, plain, gzipped or in its zip; without it, the tabular list that
    comes with the installation is loaded. Running it again changes nothing.
    """
    try:
        edition = _read(file)
        for warning in edition.warnings:
            click.echo(f"Note: {warning}", err=True)
        label = f"Loading {system} {edition.edition}"
        with click.progressbar(length=len(edition.records), label=label, file=sys.stderr) as bar:
            counts = load_edition(edition, progress=bar.update)
    except (CodeFileError, LoadOvertaken, OSError) as problem:
        raise click.ClickException(str(problem)) from problem
    except (OperationalError, ProgrammingError) as problem:
        raise click.ClickException(in_words(problem)) from problem
    click.echo(json.dumps(counts.as_json()))


def _read(file: Path | None) -> EditionFile:
    if file is None:
        return read_shipped()
    edition = read_file(file)
    if not any(record.kind == "chapter" for record in edition.records):
        return with_chapters(edition, read_shipped())
    return edition


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
