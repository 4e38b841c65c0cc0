"""The canonical form of one code as somebody typed it, by system."""

from __future__ import annotations

import re
from typing import Final

_ICD10CM: Final = r"[A-Z][0-9][0-9A-Z]|[A-Z]{2}[0-9]"
_SHAPES: Final = {
    "cpt": re.compile(r"[0-9]{4}[0-9FTUM]"),
    "icd10cm": re.compile(rf"(?:{_ICD10CM})(?:\.[0-9A-Z]{{1,4}})?"),
    # A stem of three characters or more names a table or a part of one.
    "icd10pcs": re.compile(r"[0-9A-HJ-NP-Z]{3,7}"),
    "hcpcs": re.compile(r"[A-CE-Z][0-9]{4}"),
    "msdrg": re.compile(r"[0-9]{3}"),
    "apc": re.compile(r"[0-9]{4}"),
    # Categories of other models than the usual have its name before their number (`importers.hcc`).
    "hcc": re.compile(r"(?:[VER][0-9]{2}-)?[0-9]{1,3}"),
    "icd9cm": re.compile(r"(?:[0-9]{3}|V[0-9]{2}|E[0-9]{3})(?:\.[0-9]{1,2})?"),
    "modifier": re.compile(r"[0-9A-Z]{2}"),
}
_ICD10CM_RANGE: Final = re.compile(rf"(?:{_ICD10CM})-(?:{_ICD10CM})")
_DASHES: Final = re.compile(r"\s*[-‐‑‒–—−]\s*")
_FAMILY_END: Final = re.compile(r"(?:\.?[-*]|\.X{1,4})$")
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


def canonical_forms(typed: str) -> dict[str, str]:
    """Every system in which `typed` has the shape of a code, with the canonical form there."""
    found = {system: canonical(system, typed) for system in _SHAPES}
    return {system: code for system, code in found.items() if code is not None}
