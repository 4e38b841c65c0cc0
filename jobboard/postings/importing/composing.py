"""From what a line states and what its text says to the values of a posting, each with its origin.

What is stated goes before what is recognised. Where markup has no word for the finer value that the text gives (hybrid
work, a state that is left out, contract on 1099), the text is heard beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jobboard.postings.content import WorkloadGiven
from jobboard.postings.models import Origin
from jobboard.postings.recognition import recognise
from jobboard.postings.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jobboard.postings.content import PlaceGiven
    from jobboard.postings.importing.opening import Opening
    from jobboard.postings.recognition import Recognised
    from jobboard.vocabulary import Vocabularies

# Recognised columns and what stands in them where nothing is said.
_READ: Final[dict[str, Any]] = {
    "openings": 1,
    "requisition_number": "",
    "experience_months": None,
    "specialty_experience_months": None,
    "apprentice_welcome": None,
    "education": "",
    "work_authorization": "",
    "hours_per_week_least": None,
    "hours_per_week_most": None,
    "accuracy_percent": None,
    "ramp_up_weeks": None,
    "qa_appeal": None,
    "equipment_provided": None,
    "ceu_paid": None,
    "dues_paid": None,
}
_STATED_ONLY: Final[dict[str, Any]] = {
    "department": "",
    "starts_on": None,
    "apply_by": "closed",
    "apply_url": "",
    "apply_email": "",
}
_FACETS: Final = {
    "specialty": "specialties",
    "role": "roles",
    "side": "sides",
    "setting": "settings",
    "system": "systems",
    "tool": "tools",
    "employment": "employment",
    "schedule": "schedule",
    "benefit": "benefits",
}
_TIMES: Final = frozenset({"full-time", "part-time"})
_FINER_THAN_REMOTE: Final = frozenset({"hybrid", "remote-after-training"})
_LONGEST = {"requisition_number": 100}


@dataclass(frozen=True)
class Composed:
    """Values by column and by facet, each with its origin; a column that says nothing is there with its empty value."""

    columns: Mapping[str, tuple[Any, Origin]]
    terms: Mapping[str, Mapping[str, Origin]]
    requirement: Requirement = field(default_factory=Requirement)
    places: Sequence[PlaceGiven] = ()
    workloads: Sequence[WorkloadGiven] = ()


def compose(opening: Opening, vocabularies: Vocabularies) -> Composed:
    """The values of `opening`; its text is read once."""
    read = recognise(opening.title, opening.description, vocabularies)
    stated = opening.columns
    columns: dict[str, tuple[Any, Origin]] = {
        "title": (opening.title, Origin.STATED),
        "description": (opening.description, Origin.STATED),
    }
    for name, empty in _STATED_ONLY.items():
        columns[name] = (stated.get(name, empty), Origin.STATED)
    for name, empty in _READ.items():
        heard = None if name in opening.unread else _cut(name, getattr(read, name))
        columns[name] = _first(stated.get(name), heard, empty)
    columns |= _pay(opening, read)
    columns |= _where(opening, read)
    return Composed(
        columns=columns,
        terms={facet: _terms(facet, opening, getattr(read, name)) for facet, name in _FACETS.items()},
        requirement=read.requirement,
        places=opening.places,
        workloads=[
            WorkloadGiven(w.chart_type or "", w.per_hour_least, w.per_hour_most) for w in read.workloads
        ],
    )


def _first(stated: Any, recognised: Any, empty: Any) -> tuple[Any, Origin]:
    if stated not in (None, ""):
        return stated, Origin.STATED
    if recognised not in (None, ""):
        return recognised, Origin.RECOGNISED
    return empty, Origin.STATED


def _cut(name: str, value: Any) -> Any:
    return value[: _LONGEST[name]] if name in _LONGEST and value else value


def _pay(opening: Opening, read: Recognised) -> dict[str, tuple[Any, Origin]]:
    stated = opening.columns
    if stated.get("pay_basis"):
        basis, origin = stated["pay_basis"], Origin.STATED
        if not stated.get("pay_basis_is_stated", True):
            origin = Origin.RECOGNISED
            same = {read.pay_least_cents, read.pay_most_cents} & {
                stated.get("pay_least_cents"),
                stated.get("pay_most_cents"),
            }
            basis = read.pay_basis if read.pay_basis and same - {None} else basis
        return {
            "pay_basis": (basis, origin),
            "pay_least_cents": (stated.get("pay_least_cents"), Origin.STATED),
            "pay_most_cents": (stated.get("pay_most_cents"), Origin.STATED),
            "pay_currency": (stated.get("pay_currency", "USD"), Origin.STATED),
        }
    amount = read.pay_least_cents is not None or read.pay_most_cents is not None
    return {
        "pay_basis": _first(None, read.pay_basis if amount else None, ""),
        "pay_least_cents": _first(None, read.pay_least_cents, None),
        "pay_most_cents": _first(None, read.pay_most_cents, None),
        "pay_currency": ("USD", Origin.STATED),
    }


def _where(opening: Opening, read: Recognised) -> dict[str, tuple[Any, Origin]]:
    arrangement = _first(None, read.arrangement, "")
    if opening.telecommute and read.arrangement not in _FINER_THAN_REMOTE:
        arrangement = ("remote", Origin.STATED)
    heard = "" if "eligible_mode" in opening.unread else read.eligible_mode
    mode = _first(None, heard, "")
    states = _first(None, list(read.eligible_states) if heard else None, [])
    if opening.columns.get("eligible_mode"):
        mode = (opening.columns["eligible_mode"], Origin.STATED)
        states = (list(opening.columns["eligible_states"]), Origin.STATED)
    elif opening.country_wide and read.eligible_mode not in {"named", "all_but"}:
        mode, states = ("all", Origin.STATED), ([], Origin.STATED)
    is_hybrid, is_trained = arrangement[0] == "hybrid", arrangement[0] == "remote-after-training"
    return {
        "arrangement": arrangement,
        "hybrid_days": _first(None, read.hybrid_days if is_hybrid else None, None),
        "training_weeks": _first(None, read.training_weeks if is_trained else None, None),
        "eligible_mode": mode,
        "eligible_states": states,
    }


def _terms(facet: str, opening: Opening, read: Sequence[str]) -> dict[str, Origin]:
    stated = dict.fromkeys(opening.terms.get(facet, ()), Origin.STATED)
    if facet != "employment":
        return stated or dict.fromkeys(() if facet in opening.unread else read, Origin.RECOGNISED)
    heard = [slug for slug in read if not (stated.keys() & _TIMES and slug in _TIMES)]
    return {**dict.fromkeys(heard, Origin.RECOGNISED), **stated}
