"""Writes a posting from its facts: a title that tells more or less, a text, and the fields that its employer filled in.

Every fact is to be found somewhere: in the title, in the text, or in a field.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from jobboard.places import state as state_named
from tests.relevance import pools
from tests.relevance.facts import truths
from tests.relevance.titles import title_of
from tests.relevance.truth import Truth, Written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SYSTEMS = {
    "professional-fee": "CPT, ICD-10-CM and HCPCS", "facility-inpatient": "ICD-10-CM, ICD-10-PCS and MS-DRG",
    "facility-outpatient": "CPT, ICD-10-CM and APC", "risk-adjustment": "ICD-10-CM and HCC models",
    "asc": "CPT and ICD-10-CM", "home-health-hospice": "ICD-10-CM", "payer": "CPT, HCPCS and ICD-10-CM",
}  # fmt: skip
_HEADINGS = ("What you do", "What you bring", "Where and when", "What you get")


def postings() -> Iterator[Written]:
    """The corpus: 1,000 postings, the same at every call."""
    for truth in truths():
        yield _Writer(truth).written()


class _Writer:
    """Writes one posting."""

    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self.dice = Random(f"words {truth.number}")
        self.home = pools.employers()[truth.employer]
        self.is_imported = self.dice.random() < 0.4
        self.terms: dict[str, tuple[str, ...]] = {}
        self.fields: dict[str, object] = {}
        self.title = ""

    def written(self) -> Written:
        """The posting."""
        self.title = title_of(self.truth, self.dice)
        work, person = [*self._work(), *self._passing()], self._person()
        where, pay = self._where(), self._pay()
        general = self.dice.sample(pools.phrases()["extras"]["general"], self.dice.randint(2, 6))
        person += general
        self._terms()
        opening = [self._say(pools.phrases()["opening"])] if self.dice.random() < 0.7 else []
        parts = [opening + work, person, where, pay]
        about = str(self.home["about"])
        match self.dice.choice(("prose", "prose", "headings", "bullets", "terse")):
            case "headings":
                blocks = [
                    f"**{head}**\n\n{' '.join(part)}"
                    for head, part in zip(_HEADINGS, parts, strict=True)
                    if part
                ]
                text = "\n\n".join([*blocks, about])
            case "bullets":
                blocks = ["\n".join(f"- {line}" for line in part) for part in parts if part]
                text = "\n\n".join([about, *blocks])
            case "terse":
                text = " ".join(line for part in parts for line in part)
            case _:
                self.dice.shuffle(parts)
                text = "\n\n".join([*(" ".join(part) for part in parts if part), about])
        return Written(
            self.truth, self.title, text, self.is_imported,
            {} if self.is_imported else self.fields, {} if self.is_imported else self.terms,
        )  # fmt: skip

    def _say(self, choices: Sequence[str], **facts: object) -> str:
        usual = {
            "employer": self.home["name"], "city": self.truth.city, "people": self.dice.randint(4, 40),
            "department": self.dice.choice(pools.phrases()["department"]), "days": self.truth.hybrid_days,
            "weeks": self.truth.training_weeks,
        }  # fmt: skip
        return self.dice.choice(choices).format(**{**usual, **facts})

    def _topic(self, key: str) -> str:
        return self.dice.choice(pools.topics()[key]["names"])

    def _stated(self, chance: float) -> bool:
        """Whether a fact is filled in as a field, so that the text need not say it."""
        return not self.is_imported and self.dice.random() < chance

    # The work

    def _work(self) -> list[str]:
        truth, topics = self.truth, pools.topics()
        lines = []
        stated = self._stated(0.8)
        if stated:
            self.terms["specialty"] = truth.specialties
        for key in truth.topics:
            facts = topics[key]
            lines += self.dice.sample(facts["work"], self.dice.randint(1, len(facts["work"])))
            is_seen = any(name in self.title for name in facts["names"]) or (stated and facts["specialty"])
            if not is_seen or self.dice.random() < 0.4:
                lines.append(
                    self._say(
                        ("The service is {topic}.", "You code {topic}.", "Specialty: {topic}."),
                        topic=self._topic(key),
                    )
                )
        if not truth.topics:
            lines.append(
                self._say(
                    ("You cover many specialties.", "Multispecialty work.", "All services, as they come.")
                )
            )
        if truth.codes:
            listed = ", ".join(truth.codes)
            lines.append(
                self._say(
                    (
                        "Among the codes of the week: {codes}.",
                        "Typical codes are {codes}.",
                        "Think of {codes}.",
                    ),
                    codes=listed,
                )
            )
        lines.append(self._say(pools.phrases()["role"][truth.role]))
        side = self.dice.choice(pools.SIDE_WORDS[truth.side])
        side = side if side.isupper() else side.lower()
        if not self._stated(0.6):
            lines.append(f"The claims are {side} claims: {_SYSTEMS[truth.side]}.")
        else:
            self.terms["side"] = (truth.side,)
        return lines

    def _passing(self) -> list[str]:
        extras, truth = pools.phrases()["extras"], self.truth
        lines = [self._say(extras["helper"], topic=self._topic(key)) for key in truth.helped]
        if truth.named:
            first, other = (self._topic(key) for key in truth.named)
            lines.append(self._say(extras["passing"], topic=first, other=other))
        for name in ("rate", "accuracy"):
            value = {"rate": truth.charts_an_hour, "accuracy": truth.accuracy}[name]
            if value:
                lines.append(self._say(extras[name], rate=value, percent=value))
        return lines

    # Who

    def _person(self) -> list[str]:
        truth, words = self.truth, pools.phrases()
        lines = [*self._credentials(), *self._tools()]
        if truth.months == 0:
            lines.append(self._say(words["experience"]["none"]))
        elif truth.specialty_months and len(truth.topics) == 1:
            topic = self._topic(truth.topics[0])
            lines.append(
                self._years(words["experience"]["specialty_years"], truth.specialty_months, topic=topic)
            )
        elif truth.months:
            lines.append(self._years(words["experience"]["years"], truth.months))
        if truth.apprentices:
            lines.append(self._say(words["experience"]["apprentice"]))
        if self._stated(0.8):
            self.fields["experience_months"] = truth.months or None
            self.fields["apprentice_welcome"] = True if truth.apprentices or truth.months == 0 else None
        return lines

    def _years(self, choices: Sequence[str], months: int, **facts: object) -> str:
        return self._say(choices, years=months // 12, **facts).replace("1 years", "1 year")

    def _credentials(self) -> list[str]:
        truth, said = self.truth, pools.phrases()["credential"]
        lines = []
        joined = {False: " or ", True: " and "}[truth.all_required]
        if truth.required:
            labels = [one.upper() for one in truth.required]
            listed = f"{', '.join(labels[:-1])}{joined}{labels[-1]}" if len(labels) > 1 else labels[0]
            if self._stated(0.7):
                self.terms["credential"] = truth.required
                leaves = [{"credential": one} for one in truth.required]
                group = "all" if truth.all_required else "any"
                self.fields["credential_requirement"] = {
                    "required": leaves[0] if len(leaves) == 1 else {group: leaves}
                }
            if "credential" not in self.terms or self.dice.random() < 0.5:
                lines.append(self._say(said["required"], list=listed))
        lines += [self._say(said["preferred"], list=one.upper()) for one in truth.preferred]
        lines += [self._say(said["not_required"], list=one.upper()) for one in truth.not_required]
        return lines

    def _tools(self) -> list[str]:
        truth, said = self.truth, pools.phrases()["tool"]
        stated = self._stated(0.6)
        if stated and truth.tools:
            self.terms["tool"] = truth.tools
        lines = []
        for name, tools in (
            ("used", truth.tools),
            ("preferred", truth.preferred_tools),
            ("leaving", truth.left_tools),
        ):
            if tools and not (stated and name == "used" and self.dice.random() < 0.4):
                lines.append(
                    self._say(
                        said[name], list=" and ".join(self.dice.choice(pools.TOOLS[one]) for one in tools)
                    )
                )
        return lines

    # Where and when

    def _where(self) -> list[str]:
        truth, words = self.truth, pools.phrases()
        lines = []
        if truth.arrangement:
            stated = self._stated(0.85)
            if stated:
                self.fields |= {
                    "arrangement": truth.arrangement, "hybrid_days": truth.hybrid_days,
                    "training_weeks": truth.training_weeks,
                }  # fmt: skip
            if not stated or self.dice.random() < 0.5:
                lines.append(self._say(words["arrangement"][truth.arrangement]))
        if truth.eligible_mode:
            stated = self._stated(0.8)
            if stated:
                self.fields |= {
                    "eligible_mode": truth.eligible_mode,
                    "eligible_states": list(truth.eligible_states),
                }
            if not stated or self.dice.random() < 0.4:
                lines.append(self._say(words["eligible"][truth.eligible_mode], states=self._states()))
        for name, value in (("employment", truth.employment), ("schedule", truth.schedule)):
            if value and self._stated(0.8):
                self.terms[name] = (value,)
            if value and (name not in self.terms or self.dice.random() < 0.3):
                lines.append(self._say(words[name][value]))
        return lines

    def _states(self) -> str:
        long = self.dice.random() < 0.5
        return ", ".join(_state_name(one) if long else one for one in self.truth.eligible_states)

    def _pay(self) -> list[str]:
        truth, words = self.truth, pools.phrases()
        lines = []
        if truth.pay_basis and truth.pay_least is not None and truth.pay_most is not None:
            stated = self._stated(0.8)
            if stated:
                self.fields |= {
                    "pay_basis": truth.pay_basis, "pay_least_cents": round(truth.pay_least * 100),
                    "pay_most_cents": round(truth.pay_most * 100),
                }  # fmt: skip
            if not stated or self.dice.random() < 0.4:
                least, most = f"{truth.pay_least:,.0f}", f"{truth.pay_most:,.0f}"
                lines.append(self._say(words["pay"][truth.pay_basis], least=least, most=most))
        extras = words["extras"]
        if truth.bonus:
            lines.append(self._say(extras["bonus"], bonus=f"{truth.bonus:,}"))
        for name, holds in (
            ("ceu", truth.ceu_paid),
            ("equipment", truth.equipment),
            ("visa", truth.sponsors),
        ):
            if holds:
                lines.append(self._say(extras[name]))
        return lines

    def _terms(self) -> None:
        if self._stated(0.75):
            self.terms["role"] = (self.truth.role,)
        self.terms = {facet: slugs for facet, slugs in self.terms.items() if slugs}


def _state_name(code: str) -> str:
    known = state_named(code)
    return known.name if known else code


def digest_source(written: Written) -> dict[str, Any]:
    """What makes a posting the one it is, for a fingerprint of the corpus."""
    truth = written.truth
    return {
        "title": written.title,
        "text": written.text,
        "fields": written.fields,
        "terms": written.terms,
        "truth": repr(truth),
    }
