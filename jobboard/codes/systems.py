"""The code systems of the reference: those that postings name, and ICD-9-CM, which old records need."""

from __future__ import annotations

from functools import lru_cache

from jobboard.vocabulary.current import vocabularies
from jobboard.vocabulary.terms import Term, Vocabulary

ICD9CM = Term("icd9cm", "ICD-9-CM", "ICD-9-CM", ("ICD9CM", "ICD-9", "ICD9"), issuer="CDC/NCHS and CMS")


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
