"""The code systems of the reference: those that postings name, and ICD-9-CM, which old records need."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from jobboard.vocabulary.current import vocabularies
from jobboard.vocabulary.terms import Term, Vocabulary

ICD9CM = Term("icd9cm", "ICD-9-CM", "ICD-9-CM", ("ICD9CM", "ICD-9", "ICD9"), issuer="CDC/NCHS and CMS")

_BILLED: Final = frozenset({"icd10cm", "icd10pcs", "hcpcs", "cpt", "cdt"})
_ENDED: Final = {"icd9cm": date(2015, 9, 30)}


def is_billed(system: str) -> bool:
    """Whether the codes of `system` stand on claims, so that an entry is billable or leads to one that is.

    Groups, categories of risk adjustment and modifiers are nothing of the kind.
    """
    return system in _BILLED


def last_day_of(system: str) -> date | None:
    """The last day of service for which `system` was valid; None for one that is still kept."""
    return _ENDED.get(system)


def spoken_name(term: Term) -> str:
    """What a sentence calls the system: "HCPCS modifiers", which are no system of their own; else its label."""
    return "HCPCS modifiers" if term.slug == "modifier" else term.label


def code_systems() -> Vocabulary:
    """Every system that a page or the interface knows, in the order in which they are shown."""
    return _with_icd9cm(vocabularies().by_facet["system"])


@lru_cache(maxsize=4)
def _with_icd9cm(named: Vocabulary) -> Vocabulary:
    return Vocabulary(named.facet, (*named.terms, ICD9CM))


def system_called(words: str) -> str | None:
    """The slug of the system that people call so ("CPT4", "HCPCS Level II", "icd10"), None for no system."""
    term = code_systems().find(words)
    return term.slug if term is not None else None
