"""Addresses of postings, companies and codes on this board, as paths. They do not need a request."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from jobboard.postings.models import Posting, PostingCode

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80
# Systems whose codes have pages of their own.
SYSTEMS_WITH_PAGES = frozenset({"cpt", "icd10cm", "icd10pcs", "hcpcs", "msdrg", "hcc", "modifier"})
# Systems whose codes look like nothing else, so that a search needs no name of the system.
_UNMISTAKABLE = frozenset({"cpt", "icd10cm", "icd10pcs", "hcpcs"})


def slug_of(words: str) -> str:
    """Words as they stand in an address: small letters and digits with hyphens, at most 80 characters."""
    decomposed = unicodedata.normalize("NFKD", words)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    slug = _NOT_IN_SLUGS.sub("-", plain).strip("-")
    return slug[:_LONGEST_SLUG].rstrip("-")


def posting_path(posting: Posting) -> str:
    """ "/jobs/12-inpatient-coder", the public page."""
    return posting_path_of(posting.id, posting.title)


def posting_path_of(posting_id: int, title: str) -> str:
    """The public page of a posting by its number and title."""
    return f"/jobs/{posting_id}-{slug_of(title) or 'opening'}"


def company_path(slug: str) -> str:
    """The public page of a company."""
    return f"/employers/{quote(slug)}"


def code_path(code: PostingCode) -> str:
    """The page of a single code or family; for a range the openings that work with it; else nothing."""
    if code.system not in SYSTEMS_WITH_PAGES:
        return ""
    if code.end and code.end != code.start:
        system = "" if code.system in _UNMISTAKABLE else f"{code.system}:"
        return f"/jobs?{urlencode({'code': f'{system}{code.start}-{code.end}'})}"
    return f"/codes/{code.system}/{quote(code.start)}"
