"""Who may keep order over what, and what a moderator is told to look at. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from jobboard.accounts.models import Person
    from jobboard.employers.models import Company

# Anybody can have an address there, so it says nothing about an employer.
OPEN_TO_ANYBODY = frozenset(
    {
        "aol.com", "gmail.com", "gmx.com", "googlemail.com", "hotmail.com", "icloud.com", "live.com", "mail.com",
        "msn.com", "outlook.com", "proton.me", "protonmail.com", "yahoo.com", "ymail.com", "zoho.com",
    }
)  # fmt: skip


def may_suspend(moderator: Person, person: Person) -> bool:
    """A moderator in good standing suspends anybody but themselves, so that one moderator always remains."""
    return may_act(moderator) and moderator.id != person.id


def may_act(moderator: Person) -> bool:
    """Whether the person is a moderator now, and not one whom another has just suspended."""
    return moderator.is_moderator and moderator.suspended_at is None


def may_judge_company(company: Company, companies_of_moderator: Collection[int]) -> bool:
    """Nobody suspends or restores a company for which they speak."""
    return company.id not in companies_of_moderator


def domains_agree(email: str, domain: str) -> bool | None:
    """Whether a mail address is at a company's own domain; None where the company names no website.

    "ana@hr.mercy.example" agrees with "mercy.example" and the other way round; an address that anybody can have
    agrees with nothing.
    """
    if not domain:
        return None
    host = email.rpartition("@")[2].casefold().rstrip(".")
    own = domain.casefold().rstrip(".").removeprefix("www.")
    if host in OPEN_TO_ANYBODY or "." not in host or "." not in own:
        return False
    return host == own or host.endswith("." + own) or own.endswith("." + host)
