"""The canonical form of one code as somebody typed it, by system."""

from __future__ import annotations

import re
from typing import Final

from jobboard.codes.linker.positions import position

_ICD10CM: Final = r"[A-Z][0-9][0-9A-Z]|[A-Z]{2}[0-9]"
_SHAPES: Final = {
    "cpt": re.compile(r"[0-9]{4}[0-9FTUM]"),
    "icd10cm": re.compile(rf"(?:{_ICD10CM})(?:\.[0-9A-Z]{{1,4}})?"),
    # A stem of three characters or more names a table or a part of one.
    "icd10pcs": re.compile(r"[0-9A-HJ-NP-Z]{3,7}"),
    "hcpcs": re.compile(r"[A-CE-Z][0-9]{4}"),
    "cdt": re.compile(r"D[0-9]{4}"),
    "msdrg": re.compile(r"[0-9]{3}"),
    "apc": re.compile(r"[0-9]{4}"),
    # Categories of other models than the usual have its name before their number (`importers.hcc`).
    "hcc": re.compile(r"(?:[VER][0-9]{2}-)?[0-9]{1,3}"),
    "icd9cm": re.compile(r"(?:[0-9]{3}|V[0-9]{2}|E[0-9]{3})(?:\.[0-9]{1,2})?"),
    "modifier": re.compile(r"[0-9A-Z]{2}"),
}
_ICD10CM_RANGE: Final = re.compile(rf"(?:{_ICD10CM})-(?:{_ICD10CM})")
# Chapters and blocks as editions store them, where they are no ranges of codes.
_PLACES: Final = {
    "icd10pcs": re.compile(r"[0-9A-HJ-NP-Z]{1,7}"),
    "hcpcs": re.compile(r"[A-CE-Z]"),
    "hcc": re.compile(r"[VER][0-9]{2}"),
    "msdrg": re.compile(r"MDC-(?:[0-9]{2}|PRE)"),
}
_DASHES: Final = re.compile(r"\s*[-‐‑‒–—−]\s*")
_FAMILY_END: Final = re.compile(r"(?:\.?[-*]|\.X{1,4})$")
_MODEL: Final = re.compile(r"[VER][0-9]{2}-[0-9]{1,3}")
LONGEST: Final = 40


def canonical(system: str, typed: str) -> str | None:
    """The code of `system` that `typed` means, upper case and dotted; None when it has no such shape.

    A family written with a dash, star or x ("E11.-", "M54.5*", "I50.x") is its stem. Chapters and blocks of
    ICD-10-CM are ranges of categories ("A00-B99"). Whether the code exists is asked of an edition.
    """
    if len(typed) > LONGEST or system not in _SHAPES:
        return None
    code = _DASHES.sub("-", typed.strip().upper())
    if system == "icd10cm":
        if _ICD10CM_RANGE.fullmatch(code):
            return code
        code = _FAMILY_END.sub("", re.sub(r"\s+", "", code)).replace(".", "")
        code = f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
    elif system == "icd9cm":
        code = re.sub(r"[\s.]+", "", code)
        length = 4 if code.startswith("E") else 3
        code = f"{code[:length]}.{code[length:]}" if len(code) > length else code
    elif system == "msdrg":
        code = code.zfill(3)
    elif system == "hcc":
        code = code.lstrip("0")
    return code if _SHAPES[system].fullmatch(code) else None


def page_form(system: str, typed: str) -> str | None:
    """The canonical form of what has a page: a code, a chapter or block, a stem of ICD-10-PCS, or a range of codes.

    A range "E10 – E14" is "E10-E14", its ends canonical and in order; one of a single code is that code, save a block
    of one category of ICD-10-CM ("B20-B20"). None when it has no such shape.
    """
    code = canonical(system, typed)
    if code is not None:
        return code
    tidy = _DASHES.sub("-", typed.strip().upper())
    if len(typed) > LONGEST or system not in _SHAPES:
        return None
    if system in _PLACES and _PLACES[system].fullmatch(tidy):
        return tidy
    ends = range_ends(system, tidy)
    if ends is None:
        return None
    return "-".join(ends) if ends[0] != ends[1] else ends[0]


def range_ends(system: str, code: str) -> tuple[str, str] | None:
    """The canonical ends of a range of codes written with one dash; None where it is none, or its end comes first."""
    first, dash, last = code.partition("-")
    start, end = (canonical(system, each) for each in (first, last))
    if not dash or start is None or end is None or "-" in start + end:
        return None
    alike = system == "icd10cm" or (len(start) == len(end) and start[-1].isalpha() == end[-1].isalpha())
    if system == "hcc":
        alike = True
    return (start, end) if alike and position(system, start) <= position(system, end) else None


def shown(code: str) -> str:
    """A canonical code for the eye: "E08–E13", "B20" for the block B20-B20, "MDC 05"."""
    first, dash, last = code.partition("-")
    if not dash or first == last:
        return first
    return f"MDC {last}" if first == "MDC" else (code if _MODEL.fullmatch(code) else f"{first}–{last}")


def canonical_forms(typed: str) -> dict[str, str]:
    """Every system in which `typed` has the shape of a code, with the canonical form there."""
    found = {system: canonical(system, typed) for system in _SHAPES}
    return {system: code for system, code in found.items() if code is not None}
