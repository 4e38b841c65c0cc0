"""A posting as schema.org JobPosting, from what its employer stated or confirmed; what was only read is left out.

Shapes as Google documents them for job postings: days and moments in ISO 8601, money in units of the currency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobboard.places import state, states
from jobboard.postings import dates, pay
from jobboard.postings.addresses import posting_path
from jobboard.postings.models import Origin
from jobboard.postings.presentation import is_said
from jobboard.postings.text import render
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from jobboard.postings.models import Posting, PostingPlace

_REMOTE = "remote"
_DEGREES = {
    "high-school": "high school",
    "certificate": "professional certificate",
    "associate": "associate degree",
    "bachelor": "bachelor degree",
    "master": "postgraduate degree",
    "doctorate": "postgraduate degree",
}


def job_markup(posting: Posting, board: str, *, applies_here: bool) -> dict[str, Any]:
    """The JSON-LD object of a listed posting; `board` is the board's address without a slash at the end."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": str(render(posting.description)),
        "url": board + posting_path(posting),
        "identifier": {
            "@type": "PropertyValue",
            "name": _organization(posting)["name"],
            "value": posting.source_key or posting.requisition_number or str(posting.id),
        },
        "hiringOrganization": _organization(posting),
    }
    if posting.posted_at is not None:
        found["datePosted"] = dates.in_zone(posting.posted_at, posting.time_zone).date().isoformat()
    if posting.closes_at is not None:
        found["validThrough"] = dates.in_zone(posting.closes_at, posting.time_zone).isoformat()
    if applies_here:
        found["directApply"] = True
    if posting.openings > 1 and is_said(posting, "openings"):
        found["totalJobOpenings"] = posting.openings
    found |= _where(posting) | _pay(posting) | _terms(posting) | _asked(posting)
    return found


def _organization(posting: Posting) -> dict[str, Any]:
    if posting.confidential:
        return {"@type": "Organization", "name": "confidential"}
    company = {"@type": "Organization", "name": posting.company.name}
    return {**company, "sameAs": posting.company.website} if posting.company.website else company


def _where(posting: Posting) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if posting.places:
        found["jobLocation"] = [_place(place) for place in posting.places]
    if posting.arrangement != _REMOTE or not is_said(posting, "arrangement"):
        return found
    found["jobLocationType"] = "TELECOMMUTE"
    if posting.eligible_mode and is_said(posting, "eligible_mode") and is_said(posting, "eligible_states"):
        found["applicantLocationRequirements"] = _eligible(posting)
    return found


def _place(place: PostingPlace) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "addressLocality": place.city,
        "addressRegion": place.state,
        "postalCode": place.postal_code,
        "addressCountry": place.country or "US",
    }
    return {"@type": "Place", "address": {name: value for name, value in address.items() if value}}


def _eligible(posting: Posting) -> list[dict[str, str]] | dict[str, str]:
    if posting.eligible_mode == "all":
        return {"@type": "Country", "name": "USA"}
    named = posting.eligible_states
    if posting.eligible_mode == "all_but":
        named = [one.code for one in states() if one.code not in posting.eligible_states]
    known = [state(code) for code in named]
    return [{"@type": "AdministrativeArea", "name": f"{one.name}, USA"} for one in known if one is not None]


def _pay(posting: Posting) -> dict[str, Any]:
    term = vocabularies()["pay_basis"].get(posting.pay_basis)
    least, most = posting.pay_least_cents, posting.pay_most_cents
    stated = all(is_said(posting, name) for name in ("pay_basis", "pay_least_cents", "pay_most_cents"))
    if term is None or not term.markup or posting.pay_basis in pay.PER_PIECE or not stated:
        return {}
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": term.markup}
    if least is not None and least == most:
        value["value"] = least / 100
    else:
        value |= {} if least is None else {"minValue": least / 100}
        value |= {} if most is None else {"maxValue": most / 100}
    if len(value) == 2:
        return {}
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": posting.pay_currency, "value": value}}


def _terms(posting: Posting) -> dict[str, Any]:
    vocabulary = vocabularies()["employment"]
    said = [t.slug for t in posting.terms if t.facet == "employment" and t.origin != Origin.RECOGNISED]
    kinds = [term.markup for slug in said if (term := vocabulary.get(slug)) is not None and term.markup]
    return {"employmentType": list(dict.fromkeys(kinds))} if kinds else {}


def _asked(posting: Posting) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if posting.experience_months is not None and is_said(posting, "experience_months"):
        found["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": posting.experience_months,
        }
    categories = []
    if posting.credential_requirement.get("required") and is_said(posting, "credential_requirement"):
        categories.append("professional certificate")
    if posting.education in _DEGREES and is_said(posting, "education"):
        categories.append(_DEGREES[posting.education])
    if categories:
        found["educationRequirements"] = [
            {"@type": "EducationalOccupationalCredential", "credentialCategory": category}
            for category in dict.fromkeys(categories)
        ]
    return found
