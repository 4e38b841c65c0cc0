"""What facets must count, worked out from the tables alone: nothing here asks the index or how documents are made."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import acos, cos, radians, sin
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from jobboard.codes.chapters import chapters
from jobboard.database import db
from jobboard.places import find_place, states
from jobboard.search.request import NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jobboard.search.request import SearchRequest

REMOTE = {"remote", "remote-after-training"}
MONTHS = """CASE WHEN {0} IS NULL THEN 'not-stated' WHEN {0} <= 0 THEN 'none' WHEN {0} <= 12 THEN '1'
    WHEN {0} <= 24 THEN '2' WHEN {0} <= 36 THEN '3' WHEN {0} <= 60 THEN '5' ELSE 'more' END"""
YES_OR_NO = "CASE WHEN {0} IS NULL THEN 'not-stated' WHEN {0} THEN 'yes' ELSE 'no' END"
COLUMNS = {
    "arrangement": "CASE WHEN arrangement = '' THEN 'not-stated' ELSE arrangement END",
    "pay_basis": "CASE WHEN pay_basis = '' THEN 'not-stated' ELSE pay_basis END",
    "experience": MONTHS.format("experience_months"),
    "specialty_experience": MONTHS.format("specialty_experience_months"),
    "apprentice": YES_OR_NO.format("apprentice_welcome"),
    "qa_appeal": YES_OR_NO.format("qa_appeal"),
    "accuracy": """CASE WHEN accuracy_percent IS NULL THEN 'not-stated' WHEN accuracy_percent < 95 THEN 'under-95'
        WHEN accuracy_percent = 95 THEN '95' ELSE 'over-95' END""",
}
TERMS = ("specialty", "credential", "role", "side", "employment", "schedule", "tool", "benefit")
ROWS = {
    **{name: f"SELECT posting_id, slug FROM posting_term WHERE facet = '{name}'" for name in TERMS},
    "setting": """SELECT posting_id, slug FROM posting_term WHERE facet = 'setting'
        UNION SELECT posting.id, setting FROM posting JOIN company ON company.id = company_id WHERE setting != ''
        AND NOT EXISTS (SELECT 1 FROM posting_term WHERE posting_id = posting.id AND facet = 'setting')""",
    "system": """SELECT posting_id, slug FROM posting_term WHERE facet = 'system'
        UNION SELECT posting_id, system FROM posting_code WHERE NOT dismissed AND system != 'modifier'""",
    "chart_type": """SELECT posting_id, slug FROM posting_term WHERE facet = 'chart_type'
        UNION SELECT posting_id, chart_type FROM posting_workload WHERE chart_type != ''""",
    "state": "SELECT posting_id, state FROM posting_place WHERE state != ''",
}
CITIES = "SELECT posting_id, city || ', ' || state FROM posting_place WHERE city != '' AND state != ''"
CODES = "SELECT posting_id, system, low, high FROM posting_code WHERE NOT dismissed"
PAY = """SELECT id, pay_basis, coalesce(pay_most_cents, pay_least_cents), pay_most_cents,
    coalesce((hours_per_week_least + hours_per_week_most) / 2, hours_per_week_least, hours_per_week_most, 40),
    (SELECT max(coalesce(charts_per_hour_most, charts_per_hour_least)) FROM posting_workload
     WHERE posting_id = posting.id)
    FROM posting WHERE pay_currency = 'USD'"""
STEPS = (0, 15, 20, 25, 30, 35, 40, 45, 50, 60, 75)
TREES = (("state", "city"), ("system", "chapter", "block"))


def sql(statement: str) -> Iterable[Any]:
    return db.session.execute(text(statement))


@dataclass
class Truth:
    """Who carries which value of which facet, and what else a filter asks about a posting."""

    openings: dict[int, int]
    values: dict[str, dict[str, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    pay: dict[int, float] = field(default_factory=dict)
    age: dict[int, timedelta] = field(default_factory=dict)
    left: dict[int, timedelta] = field(default_factory=dict)
    points: dict[int, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def everyone(self) -> set[int]:
        return set(self.openings)

    def matching(self, request: SearchRequest, without: str = "") -> set[int]:
        """Whom a search finds, the filter called `without` left out."""
        return self._all_but(self._filters(request), without)

    def _all_but(self, filters: dict[str, set[int]], without: str) -> set[int]:
        found = self.everyone
        for name, met in filters.items():
            if name != without:
                found = found & met
        return found

    def counts(self, request: SearchRequest) -> dict[str, dict[str, tuple[int, int]]]:
        """By facet and value the postings and their openings; of lower levels only what the page shows."""
        told: dict[str, dict[str, tuple[int, int]]] = {}
        filters = self._filters(request)
        for facet, values in self.values.items():
            tree = next((tree for tree in TREES if facet in tree), (facet,))
            there = self._all_but(filters, tree[0])
            shown = values if facet == tree[0] else self._open(facet, tree, request)
            told[facet] = self._counted(shown, there)
        there = self._all_but(filters, "pay")
        steps: dict[str, set[int]] = {str(step): set() for step in STEPS}
        for one, rate in self.pay.items():
            steps[str(max(step for step in STEPS if step == 0 or rate >= step))].add(one)
        told["pay"] = self._counted({**steps, NOT_STATED: self.everyone - set(self.pay)}, there, zero=True)
        for name, lapse, choices in (
            ("posted", self.age, (1, 3, 7, 14, 30)),
            ("closing", self.left, (3, 7, 14)),
        ):
            within = {str(days): _within(lapse, days) for days in choices}
            told[name] = self._counted(within, self._all_but(filters, name), zero=True)
        return told

    def _counted(
        self, values: dict[str, set[int]], there: set[int], *, zero: bool = False
    ) -> dict[str, tuple[int, int]]:
        counted = {value: met & there for value, met in values.items()}
        return {
            value: (len(met), sum(self.openings[one] for one in met))
            for value, met in counted.items()
            if met or zero
        }

    def _open(self, facet: str, tree: tuple[str, ...], request: SearchRequest) -> dict[str, set[int]]:
        """The values of a lower level whose value above is chosen, or has something chosen below it."""
        level = tree.index(facet)
        opened = set(request.facets.get(tree[level - 1], ()))
        for lower in tree[level:]:
            for value in request.facets.get(lower, ()):
                while tree.index(_level(value, tree)) > level - 1:
                    value = above(value)
                opened.add(value)
        return {value: met for value, met in self.values[facet].items() if above(value) in opened}

    def _filters(self, request: SearchRequest) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        in_trees = {level for tree in TREES for level in tree}
        for facet, chosen in request.facets.items():
            if facet not in in_trees:
                found[facet] = self._any(facet, chosen)
        for tree in TREES:
            chosen = {value for level in tree for value in request.facets.get(level, ())}
            if chosen:
                covered = set()
                for value in chosen:
                    while (value := above(value)) != "":
                        covered.add(value)
                found[tree[0]] = set().union(
                    *(self._any(level, set(request.facets.get(level, ())) - covered) for level in tree)
                )
        if request.pay:
            wanted = [float(one) for one in request.pay if one != NOT_STATED]
            found["pay"] = {one for one, rate in self.pay.items() if any(rate >= least for least in wanted)}
            if NOT_STATED in request.pay:
                found["pay"] |= self.everyone - set(self.pay)
        if request.posted:
            found["posted"] = _within(self.age, request.posted)
        if request.closing:
            found["closing"] = _within(self.left, request.closing)
        if request.near:
            found["near"] = self._near(request)
        return found

    def _any(self, facet: str, chosen: Iterable[str]) -> set[int]:
        return set().union(*(self.values[facet].get(value, set()) for value in chosen))

    def _near(self, request: SearchRequest) -> set[int]:
        place = find_place(request.near)
        assert place is not None
        here = {
            one
            for one, points in self.points.items()
            if any(
                round(_miles((place.latitude, place.longitude), point)) <= request.miles for point in points
            )
        }
        remote = self._any("arrangement", REMOTE)
        return here | (remote & self._any("hires_in", [place.state]))


def above(value: str) -> str:
    """The value above one of a lower level, '' for one of the top."""
    if ", " in value:
        return value.rpartition(", ")[2]
    if ":" not in value:
        return ""
    return chapters()[value].chapter_key or value.partition(":")[0]


def _level(value: str, tree: tuple[str, ...]) -> str:
    depth = 0
    while (value := above(value)) != "":
        depth += 1
    return tree[depth]


def _within(lapse: dict[int, timedelta], days: int) -> set[int]:
    return {one for one, passed in lapse.items() if passed < timedelta(days=days)}


def _miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the spherical law of cosines."""
    (a, b), (c, d) = ((radians(x), radians(y)) for x, y in (one, other))
    return 3958.76 * acos(min(sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d), 1.0))


