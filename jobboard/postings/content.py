"""What a posting says, as a form or an import hands it over, and how it is put into the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jobboard.places import city as city_of
from jobboard.places import postal_code as place_of_zip
from jobboard.postings import linking
from jobboard.postings.models import Origin, Posting, PostingPlace, PostingTerm, PostingWorkload
from jobboard.postings.requirements import Requirement, flat, from_json, leaves, to_json
from jobboard.postings.stated_codes import named_by_people, read_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jobboard.codes.linker import Mention

TERM_FACETS = (
    "specialty",
    "role",
    "side",
    "setting",
    "system",
    "tool",
    "employment",
    "schedule",
    "chart_type",
    "benefit",
)
_CREDENTIAL = "credential"


@dataclass(frozen=True)
class PlaceGiven:
    """A workplace as somebody named it; coordinates are looked up where they are not given."""

    city: str = ""
    state: str = ""
    postal_code: str = ""
    street: str = ""
    country: str = "US"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class WorkloadGiven:
    """Charts per hour for a chart type ('' for all)."""

    chart_type: str = ""
    least: float | None = None
    most: float | None = None


@dataclass
class Content:
    """Values by what they fill. Only what is given is put in: absent columns and facets, and None, stay as they are.

    `codes` are those that people name themselves, beside what the text names.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Sequence[str]] = field(default_factory=dict)
    requirement: Requirement | None = None
    places: Sequence[PlaceGiven] | None = None
    workloads: Sequence[WorkloadGiven] | None = None
    codes: Sequence[Mention] | None = None


def fill(posting: Posting, content: Content, origin: Origin = Origin.STATED) -> None:
    """Put `content` into a posting. What stands there already with another origin becomes confirmed when the
    employer states it too, and keeps its origin when an import reads it again."""
    for name, value in content.columns.items():
        set_column(posting, name, value, origin)
    for facet, slugs in content.terms.items():
        set_terms(posting, facet, slugs, origin)
    if content.requirement is not None:
        set_requirement(posting, content.requirement, origin)
    if content.places is not None:
        set_places(posting, content.places)
    if content.workloads is not None:
        set_workloads(posting, content.workloads)
    if content.codes is not None:
        linking.state(posting, content.codes)


def set_column(posting: Posting, name: str, value: object, origin: Origin = Origin.STATED) -> None:
    """Set one column and where it comes from. A recognised value that the employer leaves in the form is confirmed."""
    before = posting.origins.get(name)
    same = getattr(posting, name) == value
    setattr(posting, name, value)
    after = _origin(Origin(before) if before and same else None, origin)
    if after == Origin.STATED:
        if before is not None:
            posting.origins = {key: kept for key, kept in posting.origins.items() if key != name}
    elif before != after:
        posting.origins = {**posting.origins, name: after.value}


def set_terms(
    posting: Posting, facet: str, slugs: Iterable[str], origin: Origin | Mapping[str, Origin] = Origin.STATED
) -> None:
    """Let a posting carry exactly these slugs for a facet, in this order; `origin` for all, or by slug."""
    wanted = list(dict.fromkeys(slugs))
    present = {term.slug: term for term in posting.terms if term.facet == facet}
    for slug in present.keys() - set(wanted):
        posting.terms.remove(present[slug])
    for position, slug in enumerate(wanted):
        given = origin if isinstance(origin, Origin) else origin.get(slug, Origin.STATED)
        term = present.get(slug)
        if term is None:
            posting.terms.append(PostingTerm(facet=facet, slug=slug, position=position, origin=given.value))
            continue
        after = _origin(Origin(term.origin), given)
        if term.position != position:
            term.position = position
        if term.origin != after:
            term.origin = after.value


