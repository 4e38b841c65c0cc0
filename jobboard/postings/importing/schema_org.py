"""Reads schema.org JobPosting objects, one a line.

Fields: https://schema.org/JobPosting and what Google's guide to job posting markup asks of them.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, Final

from jobboard.places import state
from jobboard.places import time_zone as zone_of_state
from jobboard.postings.importing import fields
from jobboard.postings.importing.applying import how_to_apply, https
from jobboard.postings.importing.descriptions import words_of
from jobboard.postings.importing.given_dates import when
from jobboard.postings.importing.opening import Key, Opening, When
from jobboard.postings.importing.refusal import Refused
from jobboard.postings.importing.schema_org_pay import pay
from jobboard.postings.importing.schema_org_places import eligible, places, region
from jobboard.postings.importing.schema_org_sections import description
from jobboard.postings.importing.schema_org_terms import education, employment, experience_months
from jobboard.vocabulary import Vocabularies

LONGEST_TITLE: Final = 200
LONGEST_IDENTIFIER: Final = 300
MOST_OPENINGS: Final = 1000
_TYPE = "jobposting"


class SchemaOrg:
    """The reader of `--format schema-org`."""

    name = "schema-org"
    edition = 1

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._words = vocabularies

    def key(self, value: Any) -> Key:
        """Company and identifier; without one the address of the posting, else its title and workplaces."""
        posting = _posting(value)
        company = _company_name(posting)
        identifier = _identifier(posting.get("identifier"))
        if identifier is not None:
            return Key(company, identifier)
        address = https(posting.get("url"))
        told = address or repr(
            (_title(posting).casefold(), [vars(p) for p in places(posting.get("jobLocation"))])
        )
        return Key(company, None, hashlib.sha256(told.encode()).hexdigest()[:16])

    def posted(self, value: Any) -> When | None:
        """`datePosted`."""
        return when(_posting(value).get("datePosted"), "datePosted")

    def read(self, value: Any) -> Opening:
        """The whole posting."""
        posting = _posting(value)
        where = places(posting.get("jobLocation"))
        states, country_wide = eligible(posting.get("applicantLocationRequirements"))
        terms = employment(posting.get("employmentType"), self._words["employment"])
        columns: dict[str, Any] = {
            "department": _department(posting.get("employmentUnit")),
            "openings": fields.whole_number(
                posting.get("totalJobOpenings"), "totalJobOpenings", 1, MOST_OPENINGS
            ),
            "starts_on": _day(posting.get("jobStartDate"), "jobStartDate"),
            "experience_months": experience_months(posting.get("experienceRequirements")),
            "education": education(posting.get("educationRequirements"), self._words["education"]),
            **self._pay(posting.get("baseSalary")),
            **_applying(posting),
        }
        if states:
            columns |= {"eligible_mode": "named", "eligible_states": list(states)}
        return Opening(
            key=self.key(value),
            title=_title(posting),
            description=description(posting),
            posted=self.posted(value),
            closes=when(posting.get("validThrough"), "validThrough"),
            company_facts=_company_facts(posting, where[0].state if where else ""),
            columns={name: found for name, found in columns.items() if found not in (None, "")},
            terms={"employment": terms} if terms else {},
            places=where,
            telecommute=_telecommute(posting),
            country_wide=country_wide,
        )

    def _pay(self, value: Any) -> dict[str, Any]:
        found = pay(value, self._words["pay_basis"])
        if found is None:
            return {}
        return {
            "pay_basis": found.basis,
            "pay_least_cents": found.least,
            "pay_most_cents": found.most,
            "pay_currency": found.currency,
            "pay_basis_is_stated": found.basis_is_stated,
        }


def _posting(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        if len(value) != 1:
            raise Refused("", f"holds {len(value)} things; a line is one posting")
        value = value[0]
    if not isinstance(value, dict):
        raise Refused("", f"expected an object, not {fields.kind(value)}")
    if "@graph" in value and "title" not in value:
        graph = [
            thing
            for thing in fields.entries(value["@graph"])
            if isinstance(thing, dict) and _is_posting(thing)
        ]
        if len(graph) != 1:
            raise Refused("@graph", f"holds {len(graph)} postings; a line is one posting")
        value = graph[0]
    posting: dict[str, Any] = value
    if "@type" in posting and not _is_posting(posting):
        raise Refused("@type", "expected JobPosting")
    return posting


def _is_posting(thing: dict[str, Any]) -> bool:
    kinds = [kind for kind in fields.entries(thing.get("@type")) if isinstance(kind, str)]
    return any(kind.replace(":", "/").rpartition("/")[2].casefold() == _TYPE for kind in kinds)


def _title(posting: dict[str, Any]) -> str:
    name = "name" if fields.is_missing(posting.get("title")) else "title"
    title = words_of(fields.text(posting.get(name), "title", longest=2000))
    if not title:
        raise Refused("title", "missing")
    if len(title) > LONGEST_TITLE:
        raise Refused("title", f"longer than {LONGEST_TITLE} characters")
    return title


def _identifier(value: Any) -> str | None:
    for entry in fields.entries(value):
        found = entry.get("value") if isinstance(entry, dict) else entry
        if isinstance(entry, dict) and fields.is_missing(found):
            found = entry.get("@id")
        if fields.is_missing(found):
            continue
        if isinstance(found, bool) or not isinstance(found, (str, int, float)):
            raise Refused("identifier", f"expected text, not {fields.kind(found)}")
        words = str(found)
        if len(words) > LONGEST_IDENTIFIER:
            raise Refused("identifier", f"longer than {LONGEST_IDENTIFIER} characters")
        if "\x00" in words:
            raise Refused("identifier", "holds a character that cannot be stored")
        return words
    return None


def _company_name(posting: dict[str, Any]) -> str:
    given = posting.get("hiringOrganization")
    if isinstance(given, list):
        given = fields.entries(given)[0] if fields.entries(given) else None
    if isinstance(given, dict):
        name = given.get("name") if not fields.is_missing(given.get("name")) else given.get("legalName")
        field = "hiringOrganization.name"
    else:
        name, field = given, "hiringOrganization"
    words = words_of(fields.text(name, field, longest=2000))
    if not words:
        raise Refused(field, "missing")
    if len(words) > LONGEST_TITLE:
        raise Refused(field, f"longer than {LONGEST_TITLE} characters")
    return words


def _company_facts(posting: dict[str, Any], first_state: str) -> dict[str, Any]:
    given = posting.get("hiringOrganization")
    given = given if isinstance(given, dict) else {}
    address = given.get("address")
    address = address if isinstance(address, dict) else {}
    code = region(address.get("addressRegion"), "hiringOrganization.address.addressRegion")
    city = fields.line(address.get("addressLocality"), "hiringOrganization.address.addressLocality", 120)
    website = next(
        (
            found
            for name in ("url", "sameAs")
            for one in fields.entries(given.get(name))
            if (found := https(one))
        ),
        "",
    )
    zone = zone_of_state(code or first_state) if code or first_state else None
    facts: dict[str, Any] = {"website": website[:500] if len(website) <= 500 else ""}
    if code and state(code):
        facts |= {"city": city, "state": code}
    return facts | ({"time_zone": zone} if zone else {})


def _department(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return fields.line(value, "employmentUnit", 200)


def _day(value: Any, field: str) -> date | None:
    if isinstance(value, str) and value.strip().casefold() in {
        "immediate",
        "immediately",
        "asap",
        "as soon as possible",
    }:
        return None
    found = when(value, field)
    return found.date() if isinstance(found, datetime) else found


def _telecommute(posting: dict[str, Any]) -> bool:
    kinds = [
        fields.line(kind, "jobLocationType", 100) for kind in fields.entries(posting.get("jobLocationType"))
    ]
    return any(kind.rpartition("/")[2].casefold() in {"telecommute", "remote"} for kind in kinds)


def _applying(posting: dict[str, Any]) -> dict[str, str]:
    contacts = [one for one in fields.entries(posting.get("applicationContact")) if isinstance(one, dict)]
    actions = [one for one in fields.entries(posting.get("potentialAction")) if isinstance(one, dict)]
    targets = [one.get("target") for one in actions]
    targets += [one.get("urlTemplate") for one in targets if isinstance(one, dict)]
    addresses = [*targets, *(one.get("url") for one in contacts), *fields.entries(posting.get("url"))]
    if not isinstance(posting.get("url"), (str, list, type(None))):
        raise Refused("url", f"expected text, not {fields.kind(posting.get('url'))}")
    return how_to_apply(addresses, [one.get("email") for one in contacts])
