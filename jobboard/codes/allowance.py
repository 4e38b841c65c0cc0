"""How many code pages each tier may view in a month, and the sentence that says what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app

from jobboard.codes.rules import ACCOUNT, GUEST, MEMBER

UNLIMITED: Final = "unlimited"


@dataclass(frozen=True, slots=True)
class Allowances:
    """Views of code pages in a month by tier; None for no limit."""

    guest: int | None = None
    account: int | None = None
    member: int | None = None

    def of(self, tier: str) -> int | None:
        """The allowance of "guest", "account" or "member"."""
        return {GUEST: self.guest, ACCOUNT: self.account, MEMBER: self.member}[tier]


def allowances(written: str) -> Allowances:
    """What the setting `JOBBOARD_CODE_VIEWS` says, in its full form ("guest=1,account=6,member=unlimited")."""
    named = dict(part.split("=") for part in written.split(","))
    return Allowances(
        **{name: None if number == UNLIMITED else int(number) for name, number in named.items()}
    )


def allowances_here() -> Allowances:
    """Those of the running application."""
    return allowances(current_app.extensions["settings"].code_views)


def is_metered() -> bool:
    """Whether the running application limits anybody's views."""
    return allowances_here() != Allowances()


def what_is_left(tier: str, remaining: int, given: Allowances) -> str:
    """The sentence of the meter for a reader of that tier, for whom `remaining` views are left.

    "0 code page views remaining. Guest accounts are limited to 1 page view. Register free account to get 5 more
    views." The view that is being shown is deducted already.
    """
    limit = given.of(tier)
    if limit is None:
        return ""
    whose = {GUEST: "Guest accounts", ACCOUNT: "Free accounts", MEMBER: "Members"}[tier]
    said = f"{_counted(remaining, 'code page view')} remaining. {whose} are limited to {_counted(limit, 'page view')}."
    if tier == GUEST:
        return said + _more("Register free account to get", given.account, limit)
    if tier == ACCOUNT:
        return said + _more("Members get", given.member, limit)
    return said


def _more(how: str, larger: int | None, limit: int) -> str:
    if larger is None:
        return f" {how} unlimited views."
    return f" {how} {_counted(larger - limit, 'more view')}." if larger > limit else ""


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