def set_requirement(posting: Posting, requirement: Requirement, origin: Origin = Origin.STATED) -> None:
    """Set the credential requirement and the flat list that the facet counts; the one way to change either."""
    set_column(posting, "credential_requirement", to_json(requirement), origin)
    named = [leaf.slug for leaf in (*leaves(requirement.required), *leaves(requirement.preferred))]
    counted = flat(requirement)
    # As the requirement names them, what is required first; apprentice forms that it only accepts come last.
    ordered = [slug for slug in dict.fromkeys(named) if slug in counted]
    slugs = [*ordered, *sorted(counted.difference(ordered))]
    set_terms(posting, _CREDENTIAL, slugs, origin)


def set_places(posting: Posting, places: Sequence[PlaceGiven]) -> None:
    """Let a posting have exactly these workplaces; rows that say the same already stay."""
    wanted = [_located(place) for place in places]
    if [_as_given(place) for place in posting.places] == wanted:
        return
    posting.places = [
        PostingPlace(
            position=position,
            street=place.street,
            city=place.city,
            state=place.state,
            postal_code=place.postal_code,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
        )
        for position, place in enumerate(wanted)
    ]


def set_workloads(posting: Posting, workloads: Sequence[WorkloadGiven]) -> None:
    """Let a posting have exactly these rates; rows that say the same already stay."""
    present = [
        WorkloadGiven(row.chart_type, row.charts_per_hour_least, row.charts_per_hour_most)
        for row in posting.workloads
    ]
    if present == list(workloads):
        return
    posting.workloads = [
        PostingWorkload(
            position=position,
            chart_type=load.chart_type,
            charts_per_hour_least=load.least,
            charts_per_hour_most=load.most,
        )
        for position, load in enumerate(workloads)
    ]


def content_of(posting: Posting) -> Content:
    """What a posting says, to be put into another (a copy). Columns that tell its life are not among it."""
    return Content(
        columns={name: getattr(posting, name) for name in COPIED},
        terms={facet: posting.slugs(facet) for facet in TERM_FACETS},
        requirement=from_json(posting.credential_requirement),
        places=[_as_given(place) for place in posting.places],
        workloads=[
            WorkloadGiven(row.chart_type, row.charts_per_hour_least, row.charts_per_hour_most)
            for row in posting.workloads
        ],
        codes=[mention for words in named_by_people(posting) for mention in read_codes(words)],
    )


COPIED = (
    "company_id",
    "posted_by_company_id",
    "confidential",
    "department",
    "time_zone",
    "title",
    "description",
    "openings",
    "requisition_number",
    "experience_months",
    "specialty_experience_months",
    "apprentice_welcome",
    "education",
    "work_authorization",
    "arrangement",
    "hybrid_days",
    "training_weeks",
    "eligible_mode",
    "eligible_states",
    "work_time_zone",
    "hours_per_week_least",
    "hours_per_week_most",
    "contract_months",
    "pay_basis",
    "pay_least_cents",
    "pay_most_cents",
    "pay_currency",
    "equipment_provided",
    "ceu_paid",
    "dues_paid",
    "accuracy_percent",
    "ramp_up_weeks",
    "qa_appeal",
    "apply_by",
    "apply_url",
    "apply_email",
)


def _origin(before: Origin | None, now: Origin) -> Origin:
    if before is None or before == now:
        return now
    if now == Origin.STATED:
        return Origin.CONFIRMED if before in {Origin.RECOGNISED, Origin.CONFIRMED} else Origin.STATED
    return before


def _located(place: PlaceGiven) -> PlaceGiven:
    if place.latitude is not None and place.longitude is not None:
        return place
    known = None
    if place.postal_code:
        known = place_of_zip(place.postal_code)
        if known and place.state and known.state != place.state:
            known = None
    if known is None and place.city and place.state:
        known = city_of(place.city, place.state)
    if known is None:
        return place
    return PlaceGiven(
        place.city or known.name,
        place.state or known.state,
        place.postal_code,
        place.street,
        place.country,
        known.latitude,
        known.longitude,
    )


def _as_given(place: PostingPlace) -> PlaceGiven:
    return PlaceGiven(
        place.city,
        place.state,
        place.postal_code,
        place.street,
        place.country,
        place.latitude,
        place.longitude,
    )
