"""The schema of the openings' index, and the document that a listed posting makes."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast
from zlib import crc32

from jobboard.codes.chapters import chapters_of
from jobboard.codes.linker import interval
from jobboard.places import place_key, state, states
from jobboard.postings import pay
from jobboard.postings.labels import REMOTE
from jobboard.search.bands import BANDED, band_of, yes_or_no
from jobboard.search.boilerplate import parted
from jobboard.search.concepts import ALL, ARRANGED, CALLED, CODED, ELIGIBILITY, NAMED
from jobboard.search.filters import PAY_STEP_FIELD, PLACE_FIELD, pay_step
from jobboard.search.hierarchies import city_value, indexed
from jobboard.search.moments import joined
from jobboard.search.opening_keys import OPENING_FIELD
from jobboard.search.request import NOT_STATED, VOCABULARY_FACETS
from jobboard.search.titled import arranged, called, coded
from search_index import Document, Integer, Interval, Intervals, Keyword, Schema, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jobboard.postings.models import Posting
    from jobboard.search.rows import PostingRow
    from jobboard.vocabulary import Vocabularies

log = logging.getLogger(__name__)
INDEX_NAME = "jobs"
# One more whenever a posting comes to make another document, so that old indexes are built anew.
DOCUMENT_REVISION = 11
CODES_FIELD = "code"
_CATEGORY = 3


def schema(
    half_life_days: float, words: Vocabularies, hours_per_year: float = pay.USUAL_HOURS_A_YEAR
) -> Schema:
    """Fields by weight: title, specialty and credential names, employer, codes and their titles, place, body.

    Documents hold names out of the vocabularies and pay by the hour, so other names or hours make another schema.
    """
    return Schema(
        INDEX_NAME,
        fields=(
            Text("title", 7.0),
            Text("specialties", 7.0),
            Text("credentials", 5.0),
            Text("employer", 4.0),
            Text("codes", 4.0),
            Text("places", 3.0),
            Text("body", 3.0),
            # What an employer says about itself in every posting (see `boilerplate`).
            Text("about", 0.25),
            *(Keyword(facet) for facet in VOCABULARY_FACETS),
            *(Keyword(facet) for facet in BANDED),
            Keyword("state"),
            Keyword("city", apart=True),
            Keyword("chapter", apart=True),
            Keyword("block", apart=True),
            Keyword("hires_in"),
            Keyword(ELIGIBILITY, count=False),
            Keyword(CALLED, count=False, weight=20.0),
            Keyword(CODED, count=False, weight=7.0),
            Keyword(ARRANGED, count=False),
            Keyword(PLACE_FIELD, count=False),
            Keyword(PAY_STEP_FIELD),
            Keyword(OPENING_FIELD, count=False),
            Integer("posted"),
            Integer("listed"),
            Integer("closes"),
            Integer("openings"),
            Integer("pay"),
            Intervals(CODES_FIELD),
        ),
        posted="posted",
        listed="listed",
        weight="openings",
        half_life_days=half_life_days,
        revision=DOCUMENT_REVISION << 32 | _settled_by(words, hours_per_year),
    )


def _settled_by(words: Vocabularies, hours_per_year: float) -> int:
    """A number that changes with any name that documents take from the vocabularies, and with the hours of a year."""
    names: list[object] = [
        (facet, term.slug, term.name, term.label)
        for facet in VOCABULARY_FACETS
        for term in words[facet].terms
    ]
    if hours_per_year != pay.USUAL_HOURS_A_YEAR:
        names.append(hours_per_year)
    return crc32(repr(names).encode())


def documents(
    rows: Sequence[PostingRow],
    titles: Mapping[tuple[str, str], str],
    words: Vocabularies,
    refused: dict[int, str],
) -> Iterator[Document]:
    """A document for each row; of one that cannot be made, `refused` is told the posting's id and why."""
    for row in rows:
        try:
            made = document(row, titles, words)
        except ValueError as problem:
            refused[row.id] = str(problem)
        except Exception as problem:
            # Whatever is wrong with one posting, the others go on; this is a fault of ours, so the log has it whole.
            log.exception("posting %s makes no document", row.id)
            refused[row.id] = f"{type(problem).__name__}: {problem}"
        else:
            yield made


def document(row: PostingRow, titles: Mapping[tuple[str, str], str], words: Vocabularies) -> Document:
    """What the index holds of one posting; `titles` are official titles by (system, code)."""
    own, about = parted(row.description, "" if row.confidential else row.company.name)
    facets = {facet: row.terms.get(facet) or [NOT_STATED] for facet in VOCABULARY_FACETS}
    facets["arrangement"] = [row.arrangement or NOT_STATED]
    facets["pay_basis"] = [row.pay_basis or NOT_STATED]
    facets["chart_type"] = _chart_types(row)
    facets["system"] = _systems(row, words)
    facets |= _banded(row)
    facets |= _chapters(row)
    if "setting" not in row.terms and row.company.setting:
        facets["setting"] = [row.company.setting]
    rate = comparable_pay(row)
    work_states = sorted({place.state for place in row.places if place.state})
    return Document(
        id=str(row.id),
        version=row.version,
        fields={
            "title": row.title,
            "specialties": [
                *_names("specialty", row, words),
                *_names("side", row, words),
                *_names("role", row, words),
            ],
            "credentials": _names("credential", row, words),
            "employer": "" if row.confidential else row.company.name,
            "codes": _code_words(row, titles),
            "places": [_place_words(place.city, place.state) for place in row.places]
            + _arrangement_words(row, words),
            "body": own,
            "about": about,
            **facets,
            "state": work_states or [NOT_STATED],
            "city": [indexed("city", value) for value in _cities(row)],
            PLACE_FIELD: list(filter(None, dict.fromkeys(place_key(*place) for place in row.places))),
            OPENING_FIELD: list(row.opening_keys),
            "hires_in": hires_in(row),
            "listed": joined(row.created_at, row.opens_at, row.posted_at),
            ELIGIBILITY: eligibility(row),
            CALLED: called(row, words),
            CODED: coded(row, words),
            ARRANGED: arranged(row),
            "posted": int(row.posted_at.timestamp()) if row.posted_at else None,
            "closes": int(row.closes_at.timestamp()) if row.closes_at else None,
            "openings": row.openings,
            "pay": rate,
            PAY_STEP_FIELD: pay_step(rate),
            CODES_FIELD: list(_intervals(row)),
        },
    )


