"""The facts of a posting in groups, as its page lists them; what is not stated is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.postings import labels
from jobboard.postings.dates import day_words
from jobboard.postings.models import Origin

if TYPE_CHECKING:
    from jobboard.postings.models import Posting


@dataclass(frozen=True)
class Fact:
    """A label with its value in words; `origin` is "recognised" where it was read from the text, else ''."""

    label: str
    value: str
    origin: str = ""


@dataclass(frozen=True)
class FactGroup:
    """Facts that belong together under a heading."""

    title: str
    facts: tuple[Fact, ...]


def fact_groups(posting: Posting) -> tuple[FactGroup, ...]:
    """The groups that have a fact."""
    groups = (
        ("The work", _work(posting)),
        ("Experience and education", _who(posting)),
        ("Hours and contract", _when(posting)),
        ("Benefits", _benefits(posting)),
    )
    return tuple(
        FactGroup(title, facts) for title, given in groups if (facts := tuple(f for f in given if f.value))
    )


def workload_lines(posting: Posting) -> tuple[Fact, ...]:
    """Charts per hour by chart type, accuracy, ramp-up and QA appeal."""
    facts = [
        Fact(
            labels.label("chart_type", load.chart_type) or "All charts",
            labels.span(load.charts_per_hour_least, load.charts_per_hour_most, "charts an hour"),
        )
        for load in posting.workloads
    ]
    facts += [
        _column(posting, "Accuracy", "accuracy_percent", _percent(posting.accuracy_percent)),
        _column(posting, "Ramp-up", "ramp_up_weeks", _weeks(posting.ramp_up_weeks)),
        _column(
            posting,
            "QA findings",
            "qa_appeal",
            _yes(posting.qa_appeal, "Can be appealed", "Cannot be appealed"),
        ),
    ]
    return tuple(fact for fact in facts if fact.value)


def _work(posting: Posting) -> list[Fact]:
    facts = [
        _terms(posting, title, facet)
        for title, facet in (
            ("Specialties", "specialty"),
            ("Role", "role"),
            ("Coding side", "side"),
            ("Setting", "setting"),
            ("Code systems", "system"),
            ("Tools", "tool"),
            ("Chart types", "chart_type"),
        )
    ]
    openings = labels.count(posting.openings, "opening") if posting.openings > 1 else ""
    return [
        *facts,
        Fact("Openings", openings),
        Fact("Department", posting.department),
        Fact("Requisition", posting.requisition_number),
    ]


def _who(posting: Posting) -> list[Fact]:
    authorization = (
        labels.AUTHORIZATION.get(posting.work_authorization, "") if posting.work_authorization else ""
    )
    return [
        _column(posting, "Experience", "experience_months", labels.experience_line(posting)),
        _column(
            posting,
            "Apprentices",
            "apprentice_welcome",
            _yes(posting.apprentice_welcome, "Welcome", "Not taken"),
        ),
        _column(posting, "Education", "education", labels.label("education", posting.education)),
        _column(posting, "Work authorization", "work_authorization", authorization),
    ]


def _when(posting: Posting) -> list[Fact]:
    hours = labels.span(posting.hours_per_week_least, posting.hours_per_week_most, "hours a week")
    length = labels.months(posting.contract_months) if posting.contract_months else ""
    zone = posting.work_time_zone.rpartition("/")[2].replace("_", " ")
    return [
        _terms(posting, "Employment", "employment"),
        _column(posting, "Hours", "hours_per_week_least", hours),
        _terms(posting, "Schedule", "schedule"),
        _column(posting, "Starts", "starts_on", day_words(posting.starts_on) if posting.starts_on else ""),
        _column(posting, "Contract length", "contract_months", length),
        _column(posting, "Time zone of the work", "work_time_zone", f"{zone} time" if zone else ""),
    ]


def _benefits(posting: Posting) -> list[Fact]:
    return [
        _terms(posting, "Benefits", "benefit"),
        _column(
            posting,
            "Equipment",
            "equipment_provided",
            _yes(posting.equipment_provided, "Provided", "Your own"),
        ),
        _column(posting, "CEUs", "ceu_paid", _yes(posting.ceu_paid, "Paid", "Not paid")),
        _column(posting, "Membership dues", "dues_paid", _yes(posting.dues_paid, "Paid", "Not paid")),
    ]


def _terms(posting: Posting, title: str, facet: str) -> Fact:
    found = [term for term in posting.terms if term.facet == facet]
    read = any(term.origin == Origin.RECOGNISED for term in found)
    return Fact(
        title,
        ", ".join(labels.labels(facet, [term.slug for term in found])),
        Origin.RECOGNISED.value if read else "",
    )


def _column(posting: Posting, title: str, column: str, value: str) -> Fact:
    read = posting.origins.get(column) == Origin.RECOGNISED
    return Fact(title, value, Origin.RECOGNISED.value if read and value else "")


def _percent(value: float | None) -> str:
    return "" if value is None else f"{labels.number(value)} %"


def _weeks(value: int | None) -> str:
    return "" if value is None else labels.count(value, "week")


def _yes(value: bool | None, yes: str, no: str) -> str:
    return "" if value is None else yes if value else no