def truth(now: datetime, in_utc: Callable[[Any], datetime]) -> Truth:
    """Read it from the tables."""
    found = Truth({one: max(openings, 1) for one, openings in sql("SELECT id, openings FROM posting")})
    for facet, expression in COLUMNS.items():
        for one, value in sql(f"SELECT id, {expression} FROM posting"):
            found.values[facet][value].add(one)
    for facet, statement in ROWS.items():
        for one, value in sql(statement):
            found.values[facet][value].add(one)
        found.values[facet][NOT_STATED] = found.everyone - set().union(*found.values[facet].values())
    for one, city in sql(CITIES):
        found.values["city"][city].add(one)
        place = find_place(city)
        assert place is not None
        found.points[one].append((place.latitude, place.longitude))
    for one, system, low, high in sql(CODES):
        for chapter in chapters().values():
            if chapter.system == system and low <= chapter.high and high >= chapter.low:
                found.values["block" if chapter.chapter else "chapter"][chapter.key].add(one)
    _read_pay(found)
    everywhere = {state.code for state in states()}
    for one, mode, listed, arrangement in sql(
        "SELECT id, eligible_mode, eligible_states, arrangement FROM posting"
    ):
        named = set(json.loads(listed) if isinstance(listed, str) else listed)
        may = {"all": everywhere, "named": named, "all_but": everywhere - named}.get(mode)
        for code in may if may is not None else ({NOT_STATED} if arrangement in REMOTE else ()):
            found.values["hires_in"][code].add(one)
    for one, posted, closes in sql("SELECT id, posted_at, closes_at FROM posting"):
        found.age[one] = now - in_utc(posted)
        if closes is not None:
            found.left[one] = in_utc(closes) - now
    return found


def _read_pay(found: Truth) -> None:
    """Dollars an hour: the best that is offered, over 52 weeks and the hours of a week."""
    for one, basis, best, _most, hours, charts in sql(PAY):
        hours_paid = {
            "hourly": 1,
            "day": hours / 5,
            "week": hours,
            "month": hours * 52 / 12,
            "salary": hours * 52,
        }
        if best is None or basis == "":
            continue
        if basis in {"chart", "encounter"}:
            if charts is not None:
                found.pay[one] = round(best * charts) / 100
        else:
            found.pay[one] = round(best / hours_paid[basis]) / 100
