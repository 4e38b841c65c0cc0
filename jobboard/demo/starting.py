"""Brings a demo board up to date: tables, codes, data, dates, index. Each part is done once and may be broken off."""

from __future__ import annotations

import sys
from contextlib import suppress

import click
from flask_migrate import upgrade

from jobboard.chores import Postponed
from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.loading import load_edition
from jobboard.codes.queries import edition_in_force
from jobboard.database import db
from jobboard.demo.loading import is_loaded, load
from jobboard.demo.renewing import renew
from jobboard.search.chores import keep_the_index
from jobboard.search.index import openings_index


def prepare() -> None:
    """Make everything of the running application's demo that is missing; long steps show their progress."""
    upgrade()
    _load_codes()
    _load_data()
    renew()
    _index()
    db.session.remove()
    db.engine.dispose()


def _load_codes() -> None:
    if edition_in_force("icd10cm") is not None:
        return
    click.echo("Reading ICD-10-CM …", err=True)
    edition = read_shipped()
    # A read transaction left open would keep the database from tidying up behind the load.
    db.session.rollback()
    label = f"Loading {len(edition.records):,} codes"
    with click.progressbar(length=len(edition.records), label=label, file=sys.stderr) as bar:
        load_edition(edition, progress=bar.update)


def _load_data() -> None:
    if is_loaded():
        return
    db.session.rollback()
    done = 0
    with click.progressbar(length=1, label="Loading employers and openings", file=sys.stderr) as bar:

        def progress(now: int, steps: int) -> None:
            nonlocal done
            bar.length = steps
            bar.update(now - done)
            done = now

        load(progress)


def _index() -> None:
    # An engine that is away, or a writer elsewhere, is no reason not to start: the worker goes on with it.
    with suppress(Postponed):
        keep_the_index()
    openings_index().rest(now=True)
