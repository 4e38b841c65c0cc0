"""`jobboard postings import`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from jobboard.database import in_words
from jobboard.postings.importing import FORMATS, Import, reader_of
from jobboard.vocabulary import vocabularies

postings_commands = AppGroup("postings", help="Openings: import them from a file.")


@postings_commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True,
    help="schema-org: JobPosting objects. usajobs: federal questionnaires.",
)  # fmt: skip
@click.option("--publish", is_flag=True, help="List them at once; without it moderators see them first.")
@click.option(
    "--shift-dates",
    is_flag=True,
    help="Move all dates by the same days, so that the newest was posted today.",
)
def import_file(file: Path, format_: str, publish: bool, shift_dates: bool) -> None:
    """Take in the openings of FILE: JSON Lines in UTF-8, gzipped or not.

    A line that cannot be read is refused with its number and the reason; the others go in. Stopped and run again, it
    goes on where it was, and a second run changes nothing. Counts `read, created, updated, unchanged, refused`.
    """
    try:
        size = file.stat().st_size
        with click.progressbar(length=size, label=f"Reading {file.name}", file=sys.stderr) as bar:
            run = Import(
                file,
                reader_of(format_, vocabularies()),
                publish=publish,
                shift_dates=shift_dates,
                tell=lambda number, reason: click.echo(f"line {number}: {reason}", err=True),
                progress=lambda position: bar.update(position - bar.pos),
            )
            counts = run.run()
    except OSError as problem:
        raise click.ClickException(f"{file}: {problem.strerror or problem}") from problem
    except (OperationalError, ProgrammingError) as problem:
        raise click.ClickException(in_words(problem)) from problem
    click.echo(json.dumps(asdict(counts)))
    if counts.refused:
        sys.exit(1)
