"""What a judge can say of a posting's facts, and how the judge's words become grades.

A criterion is a yes or no about a `Truth`; criteria are joined with &, | and ~. The grades: 3 is exactly what was asked
for, 2 is good, 1 is worth a look, 0 is not what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.relevance.truth import Truth


@dataclass(frozen=True)
class Criterion:
    """A yes or no about a posting's facts."""

    holds: Callable[[Truth], bool]

    def __and__(self, other: Criterion) -> Criterion:
        return Criterion(lambda truth: self.holds(truth) and other.holds(truth))

    def __or__(self, other: Criterion) -> Criterion:
        return Criterion(lambda truth: self.holds(truth) or other.holds(truth))

    def __invert__(self) -> Criterion:
        return Criterion(lambda truth: not self.holds(truth))


NEVER = Criterion(lambda _: False)


@dataclass(frozen=True)
class Judged:
    """A search as typed, and what is `best` (3), `good` (2) and worth a look (`some`, 1) for it; the first counts."""

    query: str
    best: Criterion
    good: Criterion = NEVER
    some: Criterion = NEVER

    def grade(self, truth: Truth) -> int:
        """0 to 3."""
        levels = ((3, self.best), (2, self.good), (1, self.some))
        return next((grade for grade, level in levels if level.holds(truth)), 0)


def wishes(
    query: str, main: Criterion, *lesser: Criterion, firm: Criterion | None = None, some: Criterion = NEVER
) -> Judged:
    """A search for `main` with wishes: 3 where all are met, 2 where one is not, 1 where more are not, or for `some`.

    A `firm` wish, such as to work at home, leaves no more than 1 where it is not met.
    """
    needed = main if firm is None else main & firm

    def met(at_least: int) -> Criterion:
        return Criterion(
            lambda truth: needed.holds(truth) and sum(one.holds(truth) for one in lesser) >= at_least
        )

    good = met(len(lesser) - 1) if lesser else NEVER
    return Judged(query, met(len(lesser)), good, main | some)


# What is coded


def topic(*keys: str) -> Criterion:
    """One of these is what is coded."""
    return Criterion(lambda truth: bool({*keys} & {*truth.topics}))


def helped(*keys: str) -> Criterion:
    """One of these is a tenth of the volume."""
    return Criterion(lambda truth: bool({*keys} & {*truth.helped}))


def side(*slugs: str) -> Criterion:
    """For this side's claims."""
    return Criterion(lambda truth: truth.side in slugs)


def code(wanted: str) -> Criterion:
    """The posting names this very code, or a range or category that begins or ends as written."""
    return Criterion(lambda truth: wanted in truth.codes)


def code_within(wanted: str) -> Criterion:
    """The posting names something that overlaps with `wanted`: a five-digit code, a range of them, or a diagnosis."""
    return Criterion(lambda truth: any(_overlap(wanted, one) for one in truth.codes))


def _overlap(one: str, other: str) -> bool:
    spans = [_span(one), _span(other)]
    if all(spans):
        (low, high), (least, most) = spans
        return low <= most and least <= high
    plain, against = one.replace(".", ""), other.replace(".", "")
    return not any(spans) and (plain.startswith(against) or against.startswith(plain))


def _span(text: str) -> tuple[int, ...]:
    found = re.fullmatch(r"(\d{5})(?:-(\d{5}))?", text)
    return (int(found[1]), int(found[2] or found[1])) if found else ()


# What one does there


def role(*slugs: str) -> Criterion:
    """One of these roles."""
    return Criterion(lambda truth: truth.role in slugs)


# Those who are called coders.
CODES = role("production-coder", "biller-coder")
SENIOR = Criterion(lambda truth: truth.is_senior)
MULTISPECIALTY = Criterion(lambda truth: not truth.topics)


def title_of_the_trade() -> Criterion:
    """Any posting: all are of the trade."""
    return Criterion(lambda _: True)


# Who


def requires(*slugs: str) -> Criterion:
    """One of these credentials is required, alone or among others."""
    return Criterion(lambda truth: bool({*slugs} & {*truth.required}))


def prefers(*slugs: str) -> Criterion:
    """One of these is a plus."""
    return Criterion(lambda truth: bool({*slugs} & {*truth.preferred}))


APPRENTICES = Criterion(lambda truth: truth.apprentices)
BEGINNERS = Criterion(lambda truth: truth.months == 0)
SILENT_ON_EXPERIENCE = Criterion(lambda truth: truth.months is None)
NO_CREDENTIAL = Criterion(lambda truth: not truth.required)


def asks_at_most(years: int) -> Criterion:
    """Experience is asked for, and no more than so many years of it."""
    return Criterion(lambda truth: truth.months is not None and truth.months <= years * 12)


# Where

REMOTE = Criterion(lambda truth: truth.arrangement == "remote")
TRAINED = Criterion(lambda truth: truth.arrangement == "remote-after-training")
AT_HOME = REMOTE | TRAINED
HYBRID = Criterion(lambda truth: truth.arrangement == "hybrid")
ON_SITE = Criterion(lambda truth: truth.arrangement == "on-site")


def hires_in(state: str) -> Criterion:
    """Work at home, and it is said that they hire there."""
    return Criterion(lambda truth: truth.is_remote and truth.hires_in(state) is True)


def may_hire_in(state: str) -> Criterion:
    """Work at home, and nothing is said of states."""
    return Criterion(lambda truth: truth.is_remote and truth.hires_in(state) is None)


def works_in(*states: str) -> Criterion:
    """The workplace, or the office behind a remote posting, is there."""
    return Criterion(lambda truth: truth.state in states)


def city(*names: str) -> Criterion:
    """The same for a city."""
    return Criterion(lambda truth: truth.city in names)


# When, for how much, with what, for whom


def employment(*slugs: str) -> Criterion:
    """One of these kinds of employment."""
    return Criterion(lambda truth: truth.employment in slugs)


def schedule(*slugs: str) -> Criterion:
    """One of these schedules."""
    return Criterion(lambda truth: truth.schedule in slugs)


def pays(hourly: float) -> Criterion:
    """So much an hour can be had, or the salary that comes to it."""
    return Criterion(lambda truth: truth.hourly_most is not None and truth.hourly_most >= hourly)


BONUS = Criterion(lambda truth: bool(truth.bonus))
PER_CHART = Criterion(lambda truth: truth.pay_basis == "chart")
CEU_PAID = Criterion(lambda truth: truth.ceu_paid)
SPONSORS = Criterion(lambda truth: truth.sponsors)


def uses(*slugs: str) -> Criterion:
    """One works in this program."""
    return Criterion(lambda truth: bool({*slugs} & {*truth.tools}))


def likes(*slugs: str) -> Criterion:
    """Knowing this program is a plus."""
    return Criterion(lambda truth: bool({*slugs} & {*truth.preferred_tools}))


def employer(*keys: str) -> Criterion:
    """At this employer."""
    return Criterion(lambda truth: truth.employer in keys)


def setting(*slugs: str) -> Criterion:
    """At an employer of this kind."""
    return Criterion(lambda truth: truth.setting in slugs)
