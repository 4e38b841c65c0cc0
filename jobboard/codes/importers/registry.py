"""Every kind of file that `jobboard codes import` takes, with what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from jobboard.codes.datasets import Dataset
from jobboard.codes.importers.code_lists import read_icd10cm, read_list
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
    "icd10pcs": Importer("ICD-10-PCS: CSV", partial(read_list, "icd10pcs")),
    "hcpcs": Importer("HCPCS Level II: CSV", partial(read_list, "hcpcs")),
    "msdrg": Importer("MS-DRG: CSV", partial(read_list, "msdrg")),
    "apc": Importer("APC: CSV", partial(read_list, "apc")),
    "hcc": Importer("CMS-HCC: CSV", partial(read_list, "hcc")),
    "icd9cm": Importer("ICD-9-CM: CSV", partial(read_list, "icd9cm")),
    "cpt": Importer("CPT, by a licence holder: CSV", partial(read_list, "cpt")),
    "cdt": Importer("CDT, by a licence holder: CSV", partial(read_list, "cdt")),
}
