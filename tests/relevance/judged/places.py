"""Searches for where the work is done and who may be hired for it."""

from __future__ import annotations

from tests.relevance.judged.criteria import (
    AT_HOME,
    BEGINNERS,
    CODES,
    HYBRID,
    NEVER,
    ON_SITE,
    REMOTE,
    TRAINED,
    Criterion,
    Judged,
    city,
    employer,
    hires_in,
    may_hire_in,
    role,
    setting,
    side,
    title_of_the_trade,
    topic,
    works_in,
)

ANY = title_of_the_trade()


def remote_in(query: str, state: str, kind: Criterion = ANY) -> Judged:
    """Remote from a state: 3 where they hire there, 2 where nothing is said, 1 for an office there; a refusal is 0."""
    return Judged(
        query, kind & REMOTE & hires_in(state), kind & ((TRAINED & hires_in(state)) | (REMOTE & may_hire_in(state))),
        (kind & (TRAINED & may_hire_in(state) | works_in(state) & HYBRID)),
    )  # fmt: skip


def town(query: str, name: str, state: str, kind: Criterion = CODES, near: tuple[str, ...] = ()) -> Judged:
    """A town: 3 to work there, 2 in another role, next door, or from home for there, 1 elsewhere in the state."""
    return Judged(
        query, kind & city(name) & ~AT_HOME, city(name) | (kind & city(*near) & ~AT_HOME),
        kind & works_in(state) & ~AT_HOME | city(*near),
    )  # fmt: skip


def in_state(query: str, state: str, kind: Criterion = CODES) -> Judged:
    """A state: 3 to work there, 2 from home where they hire there or for an office there, 1 where nothing is said."""
    return Judged(
        query,
        kind & works_in(state) & ~AT_HOME,
        works_in(state) | (kind & hires_in(state)),
        kind & may_hire_in(state),
    )


_INPATIENT = side("facility-inpatient")
JUDGED = (
    Judged("remote", REMOTE, TRAINED, HYBRID),
    Judged("remote coder", REMOTE & CODES, AT_HOME, HYBRID & CODES),
    Judged("work from home", REMOTE, TRAINED, HYBRID),
    Judged("WFH coding job", REMOTE & CODES, AT_HOME, HYBRID & CODES),
    Judged("100% remote coder", REMOTE & CODES, REMOTE, TRAINED),
    Judged("telecommute", REMOTE, TRAINED, HYBRID),
    Judged("hybrid coder", HYBRID & CODES, HYBRID, TRAINED & CODES),
    Judged("on site coder", ON_SITE & CODES, ON_SITE, HYBRID & CODES),
    Judged("remote after training", TRAINED, NEVER, REMOTE),
    remote_in("remote in Texas", "TX"),
    remote_in("remote coder texas", "TX", CODES),
    remote_in("work from home florida", "FL"),
    remote_in("remote in OH", "OH"),
    remote_in("remote inpatient coder california", "CA", _INPATIENT),
    remote_in("remote coder Maine", "ME", CODES),
    remote_in("remote jobs in Oregon", "OR"),
    remote_in("remote auditor north carolina", "NC", role("auditor")),
    town("coder houston", "Houston", "TX", near=("Katy",)),
    town("medical coder tampa fl", "Tampa", "FL", near=("St. Petersburg",)),
    town("coder in Nashville, TN", "Nashville", "TN", near=("Franklin",)),
    town("coding jobs Pittsburgh", "Pittsburgh", "PA"),
    town("coder dallas tx", "Dallas", "TX", near=("Fort Worth", "Plano", "Frisco")),
    town("honolulu coder", "Honolulu", "HI", near=("Hilo",)),
    town("st louis medical coder", "St. Louis", "MO"),
    town("portland maine coder", "Portland", "ME"),
    in_state("coding jobs in Maine", "ME"),
    in_state("coder oklahoma", "OK"),
    in_state("medical coder Hawaii", "HI"),
    in_state("Ohio coder", "OH"),
    in_state("coder in Indiana", "IN"),
    in_state("arizona inpatient coder", "AZ", _INPATIENT),
    Judged("coder -remote", CODES & (ON_SITE | HYBRID), ON_SITE | HYBRID),
    Judged("remote no experience", REMOTE & BEGINNERS, TRAINED & BEGINNERS),
    # who hires
    Judged("codeharbor", employer("codeharbor")),
    Judged("Oakline Health", employer("oakline")),
    Judged("gatewood radiology", employer("gatewood")),
    Judged("Cypress Bend inpatient", employer("cypress-bend") & _INPATIENT, employer("cypress-bend")),
    Judged("mission bay university", employer("mission-bay")),
    Judged("veterans hospital", employer("monument"), setting("government")),
    Judged("foxglove cardiovascular", employer("foxglove"), employer("coastal-heart"), topic("vascular")),
    Judged("health plan coder", setting("payer") & CODES, setting("payer") | side("payer")),
    Judged("academic medical center coder", setting("academic") & CODES, setting("academic")),
    Judged(
        "physician group coder", setting("physician-group") & CODES, setting("physician-group"),
        side("professional-fee") & CODES,
    ),
    Judged("surgery center", setting("asc"), side("asc")),
    Judged("community health center", setting("fqhc"), topic("fqhc"), topic("primary-care")),
    Judged("consulting firm", setting("consultancy"), role("consultant")),
)  # fmt: skip
