"""Draws the facts of the corpus's postings, each from its number alone and mostly independently of one another."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.relevance import pools
from tests.relevance.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = 1_000
_ROLES = {
    "production-coder": 53, "auditor": 9, "cdi-specialist": 6, "denials-appeals": 6, "charge-capture": 4,
    "educator": 3, "compliance": 3, "biller-coder": 6, "abstractor-registrar": 3, "leadership": 6, "consultant": 1,
}  # fmt: skip
_ARRANGEMENTS = {"remote": 46, "on-site": 28, "hybrid": 15, "remote-after-training": 8, "": 3}
_EMPLOYMENTS = {
    "full-time": 64, "part-time": 9, "per-diem": 7, "contract-1099": 4, "contract-w2": 5, "temporary": 4,
    "contract-to-hire": 3, "internship": 1, "": 3,
}  # fmt: skip
_SCHEDULES = {"": 80, "flexible": 8, "evening": 4, "night": 3, "weekend": 5}
_STATES = (
    "TX",
    "FL",
    "CA",
    "NY",
    "OH",
    "GA",
    "NC",
    "PA",
    "IL",
    "TN",
    "AZ",
    "MI",
    "WA",
    "CO",
    "VA",
    "OK",
    "ME",
    "OR",
)
# What there is more work in than in the rest.
_COMMON = {
    "emergency": 5, "inpatient-medicine": 6, "interventional-radiology": 3, "diagnostic-radiology": 4,
    "general-surgery": 3, "trauma": 2, "primary-care": 2, "cath-lab": 3, "same-day-surgery": 2, "urology": 2,
    "plastics": 2, "podiatry": 2,
}  # fmt: skip
_MIXED_ROLES = {"leadership", "compliance", "educator", "consultant"}


def truths() -> Iterator[Truth]:
    """The facts of all postings, the same at every call and on every machine."""
    for number in range(1, SIZE + 1):
        yield _truth(number, Random(f"posting {number}"))


def _truth(number: int, dice: Random) -> Truth:
    employers, topics = pools.employers(), pools.topics()
    employer = dice.choice(list(employers))
    home = employers[employer]
    role = _weighted(dice, _ROLES)
    chosen = _topics(dice, home.get("topics") or list(topics), role)
    side = dice.choice(topics[chosen[0]]["sides"]) if chosen else dice.choice(list(pools.SIDE_WORDS))
    if home["setting"] == "payer" and dice.random() < 0.5:
        side = "payer"
    others = [key for key in topics if key not in chosen]
    arrangement = _weighted(dice, _ARRANGEMENTS)
    mode = (
        _weighted(dice, {"": 40, "all": 20, "named": 28, "all_but": 12})
        if arrangement.startswith("rem")
        else ""
    )
    city, _, state = dice.choice(home["places"]).partition(", ")
    eligible = (
        dice.sample(_STATES, dice.randint(2, 6) if mode == "named" else 3)
        if mode in {"named", "all_but"}
        else []
    )
    if mode == "named" and state not in eligible:
        eligible.append(state)
    if mode == "all_but":
        eligible = [one for one in eligible if one != state]
    required, preferred, not_required = _credentials(dice, side, role, chosen)
    months = dice.choice((None, 0, 0, 12, 12, 24, 24, 24, 36, 36, 60))
    if role == "leadership":
        months = dice.choice((36, 60, 84))
    tools = dice.sample(pools.RECORDS, 1) * (dice.random() < 0.6) + dice.sample(pools.ENCODERS, 1) * (
        dice.random() < 0.5
    )
    rest = [tool for tool in pools.TOOLS if tool not in tools]
    basis, least, most = _pay(dice, role, months)
    return Truth(
        number=number,
        employer=employer,
        setting=home["setting"],
        topics=chosen,
        helped=tuple(dice.sample(others, 1)) if dice.random() < 0.22 else (),
        named=tuple(dice.sample(others, 2)) if dice.random() < 0.35 else (),
        specialties=tuple(dict.fromkeys(topics[key]["specialty"] for key in chosen if topics[key]["specialty"])),
        side=side,
        role=role,
        is_senior=dice.random() < 0.12,
        codes=tuple(code for key in chosen for code in _codes(dice, topics[key]["codes"])),
        arrangement=arrangement,
        hybrid_days=dice.randint(1, 4) if arrangement == "hybrid" else None,
        training_weeks=dice.choice((2, 4, 8, 12)) if arrangement == "remote-after-training" else None,
        eligible_mode=mode,
        eligible_states=tuple(sorted(eligible)),
        city=city,
        state=state,
        employment=_weighted(dice, _EMPLOYMENTS),
        schedule=_weighted(dice, _SCHEDULES),
        required=required,
        all_required=len(required) == 2 and dice.random() < 0.3,
        preferred=preferred,
        not_required=not_required,
        apprentices=months in {0, 12} and "cpc" in required and dice.random() < 0.6,
        months=months,
        specialty_months=months if chosen and months and dice.random() < 0.35 else None,
        tools=tuple(tools),
        preferred_tools=tuple(dice.sample(rest, 1)) if dice.random() < 0.2 else (),
        left_tools=tuple(dice.sample(rest, 1)) if dice.random() < 0.06 else (),
        pay_basis=basis,
        pay_least=least,
        pay_most=most,
        charts_an_hour=dice.choice((2, 4, 6, 10, 14, 20)) if dice.random() < 0.25 else None,
        accuracy=dice.choice((95, 95, 96, 97, 98)) if dice.random() < 0.4 else None,
        bonus=dice.choice((1_000, 2_500, 5_000)) if dice.random() < 0.1 else None,
        ceu_paid=dice.random() < 0.25,
        equipment=arrangement != "on-site" and dice.random() < 0.4,
        sponsors=dice.random() < 0.03,
        days_old=min(int(dice.expovariate(1 / 14)), 60),
        openings=dice.choice((1, 1, 1, 1, 1, 2, 3, 5)),
    )  # fmt: skip


def _weighted(dice: Random, weights: dict[str, int]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]


def _topics(dice: Random, allowed: Sequence[str], role: str) -> tuple[str, ...]:
    """One topic mostly, two at times; none where everything is coded."""
    if dice.random() < (0.5 if role in _MIXED_ROLES else 0.08):
        return ()
    wanted = 2 if len(allowed) > 1 and dice.random() < 0.2 else 1
    weighted = [key for key in allowed for _ in range(_COMMON.get(key, 1))]
    return tuple(dict.fromkeys(dice.sample(weighted, wanted)))


def _codes(dice: Random, codes: Sequence[str]) -> list[str]:
    return dice.sample(list(codes), dice.randint(1, min(3, len(codes)))) if dice.random() < 0.55 else []


def _credentials(
    dice: Random, side: str, role: str, chosen: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    usual = [*pools.CREDENTIALS[side], *pools.CREDENTIALS_OF_ROLES.get(role, ()) * 3]
    special = [one for key in chosen for one in pools.topics()[key]["credentials"]]
    pool = list(dict.fromkeys(dice.sample(usual, len(usual))))
    required = pool[: dice.choice((0, 1, 1, 2, 2, 3))]
    if special and dice.random() < 0.25:
        required = [dice.choice(special), *required][:3]
    left = [one for one in (*special, *pool) if one not in required]
    preferred = dice.sample(left, 1) if left and dice.random() < 0.35 else []
    others = [one for one in ("cpc", "ccs", "crc", "rhit", "cpma") if one not in (*required, *preferred)]
    refused = dice.sample(others, 1) if dice.random() < 0.1 else []
    return tuple(dict.fromkeys(required)), tuple(preferred), tuple(refused)


def _pay(dice: Random, role: str, months: int | None) -> tuple[str, float | None, float | None]:
    if dice.random() < 0.3:
        return "", None, None
    better = {
        "leadership": 14,
        "auditor": 6,
        "cdi-specialist": 9,
        "consultant": 10,
        "compliance": 6,
        "biller-coder": -2,
    }
    least = 19 + better.get(role, 0) + (months or 0) / 10 + dice.randint(0, 9)
    most = least + dice.choice((2, 4, 6, 9, 12))
    if dice.random() < 0.05 and role == "production-coder":
        return "chart", float(dice.choice((2, 3, 4))), float(dice.choice((5, 8, 12)))
    if role == "leadership" or dice.random() < 0.3:
        return "salary", round(least * 2_080, -3), round(most * 2_080, -3)
    return "hourly", float(round(least)), float(round(most))
