"""Editions for the tests of this room: the shipped list read once, and three of its chapters for the database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.loading import load_edition
from jobboard.codes.records import EditionFile

CHAPTERS = ("E00-E89", "P00-P96", "R00-R99")


def part_of(edition: EditionFile, chapters: tuple[str, ...] = CHAPTERS) -> EditionFile:
    """Some chapters of `edition` with everything below them."""
    kept: set[str | None] = set()
    records = []
    for record in edition.records:
        if record.code in chapters or record.parent in kept:
            kept.add(record.code)
            records.append(record)
    return replace(edition, records=tuple(records))


@pytest.fixture(scope="session")
def shipped_edition() -> EditionFile:
    return read_shipped()


@pytest.fixture(scope="session")
def small_edition(shipped_edition: EditionFile) -> EditionFile:
    return part_of(shipped_edition)


@pytest.fixture
def loaded(app: Flask, small_edition: EditionFile) -> EditionFile:
    """The three chapters, in force."""
    load_edition(small_edition)
    return small_edition
