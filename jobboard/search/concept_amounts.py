"""Finds a floor for pay, and experience, in the words of a search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jobboard.postings.pay import PLAUSIBLE, usual_hours_a_year
from jobboard.search.concepts import (
    Candidate,
    of_apprentices,
    of_experience,
    of_facet,
    of_no_credential,
    of_pay,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AMOUNT = r"\d{1,3}(?:,\d{3})+|\d{1,6}"
_PAY = re.compile(
    r"(?:\b(?:(?:pay(?:s|ing)?|salary|earn(?:ing)?)\s+)?"
    r"(?:over|above|at\s+least|more\s+than|min(?:imum)?(?:\s+of)?|starting\s+at|from)\s+|(?:>=?|\u2265)\s?)?"
    rf"(?P<dollar>\$\s?)?(?<![\w.,])(?P<whole>{_AMOUNT})(?:\.(?P<cents>\d{{1,2}}))?(?P<k>\s?[kK]\b)?"
    rf"(?:\s?(?:-|\u2013|to)\s?\$?(?:{_AMOUNT})(?:\.\d{{1,2}})?(?:\s?[kK]\b)?)?(?P<plus>\s?\+)?"
    r"(?:\s?(?:/|\bper\b|\ban?\b)\s?(?P<unit>h(?:ou)?r|h|y(?:ea)?r)\b|\s(?P<manner>hourly|annual(?:ly)?|yearly)\b)?"
    r"(?:\s(?:or\s+more|and\s+up|minimum)\b)?",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"(?:\b(?:up\s+to|under|below|less\s+than|at\s+most|max(?:imum)?)|<=?|\u2264)\s*$", re.IGNORECASE
)
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NONE = re.compile(
    r"\b(?:no|zero|without)\s+(?:prior\s+|previous\s+)?experience(?:\s+(?:required|needed|necessary))?\b"
    r"|\bentry[\s-]level\b|\bnew(?:ly)?[\s-](?:grad(?:uate)?s?|certified|coders?)\b|\bapprentices?\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?:\b(?:less\s+than|under|at\s+least|over|with|min(?:imum)?(?:\s+of)?)\s+)?"
    rf"(?<![\w.,$])(?P<years>\d{{1,2}}|{'|'.join(_NUMBERS)})\s?\+?\s?(?:years?|yrs?)\b\.?"
    r"(?:\s+(?:of\s+)?(?:coding\s+)?(?:experience|exp)\b\.?)?",
    re.IGNORECASE,
)
_MOST_YEARS = 40
_PER_PIECE = re.compile(
    r"\b(?:(?:paid|pay|payment|rate)\s+)?(?:per|by\s+the|each)[\s-](?P<piece>chart|encounter)s?\b",
    re.IGNORECASE,
)
_UNCERTIFIED = re.compile(
    r"\b(?:no|without(?:\s+an?)?)\s+(?:coding\s+)?(?:certifications?|certificates?|credentials?)"
    r"(?:\s+(?:is\s+)?(?:required|needed|necessary))?\b"
    r"|\b(?:certification|certificate|credential)s?\s+not\s+(?:required|needed|necessary)\b"
    r"|\b(?:uncertified|non-?certified|not\s+certified)\b",
    re.IGNORECASE,
)


def pay_candidates(text: str) -> Iterator[Candidate]:
    """Floors for pay: "over $35/hr", "$70k+", "at least 35 an hour"; a year has the usual hours."""
    for found in _PAY.finditer(text):
        unit = (found["unit"] or found["manner"] or "")[:1].lower()
        if not (found["dollar"] or unit or found["k"]) or _CEILING.search(text[: found.start()]):
            continue
        amount = int(found["whole"].replace(",", "")) * 100 + int((found["cents"] or "").ljust(2, "0"))
        cents = _hourly(amount * 1000 if found["k"] else amount, unit)
        if cents is not None:
            yield Candidate(found.start(), len(found[0].rstrip()) + found.start(), of_pay(cents))


def pay_basis_candidates(text: str, label: Callable[[str], str]) -> Iterator[Candidate]:
    """What pay is counted by, "paid per chart"; `label` names a basis."""
    for found in _PER_PIECE.finditer(text):
        piece = found["piece"].lower()
        yield Candidate(found.start(), found.end(), of_facet("pay_basis", piece, label(piece)))


def credential_candidates(text: str) -> Iterator[Candidate]:
    """The wish for an opening that asks for no credential: "no certification required"."""
    for found in _UNCERTIFIED.finditer(text):
        yield Candidate(found.start(), found.end(), of_no_credential())


def _hourly(cents: int, unit: str) -> int | None:
    least, most = PLAUSIBLE["hourly"]
    if unit in {"h", ""} and least * 100 <= cents <= most * 100:
        return cents
    least, most = PLAUSIBLE["salary"]
    if unit in {"y", "a", ""} and least * 100 <= cents <= most * 100:
        return int(cents / usual_hours_a_year())
    return None


def experience_candidates(text: str) -> Iterator[Candidate]:
    """Experience that a person has, in years: "no experience", "entry level", "2 years", "3+ yrs exp"."""
    for found in _NONE.finditer(text):
        yield Candidate(found.start(), found.end(), of_experience(0))
        yield Candidate(found.start(), found.end(), of_apprentices())
    for found in _YEARS.finditer(text):
        number = found["years"].lower()
        years = _NUMBERS.index(number) if number in _NUMBERS else int(number)
        if years <= _MOST_YEARS:
            yield Candidate(found.start(), found.end(), of_experience(years))
