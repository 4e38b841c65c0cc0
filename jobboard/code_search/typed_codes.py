"""A search that is a code, a family or a range, however it is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jobboard.codes.code_forms import canonical_forms, range_ends
from search_index import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RANGE: Final = re.compile(
    r"\s*([0-9A-Za-z.]{1,8})\s*(?:[-‐‑‒–—−]|\bto\b|\bthrough\b)\s*([0-9A-Za-z.]{1,8})\s*"
)
_SYSTEMS: Final = ("icd10cm", "icd10pcs", "hcpcs", "cpt", "icd9cm", "msdrg", "apc", "hcc")


# No code has so many letters in a row.
_WORD: Final = re.compile(r"[A-Za-z]{8}")


def intervals_of(query: str, system: str = "") -> tuple[Interval, ...]:
    """The stretches of codes that `query` names: below a code in each system where it has the shape, or a range."""
    if _WORD.search(query):
        return ()
    forms = forms_of(query, system)
    families = tuple(_intervals(forms))
    return families or tuple(_ranges(query, system))


def forms_of(query: str, system: str = "") -> dict[str, str]:
    """The canonical form of `query` in each system, or in `system`, where it has the shape of a code."""
    return {name: code for name, code in canonical_forms(query).items() if system in ("", name)}


def is_plain_word(query: str) -> bool:
    """Whether `query` may as well be a word: "MI" has the shape of a modifier, "CRF" of a stem of ICD-10-PCS."""
    return query.replace(" ", "").isalpha()


def _intervals(forms: Mapping[str, str]) -> Iterator[Interval]:
    for name, code in forms.items():
        try:
            first, dash, last = code.partition("-")
            if name == "icd10cm" and dash:
                yield Interval(name, first, last)
            else:
                yield Interval(name, code, family=name not in {"cpt", "hcc", "msdrg", "apc", "modifier"})
        except ValueError:
            # "V24-18" of risk adjustment is a name and no stretch of codes.
            continue


def _ranges(query: str, system: str) -> Iterator[Interval]:
    match = _RANGE.fullmatch(query)
    if match is None:
        return
    typed = f"{match[1]}-{match[2]}".upper()
    for name in _SYSTEMS:
        if system in ("", name) and (ends := range_ends(name, typed)):
            yield Interval(name, *ends)
