"""Small files in the shapes of the official ones, all about a few codes, and their import one after the other."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import Workbook

from tests.codes.importers.conftest import Run, counts
from tests.codes.readers.excerpts import pdf

ICD = """code,billable,short,long,parent
E10,0,T1,Type 1 diabetes mellitus,
E109,1,T1 wo,Type 1 diabetes mellitus without complications,E10
E11,0,T2,Type 2 diabetes mellitus,
E118,1,T2 unsp,Type 2 diabetes mellitus with unspecified complications,E11
E119,1,T2 wo,Type 2 diabetes mellitus without complications,E11
E11A,1,T2 rem,Type 2 diabetes mellitus without complications in remission,E11
P702,1,Neonatal,Neonatal diabetes mellitus,
"""
HCC_LABELS = """cc,label,model_domain,model_version,model_fullname
HCC37,Diabetes with Chronic Complications,CMS-HCC,V28,V28
HCC38,Diabetes with Glycemic or No Complications,CMS-HCC,V28,V28
HCC19,Diabetes without Complication,CMS-HCC,V24,V24
"""
HCC_HIERARCHY = """cc_parent,cc_child,model_domain,model_version,model_fullname
37,38,CMS-HCC,V28,V28
"""
HCC_MAPPING = """diagnosis_code,cc,model_name
E119,38,CMS-HCC Model V28
E119,19,CMS-HCC Model V24
E109,38,CMS-HCC Model V28
E118,37,CMS-HCC Model V28
"""
HCC_NEXT = "diagnosis_code,cc,model_name\nE119,37,CMS-HCC Model V28\n"
CCSR = """icd10cm,ccsr,ip_default,op_default
E119,END002,Y,Y
E119,END005,N,N
E118,END005,N,N
"""
CCSR_LABELS = (
    "ccsr,label\nEND002,Diabetes mellitus without complication\nEND005,Diabetes mellitus of type 2\n"
)
FLAGS = "flags,approximate,no_map,combination,scenario,choice_list"
GEM = f"icd10cm,icd9cm,{FLAGS}\nE119,25000,10000,1,0,0,0,0\nE118,25090,10111,1,0,1,1,1\n"
POA = "Order26\tPOAexemptCode\tDescription\r\n1\tE11.8\tPlanted\r\n"
INDEX = """RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code
1,D,0,Diabetes,,,(mellitus) (sugar),E11.9
2,D,1,type 2,,,,E11.9
3,D,2,with complication,,,,E11.8
"""
GUIDELINES = [
    "Guidelines\nPage 1 of 3",
    "Page 2 of 3\nSection I. Conventions .................... 3\nA. Placeholder ....................... 3\n"
    "B. General ....................... 3\nC. Chapters ....................... 3\n"
    "4. Chapter 4: Endocrine diseases ........................ 3\na. Diabetes mellitus ...................... 3\n"
    "Section II. Diagnosis .................... 3",
    "Page 3 of 3\nSection I. Conventions\nOf all.\nA. Placeholder\nUse X in T14.8- and not in A00.\nB. General\n"
    "Code E11.9 by default.\nC. Chapters\nThey follow.\n4. Chapter 4: Endocrine diseases\nThe whole chapter.\n"
    "a. Diabetes mellitus\nCodes of E08-E13 are combined.\n1) Type\nIt may be\nunknown.\n"
    "Section II. Diagnosis\nEnd.",
]
PAIRS = "column1,column2,modifier_allowed\nA9500,A9512,1\nA9501,A9500,0\n"
UNITS = "code,mue,rationale\nA9500,3,Prescribing Information\n"
HCPCS = """code,short,long,coverage,betos,pricing_indicator,opps_status_indicator,xref,add_date
A9500,Tc99m sestamibi,"Technetium tc-99m sestamibi, diagnostic, per study dose",C,0088Z2,53,N,A9501,19970101
A9501,Tc99m teboroxime,"Technetium tc-99m teboroxime, diagnostic, per study dose",D,,,,,
A9512,Tc99m pertechnetate,"Technetium tc-99m pertechnetate, diagnostic, per millicurie",,,,,,
LT,Left side,Left side (used to identify procedures performed on the left side),,,,,,
"""
HCPCS_LATER = "code,long\n" + "\n".join(
    f'{row["code"]},"{row["long"]}"' for row in csv.DictReader(io.StringIO(HCPCS))
)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    """A file of that name with that content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def import_diagnoses(run: Run, folder: Path) -> None:
    """Diagnoses, and every set about them."""
    counts(run("icd10cm", put(folder, "icd10cm.csv", ICD), "--edition", "2026:2025-10-01"))
    import_sets(run, folder)


def import_sets(run: Run, folder: Path) -> None:
    """Every set about diagnoses, those of 2026 but for the index of 2025 and what never changes."""
    for kind, files, edition in (
        (
            "hcc",
            {"labels.csv": HCC_LABELS, "above.csv": HCC_HIERARCHY, "map.csv": HCC_MAPPING},
            "2026:2026-01-01",
        ),
        ("hcc", {"next.csv": HCC_NEXT}, "2027:2027-01-01"),
        ("ccsr", {"ccsr.csv": CCSR, "ccsr_labels.csv": CCSR_LABELS}, "2023:2022-10-01"),
        ("gem", {"gem.csv": GEM}, "2018:2017-10-01"),
        ("icd10cm-poa", {"POAexemptCodesFY26.txt": POA}, "2026:2025-10-01"),
        ("icd10cm-index", {"ICD10CM_2025_Index.csv": INDEX}, "2025:2024-10-01"),
        ("guidelines", {"ICD-10-CM-FY2026-Guidelines.pdf": pdf(GUIDELINES)}, "2026:2025-10-01"),
        ("icd10cm-conversion", {"CONVERSION-TABLE-FY2026.xlsx": _conversion()}, "2026:2025-10-01"),
    ):
        paths = [put(folder, name, content) for name, content in files.items()]  # type: ignore[attr-defined]
        counts(run(kind, *paths, "--edition", edition))


def import_procedures(run: Run, folder: Path) -> None:
    """Codes of HCPCS Level II in two editions, the later one without their fields, and the edits of NCCI."""
    for kind, name, content, edition in (
        ("hcpcs", "hcpcs.csv", HCPCS, "2025-10:2025-10-01"),
        ("hcpcs", "later.csv", HCPCS_LATER, "2026-01:2026-01-01"),
        ("ncci-ptp", "ptp.csv", PAIRS, "2026-04:2026-04-01"),
        ("ncci-mue", "mue.csv", UNITS, "2026-04:2026-04-01"),
    ):
        counts(run(kind, put(folder, name, content), "--edition", edition))


def _conversion() -> bytes:
    book, into = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (
        ("Current code assignment", "Effective", "Previous Code(s) Assignment"),
        ("E11.A", "2026", "E11.9"),
    ):
        book.active.append(row)
    book.save(into)
    return into.getvalue()
