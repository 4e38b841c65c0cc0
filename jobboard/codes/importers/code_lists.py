"""Editions of codes: ICD-10-CM as the tabular list, the order file or a CSV, every other system as a CSV."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from jobboard.codes.datasets import NOTES, Dataset
from jobboard.codes.edition_choice import loaded_editions
from jobboard.codes.edition_datasets import codes_of, datasets_of
from jobboard.codes.icd10cm_source import content_of, is_tabular, read_content, read_shipped
from jobboard.codes.importers.hierarchy import in_its_place
from jobboard.codes.importers.pcs_tables import under_tables
from jobboard.codes.importers.plain_csv import is_csv, read_plain_csv
from jobboard.codes.importers.request import ImportRequest, NamedEdition
from jobboard.codes.readers.opening import only_source
from jobboard.codes.readers.order_lists import is_member, read_order_list
from jobboard.codes.records import CodeFileError, CodeRecord, EditionFile
from jobboard.codes.release_names import release_named
from jobboard.codes.rules import MEMBERS

_OWNERS: Final = {
    "cpt": (
        "American Medical Association",
        "CPT copyright {year} American Medical Association. All rights reserved. "
        "CPT is a registered trademark of the American Medical Association.",
    ),
    "cdt": (
        "American Dental Association",
        "Current Dental Terminology © {year} American Dental Association. All rights reserved.",
    ),
}


def read_icd10cm(request: ImportRequest) -> list[Dataset]:
    """ICD-10-CM: the tabular XML with its notes, the order file or a CSV under the chapters of the shipped list.

    Without a file it is the shipped list. Where no notes are loaded at all, those of the shipped list come along.
    """
    if not request.files:
        return _named(read_shipped(), request)
    content, name = content_of(request.only_file())
    if is_tabular(content):
        file = read_content(content, name, release_named("icd10cm", name))
        return _named(file, request)
    named = request.edition_of("icd10cm", name)
    if is_csv(content):
        listed = EditionFile("icd10cm", named.label, name, _listed(content, name, "icd10cm", request))
    else:
        listed = read_content(content, name, named.label)
    found = [codes_of(in_its_place(listed), named.begins)]
    if not loaded_editions("icd10cm", NOTES):
        shipped = read_shipped()
        found += datasets_of(shipped)[1:]
        warning = f"{named.label} has no notes: its notes are those of the tabular list {shipped.edition}"
        found[0] = replace(found[0], warnings=(*found[0].warnings, warning))
    return found


def _named(file: EditionFile, request: ImportRequest) -> list[Dataset]:
    if request.edition is None:
        return datasets_of(file)
    return datasets_of(file, request.edition.label, request.edition.begins)


def read_icd10pcs(request: ImportRequest) -> list[Dataset]:
    """ICD-10-PCS: the order file with its tables, or a CSV of codes, under sections, body systems and tables.

    Where a CSV has no tables they are those of the last edition that has them.
    """
    source = only_source(request.only_file(), partial(is_member, "icd10pcs"))
    named = request.edition_of("icd10pcs", source.name)
    starts_with_number = source.start(6)[:5].isdigit()
    if not starts_with_number and request.columns:
        return read_list("icd10pcs", request)
    records = tuple(read_order_list(source, "icd10pcs"))
    if not any(record.kind == "category" for record in records):
        records = under_tables(records)
    return [codes_of(in_its_place(EditionFile("icd10pcs", named.label, source.name, records)), named.begins)]


def read_list(system: str, request: ImportRequest) -> list[Dataset]:
    """An edition of another system as a CSV with a header."""
    content, name = content_of(request.only_file())
    if not is_csv(content):
        raise CodeFileError(name, "line 1", "is not a CSV with a header")
    named = request.edition_of(system, name)
    records = _listed(content, name, system, request)
    dataset = codes_of(in_its_place(EditionFile(system, named.label, name, records)), named.begins)
    return [licensed(dataset, request, named) if system in _OWNERS else dataset]


def licensed(dataset: Dataset, request: ImportRequest, named: NamedEdition) -> Dataset:
    """`dataset` with its owner and licence: as was said, else for members of the board."""
    owner, line = _OWNERS[dataset.system]
    said = request.licence
    return replace(
        dataset,
        owner=owner,
        copyright_line=said.copyright_line or line.format(year=named.begins.year),
        visible_to=said.visible_to or MEMBERS,
        notice=said.notice or "",
        ends_on=said.ends_on,
    )


def _listed(content: bytes, name: str, system: str, request: ImportRequest) -> tuple[CodeRecord, ...]:
    return tuple(read_plain_csv(content, name, system, request.columns))
