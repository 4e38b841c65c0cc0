"""How an advertisement of the data files becomes the content of a posting.

The files write pay as `["hourly", 28, 34.5]` in dollars, places as "Topeka, KS", states as "all", a list, or
`{ except = [...] }`, and credential trees as requirements do, with a bare slug for a plain credential.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobboard.places import state as state_of
from jobboard.postings.content import Content, PlaceGiven, WorkloadGiven
from jobboard.postings.requirements import from_json
from jobboard.vocabulary import shipped

_TERMS = {
    "specialties": "specialty",
    "roles": "role",
    "sides": "side",
    "setting": "setting",
    "systems": "system",
    "tools": "tool",
    "employment": "employment",
    "schedule": "schedule",
    "chart_types": "chart_type",
    "benefits": "benefit",
}
_USUAL_TERMS = {"employment": ["full-time"], "schedule": ["day"]}
_PLAIN = {
    "title": "title",
    "openings": "openings",
    "requisition": "requisition_number",
    "department": "department",
    "confidential": "confidential",
    "experience": "experience_months",
    "specialty_experience": "specialty_experience_months",
    "apprentices": "apprentice_welcome",
    "education": "education",
    "authorization": "work_authorization",
    "arrangement": "arrangement",
    "hybrid_days": "hybrid_days",
    "training_weeks": "training_weeks",
    "work_zone": "work_time_zone",
    "contract_months": "contract_months",
    "equipment": "equipment_provided",
    "ceu": "ceu_paid",
    "dues": "dues_paid",
    "accuracy": "accuracy_percent",
    "ramp_up": "ramp_up_weeks",
    "qa_appeal": "qa_appeal",
}
_OF_VOCABULARY = {"education": "education", "arrangement": "arrangement"}


def content_of(says: Mapping[str, Any]) -> Content:
    """The content of an advertisement. Raises ValueError naming the key at fault."""
    columns: dict[str, Any] = {}
    for name, value in says.items():
        if name in _PLAIN:
            if name in _OF_VOCABULARY and value not in shipped()[_OF_VOCABULARY[name]].slugs:
                raise ValueError(f"{name}: {value!r} is not in the vocabulary")
            columns[_PLAIN[name]] = value
        elif name in _READERS:
            columns |= _READERS[name](value)
    terms: dict[str, Sequence[str]] = {
        _TERMS[name]: _known(_TERMS[name], slugs)
        for name, slugs in {**_USUAL_TERMS, **says}.items()
        if name in _TERMS
    }
    asked = {name: _node(says[name]) for name in ("required", "preferred") if name in says}
    if "refused" in says:
        asked["refused"] = says["refused"]
    rates = says.get("rates", {})
    terms.setdefault("chart_type", _known("chart_type", list(rates)))
    return Content(
        columns,
        terms,
        from_json(asked, set(shipped()["credential"].slugs)),
        [_place(words) for words in says.get("places", ())],
        [WorkloadGiven(chart, float(least), float(most)) for chart, (least, most) in rates.items()],
    )


def columns_of_pay(pay: list[Any]) -> dict[str, Any]:
    """The columns of `[basis, least, most]`, dollars to cents."""
    basis, least, most = pay
    _known("pay_basis", [basis])
    if least > most:
        raise ValueError("pay: the least is above the most")
    return {"pay_basis": basis, "pay_least_cents": round(least * 100), "pay_most_cents": round(most * 100)}


def _hours(hours: Any) -> dict[str, Any]:
    least, most = hours if isinstance(hours, list) else (hours, hours)
    return {"hours_per_week_least": float(least), "hours_per_week_most": float(most)}


def _hires_in(states: Any) -> dict[str, Any]:
    if states in ("", "all"):
        return {"eligible_mode": states, "eligible_states": []}
    mode = "all_but" if isinstance(states, dict) else "named"
    codes = states["except"] if isinstance(states, dict) else states
    for code in codes:
        if state_of(code) is None:
            raise ValueError(f"states: {code!r} is no state")
    return {"eligible_mode": mode, "eligible_states": sorted(codes)}


def _apply(way: str) -> dict[str, Any]:
    if way.startswith("https://"):
        return {"apply_by": "address", "apply_url": way}
    return {"apply_by": "mail", "apply_email": way} if "@" in way else {"apply_by": "here"}


def _text(text: str) -> dict[str, Any]:
    return {"description": text.strip()}


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "text": _text,
    "pay": columns_of_pay,
    "hours": _hours,
    "states": _hires_in,
    "apply": _apply,
}
WORDS_OF_CONTENT = (*_TERMS, *_PLAIN, *_READERS, "required", "preferred", "refused", "places", "rates")


def _known(facet: str, slugs: list[str]) -> list[str]:
    known = shipped()[facet].slugs
    for slug in slugs:
        if slug not in known:
            raise ValueError(f"{facet}: {slug!r} is not in the vocabulary")
    return slugs


def _node(node: Any) -> Any:
    if isinstance(node, str):
        return {"credential": node}
    return {
        key: [_node(child) for child in value] if isinstance(value, list) else value
        for key, value in node.items()
    }


def _place(words: str) -> PlaceGiven:
    city, _, state = words.rpartition(", ")
    if not city or state_of(state) is None:
        raise ValueError(f"places: {words!r} is not CITY, ST")
    return PlaceGiven(city, state)
