"""What is true of a posting: the facts from which it is written, and by which it is judged. Search never sees them."""

from __future__ import annotations

from dataclasses import dataclass

WEEKLY_HOURS = 40
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Truth:
    """One posting. Slugs are those of the vocabularies, topics those of `pools/topics`, amounts in dollars.

    `topics` are what is coded; `helped` a tenth of the volume; `named` are only spoken of. `specialties` follow from
    `topics`. `required` is met by one of them unless `all_required`. `months` of experience: 0 says that beginners are
    welcome, None that nothing is said. `left_tools` are those that the employer no longer uses.
    """

    number: int
    employer: str
    setting: str
    topics: tuple[str, ...]
    helped: tuple[str, ...]
    named: tuple[str, ...]
    specialties: tuple[str, ...]
    side: str
    role: str
    is_senior: bool
    codes: tuple[str, ...]
    arrangement: str
    hybrid_days: int | None
    training_weeks: int | None
    eligible_mode: str
    eligible_states: tuple[str, ...]
    city: str
    state: str
    employment: str
    schedule: str
    required: tuple[str, ...]
    all_required: bool
    preferred: tuple[str, ...]
    not_required: tuple[str, ...]
    apprentices: bool
    months: int | None
    specialty_months: int | None
    tools: tuple[str, ...]
    preferred_tools: tuple[str, ...]
    left_tools: tuple[str, ...]
    pay_basis: str
    pay_least: float | None
    pay_most: float | None
    charts_an_hour: int | None
    accuracy: int | None
    bonus: int | None
    ceu_paid: bool
    equipment: bool
    sponsors: bool
    days_old: int
    openings: int

    @property
    def is_remote(self) -> bool:
        """Whether one may live elsewhere in the end."""
        return self.arrangement in {"remote", "remote-after-training"}

    @property
    def hourly_most(self) -> float | None:
        """The best pay by the hour; None where none is stated or it is per chart."""
        if self.pay_most is None or self.pay_basis == "chart":
            return None
        return self.pay_most / (WEEKLY_HOURS * WEEKS_A_YEAR) if self.pay_basis == "salary" else self.pay_most

    def hires_in(self, state: str) -> bool | None:
        """Whether a remote posting hires there; None where it says nothing."""
        if not self.eligible_mode:
            return None
        named = state in self.eligible_states
        return {"all": True, "named": named, "all_but": not named}[self.eligible_mode]


@dataclass(frozen=True)
class Written:
    """A posting as people and search see it: the words, and the fields that were filled in.

    `fields` are columns of a posting and `terms` slugs by facet; where `is_imported`, both are empty, and the board
    reads the text itself.
    """

    truth: Truth
    title: str
    text: str
    is_imported: bool
    fields: dict[str, object]
    terms: dict[str, tuple[str, ...]]
