"""`jobboard codes import` and `jobboard codes link`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard.codes.actions import LoadOvertaken
from jobboard.codes.icd10cm_hierarchy import with_chapters
from jobboard.codes.icd10cm_source import read_file, read_shipped
from jobboard.codes.loading import load_edition
from jobboard.codes.records import CodeFileError, EditionFile

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
        raise click.ClickException(
            f"the database cannot take codes ({problem.orig}); is it migrated? jobboard db upgrade"
        ) from problem
    click.echo(json.dumps(counts.as_json()))


def _read(file: Path | None) -> EditionFile:
    if file is None:
        return read_shipped()
    edition = read_file(file)
    if not any(record.kind == "chapter" for record in edition.records):
        return with_chapters(edition, read_shipped())
    return edition
