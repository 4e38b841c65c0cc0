"""What was recognised in a posting's title and text."""

from dataclasses import dataclass, field

from jobboard.postings.requirements import Requirement


@dataclass(frozen=True)
class Workload:
    """Charts per hour for one chart type (a slug), or for all where none is named."""

    chart_type: str | None
    per_hour_least: float
    per_hour_most: float


@dataclass(frozen=True)
class Recognised:
    """Every value has the shape and the name of the posting's own; what is not said is None or empty.

    Slugs are those of the vocabularies. `hybrid_days` are days a week on site, `training_weeks` weeks of on-site
    training before remote work, `eligible_mode` is all, named, all_but or nothing, `eligible_states` are
    two-letter codes, pay is in cents per unit of `pay_basis`, `work_authorization` is us_only or sponsorship.
    """

    title: str
    specialties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    requirement: Requirement = field(default_factory=Requirement)
    arrangement: str | None = None
    hybrid_days: int | None = None
    training_weeks: int | None = None
    eligible_mode: str | None = None
    eligible_states: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    schedule: tuple[str, ...] = ()
    hours_per_week_least: float | None = None
    hours_per_week_most: float | None = None
    pay_basis: str | None = None
    pay_least_cents: int | None = None
    pay_most_cents: int | None = None
    experience_months: int | None = None
    specialty_experience_months: int | None = None
    apprentice_welcome: bool | None = None
    education: str | None = None
    work_authorization: str | None = None
    workloads: tuple[Workload, ...] = ()
    accuracy_percent: float | None = None
    ramp_up_weeks: int | None = None
    qa_appeal: bool | None = None
    equipment_provided: bool | None = None
    ceu_paid: bool | None = None
    dues_paid: bool | None = None
    openings: int | None = None
    requisition_number: str | None = None
    benefits: tuple[str, ...] = ()
