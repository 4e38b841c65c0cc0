"""Searches for roles, hours, pay, experience and programs."""

from __future__ import annotations

from tests.relevance.judged.criteria import (
    APPRENTICES,
    AT_HOME,
    BEGINNERS,
    BONUS,
    CEU_PAID,
    CODES,
    NEVER,
    PER_CHART,
    SENIOR,
    SILENT_ON_EXPERIENCE,
    SPONSORS,
    Criterion,
    Judged,
    asks_at_most,
    employment,
    likes,
    pays,
    requires,
    role,
    schedule,
    side,
    topic,
    uses,
    wishes,
)


def of_role(query: str, slug: str, *near: str) -> Judged:
    """A role: 3 for it, 1 for those beside it."""
    return Judged(query, role(slug), NEVER, role(*near))


def program(query: str, slug: str, kind: Criterion | None = None) -> Judged:
    """A program: 3 where it is used, 2 where it is a plus; where it was left behind it is neither."""
    if kind is None:
        return Judged(query, uses(slug), likes(slug))
    return Judged(query, uses(slug) & kind, uses(slug) | (likes(slug) & kind), likes(slug))


_INPATIENT = side("facility-inpatient")
_CONTRACT = employment("contract-1099", "contract-w2")
_BEGINNER = (BEGINNERS & CODES, BEGINNERS, (SILENT_ON_EXPERIENCE | APPRENTICES) & CODES)
JUDGED = (
    of_role("coding auditor", "auditor", "compliance"),
    of_role("coding quality analyst", "auditor", "compliance"),
    Judged("DRG validator", role("auditor") & _INPATIENT, role("auditor") & side("payer"), role("auditor")),
    of_role("CDI specialist", "cdi-specialist"),
    of_role("clinical documentation improvement", "cdi-specialist"),
    of_role("denials", "denials-appeals"),
    of_role("appeals specialist", "denials-appeals"),
    of_role("charge capture", "charge-capture"),
    of_role("revenue integrity analyst", "charge-capture"),
    of_role("chargemaster", "charge-capture"),
    of_role("coding educator", "educator"),
    of_role("provider education", "educator"),
    of_role("coding compliance", "compliance", "auditor"),
    of_role("biller coder", "biller-coder"),
    of_role("medical billing and coding", "biller-coder"),
    Judged("cancer registrar", role("abstractor-registrar"), NEVER, topic("medical-oncology", "surgical-oncology")),
    Judged("tumor registry", role("abstractor-registrar"), NEVER, topic("medical-oncology")),
    of_role("data abstractor", "abstractor-registrar"),
    of_role("coding manager", "leadership"),
    of_role("director of coding", "leadership"),
    of_role("coding supervisor", "leadership"),
    Judged("lead coder", role("leadership"), SENIOR & CODES),
    Judged("senior coder", SENIOR & CODES, SENIOR, role("leadership")),
    Judged("coding consultant", role("consultant"), NEVER, role("auditor", "educator")),
    wishes("denials coder remote", role("denials-appeals"), firm=AT_HOME),
    wishes("CDI remote", role("cdi-specialist"), firm=AT_HOME),
    wishes("coding manager remote", role("leadership"), firm=AT_HOME),
    wishes("remote coding educator", role("educator"), firm=AT_HOME),
    # hours and kinds of employment
    Judged("PRN coder", employment("per-diem") & CODES, employment("per-diem")),
    Judged("per diem", employment("per-diem")),
    Judged("part time coder", employment("part-time") & CODES, employment("part-time"), employment("per-diem") & CODES),
    wishes(
        "part time remote coder", employment("part-time"), CODES, firm=AT_HOME, some=employment("per-diem") & AT_HOME
    ),
    Judged("1099 coder", employment("contract-1099") & CODES, employment("contract-1099"), employment("contract-w2")),
    Judged("contract coder", _CONTRACT & CODES, _CONTRACT, employment("contract-to-hire", "temporary")),
    Judged("temp to perm", employment("contract-to-hire"), NEVER, employment("temporary")),
    Judged("coding internship", employment("internship"), NEVER, BEGINNERS & CODES),
    Judged("weekend coder", schedule("weekend") & CODES, schedule("weekend")),
    Judged("night shift coder", schedule("night") & CODES, schedule("night"), schedule("evening")),
    Judged("flexible hours", schedule("flexible"), NEVER, employment("per-diem")),
    # experience
    Judged("entry level coder", *_BEGINNER),
    Judged("no experience medical coder", *_BEGINNER),
    Judged("new coder", *_BEGINNER),
    Judged(
        "coder 1 year experience", asks_at_most(1) & CODES, asks_at_most(1) | (SILENT_ON_EXPERIENCE & CODES),
        asks_at_most(2) & CODES,
    ),
    Judged("2 years experience inpatient coder", _INPATIENT & CODES & asks_at_most(2), _INPATIENT & CODES, _INPATIENT),
    wishes("entry level remote", BEGINNERS, firm=AT_HOME),
    # pay
    Judged("coder $35 an hour", pays(35) & CODES, pays(35), pays(32) & CODES),
    Judged("$30/hr remote coder", pays(30) & CODES & AT_HOME, pays(30) & AT_HOME, pays(30) & CODES),
    Judged("coding manager 100k", role("leadership") & pays(48), role("leadership") & pays(40), role("leadership")),
    Judged("sign on bonus", BONUS),
    Judged("paid per chart", PER_CHART),
    Judged("CEU paid", CEU_PAID),
    Judged("visa sponsorship", SPONSORS),
    # programs
    program("Epic coder", "epic", CODES),
    program("3M 360", "solventum-360"),
    program("solventum encoder", "solventum-360"),
    program("Cerner", "oracle-health"),
    program("oracle health coder", "oracle-health", CODES),
    program("eCW biller", "eclinicalworks", role("biller-coder")),
    program("encoderpro", "optum-encoderpro"),
    program("meditech coder", "meditech", CODES),
    program("dolbey", "dolbey-fusion"),
    program("allscripts", "veradigm"),
    program("find a code", "find-a-code"),
    wishes("epic inpatient coder", _INPATIENT, uses("epic"), CODES, some=uses("epic") & CODES),
    wishes("athena biller coder", role("biller-coder"), uses("athenahealth"), some=uses("athenahealth")),
    wishes("coder CPC epic", CODES, requires("cpc"), uses("epic")),
    # slips
    of_role("codng auditor", "auditor", "compliance"),
    of_role("complience analyst", "compliance", "auditor"),
    Judged("entry levle coder", *_BEGINNER),
    program("meditek", "meditech"),
)  # fmt: skip