def _intervals(row: PostingRow) -> Iterator[Interval]:
    for code in row.codes:
        yield Interval(code.system, code.start, code.end, code.is_family)
        if (
            code.system == "icd10cm"
            and len(code.start) == _CATEGORY
            and code.end is None
            and not code.is_family
        ):
            # A posting that names a category works with the codes below it.
            yield Interval(code.system, code.start, None, family=True)


def comparable_pay(row: PostingRow) -> int | None:
    """The best hourly equivalent offered, in cents (see `postings.pay`); None where it cannot be compared."""
    # A row has the attributes of a posting that pay is worked out from.
    rate = pay.hourly(cast("Posting", row))
    if rate is None:
        return None
    return rate.most if rate.most is not None else rate.least


def hires_in(row: PostingRow) -> list[str]:
    """The states where a remote posting may hire; `not-stated` for a silent one, nothing for work on site."""
    if row.eligible_mode == "all":
        return list(_state_codes())
    if row.eligible_mode == "named":
        return list(row.eligible_states)
    if row.eligible_mode == "all_but":
        return [code for code in _state_codes() if code not in row.eligible_states]
    return [NOT_STATED] if row.arrangement in REMOTE else []


def eligibility(row: PostingRow) -> list[str]:
    """How states came to be eligible: each that is named, or that all are; nothing where others are left out."""
    if row.eligible_mode == "named":
        return [NAMED.format(code) for code in row.eligible_states]
    return [ALL] if row.eligible_mode == "all" else []


def _cities(row: PostingRow) -> list[str]:
    named = (city_value(f"{place.city}, {place.state}") for place in row.places if place.city and place.state)
    return list(filter(None, dict.fromkeys(named)))


def _chart_types(row: PostingRow) -> list[str]:
    counted = (load.chart_type for load in row.workloads if load.chart_type)
    return list(dict.fromkeys((*row.terms.get("chart_type", ()), *counted))) or [NOT_STATED]


def _banded(row: PostingRow) -> dict[str, list[str]]:
    stated = {
        "experience": band_of("experience", row.experience_months),
        "specialty_experience": band_of("specialty_experience", row.specialty_experience_months),
        "accuracy": band_of("accuracy", row.accuracy_percent),
        "apprentice": yes_or_no(row.apprentice_welcome),
        "qa_appeal": yes_or_no(row.qa_appeal),
    }
    return {facet: values or [NOT_STATED] for facet, values in stated.items()}


def _chapters(row: PostingRow) -> dict[str, list[str]]:
    """The chapters and blocks that the posting's codes meet."""
    chapters: dict[str, None] = {}
    blocks: dict[str, None] = {}
    for code in row.codes:
        of_code = _chapters_of_code(code.system, code.start, code.end, code.is_family)
        chapters |= dict.fromkeys(of_code[0])
        blocks |= dict.fromkeys(of_code[1])
    return {"chapter": list(chapters), "block": list(blocks)}


@lru_cache(maxsize=16_384)
def _chapters_of_code(
    system: str, start: str, end: str | None, is_family: bool
) -> tuple[list[str], list[str]]:
    met = chapters_of(system, *interval(system, start, end, is_family))
    return [one.key for one in met if not one.chapter], [
        indexed("block", one.key) for one in met if one.chapter
    ]


@cache
def _state_codes() -> tuple[str, ...]:
    return tuple(one.code for one in states())


@cache
def _place_words(city: str, code: str) -> str:
    known = state(code) if code else None
    return " ".join(filter(None, (city, code, known.name if known else "")))


def _names(facet: str, row: PostingRow, words: Vocabularies) -> list[str]:
    slugs = row.terms.get(facet)
    if not slugs:
        return []
    terms = filter(None, map(words[facet].get, slugs))
    return [name for term in terms for name in dict.fromkeys((term.name, term.label))]


def _systems(row: PostingRow, words: Vocabularies) -> list[str]:
    """The code systems that the posting names, and those of its codes; a modifier belongs to another code."""
    known = words["system"]
    of_codes = {code.system: None for code in row.codes}
    named = [one for one in of_codes if one != "modifier" and one in known]
    return list(dict.fromkeys((*row.terms.get("system", ()), *named))) or [NOT_STATED]


def _arrangement_words(row: PostingRow, words: Vocabularies) -> list[str]:
    """Where the work is done, for those who type it: "remote" finds a remote posting whose text says otherwise."""
    term = words["arrangement"].get(row.arrangement) if row.arrangement else None
    return [term.label] if term is not None else []


def _code_words(row: PostingRow, titles: Mapping[tuple[str, str], str]) -> list[str]:
    found = []
    for code in row.codes:
        found.append(f"{code.start}-{code.end}" if code.end else code.start)
        if code.end is None and (title := titles.get((code.system, code.start))):
            found.append(title)
    return found
