"""Employment, experience and education as schema.org JobPosting states them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jobboard.postings.importing import fields
from jobboard.postings.importing.refusal import Refused

if TYPE_CHECKING:
    from jobboard.vocabulary import Vocabulary

MOST_MONTHS: Final = 600
_CONTRACTOR: Final = "CONTRACTOR"
_CONTRACT_WORDS = frozenset({"contractor", "contract", "contractual", "freelance"})
_DEGREES = {
    "high school": "high-school",
    "associate degree": "associate",
    "bachelor degree": "bachelor",
    "postgraduate degree": "master",
}


def employment(value: Any, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The terms of FULL_TIME, "Part-time", "PRN" and so on, one or many; other words are left to the text.

    So is CONTRACTOR, which does not say whether the contract is on 1099, on W-2 or leads to being hired.
    """
    slugs: list[str] = []
    for entry in fields.entries(value):
        for part in fields.line(entry, "employmentType", 400).replace("|", ",").replace(";", ",").split(","):
            word = part.strip().rpartition("/")[2] if "schema.org" in part else part.strip()
            if word.upper() == _CONTRACTOR or word.casefold() in _CONTRACT_WORDS:
                continue
            markup = word.upper().replace("-", "_").replace(" ", "_")
            named = [term.slug for term in vocabulary if term.markup == markup]
            known = vocabulary.find(word) if not named else None
            slugs += named or ([known.slug] if known else [])
    return tuple(dict.fromkeys(slugs))


def experience_months(value: Any) -> int | None:
    """`monthsOfExperience`; None where experience is put in words only."""
    for entry in fields.entries(value):
        if isinstance(entry, dict):
            field = "experienceRequirements.monthsOfExperience"
            months = fields.whole_number(entry.get("monthsOfExperience"), field, 0, MOST_MONTHS)
            if months is not None:
                return months
        elif not isinstance(entry, str):
            raise Refused("experienceRequirements", f"expected an object or text, not {fields.kind(entry)}")
    return None


def education(value: Any, vocabulary: Vocabulary) -> str:
    """The lowest level that the markup names in its own words; '' where it names none."""
    found: list[str] = []
    for entry in fields.entries(value):
        if isinstance(entry, dict):
            names = fields.entries(entry.get("credentialCategory"))
        elif isinstance(entry, str):
            names = [entry]
        else:
            raise Refused("educationRequirements", f"expected an object or text, not {fields.kind(entry)}")
        for name in names:
            words = fields.line(name, "educationRequirements.credentialCategory", 400).casefold()
            known = vocabulary.find(words)
            slug = _DEGREES.get(
                words.replace("’", "'").replace("'s", "").strip(), known.slug if known else ""
            )
            found += [slug] if slug in vocabulary else []
    order = vocabulary.slugs
    return min(found, key=order.index) if found else ""
