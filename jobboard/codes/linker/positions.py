"""Where a code stands in its system's order, so that codes, families and ranges compare as intervals."""

from __future__ import annotations

_LAST = "~"  # sorts after every letter and digit
_HIERARCHICAL = frozenset({"icd10cm", "icd10pcs"})


def position(system: str, code: str) -> str:
    """The code as a key that sorts in its system's order.

    Undotted and upper case. CPT's lettered codes (`0075T`) take their letter first, for they do not stand
    between the anesthesia codes; DRGs and HCCs are padded to three digits, so that 9 comes before 85.
    """
    key = code.upper().replace(".", "").strip()
    if system == "cpt" and len(key) == 5 and key[-1].isalpha():
        return key[-1] + key[:-1]
    if system in {"msdrg", "hcc"}:
        return key.zfill(3)
    return key


def interval(system: str, start: str, end: str | None = None, family: bool = False) -> tuple[str, str]:
    """The closed interval of positions that a mention or a query covers.

    In a hierarchical system a code covers what lies below it, and a range what lies below its end
    (`E10-E14` covers `E14.9`); a family covers everything that begins with its stem. Two mentions of one
    system meet where `low <= other_high and other_low <= high`.
    """
    low = position(system, start)
    high = position(system, end) if end is not None else low
    if family or system in _HIERARCHICAL:
        high += _LAST
    return low, high
