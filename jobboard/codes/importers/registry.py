"""Every kind of file that `jobboard codes import` takes, with what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from jobboard.codes.datasets import Dataset
from jobboard.codes.importers import crosswalks, guidelines, hcc, hcpcs, icd10pcs_books, msdrg, ncci
from jobboard.codes.importers.code_lists import read_icd10cm, read_icd10pcs, read_list
from jobboard.codes.importers.icd10cm_books import read_conversion, read_indexes, read_notes, read_poa
from jobboard.codes.importers.request import ImportRequest


@dataclass(frozen=True, slots=True)
class Importer:
    """`read` makes editions and sets of the files that are asked for; `about` says which files those are."""

    about: str
    read: Callable[[ImportRequest], list[Dataset]]
    needs_files: bool = True


IMPORTERS: Final[dict[str, Importer]] = {
    "icd10cm": Importer(
        "ICD-10-CM: tabular XML, order file or CSV; without a file the shipped list", read_icd10cm, False
    ),
    "icd10cm-tabular": Importer("ICD-10-CM: the notes of the tabular XML", read_notes),
    "icd10cm-index": Importer(
        "ICD-10-CM: index, neoplasms, drugs, external causes; XML or CSV, one or more", read_indexes
    ),
    "icd10cm-poa": Importer("ICD-10-CM: codes exempt from present on admission", read_poa),
    "icd10cm-conversion": Importer("ICD-10-CM: conversion table, a workbook", read_conversion),
    "icd10pcs": Importer("ICD-10-PCS: order file or CSV", read_icd10pcs),
    "guidelines": Importer("ICD-10-CM: official guidelines, a PDF", guidelines.read),
    "icd10pcs-tables": Importer("ICD-10-PCS: tables XML", icd10pcs_books.read_tables),
    "icd10pcs-index": Importer("ICD-10-PCS: index XML", icd10pcs_books.read_index),
    "icd10pcs-definitions": Importer(
        "ICD-10-PCS: definitions XML, or a body part key in JSON", icd10pcs_books.read_definitions
    ),
    "hcpcs": Importer("HCPCS Level II: the alpha-numeric file or CSV", hcpcs.read),
    "msdrg": Importer("MS-DRG: table 5 of the final rule with a list of MDCs, or CSV", msdrg.read),
    "apc": Importer("APC: CSV", partial(read_list, "apc")),
    "hcc": Importer("CMS-HCC: mapping, labels, hierarchies, one or more; or CSV", hcc.read),
    "ccsr": Importer("CCSR: mapping and labels, one or both", crosswalks.read_ccsr),
    "gem": Importer("General equivalence mappings, one direction or both", crosswalks.read_gem),
    "ncci-ptp": Importer("NCCI procedure-to-procedure edits", ncci.read_pairs),
    "ncci-mue": Importer("NCCI medically unlikely edits", ncci.read_units),
    "icd9cm": Importer("ICD-9-CM: the codes of the GEMs, or CSV", crosswalks.read_icd9cm),
    "cpt": Importer("CPT, by a licence holder: CSV", partial(read_list, "cpt")),
    "cdt": Importer("CDT, by a licence holder: CSV", partial(read_list, "cdt")),
}
