"""Who may see a licensed edition, decided in one place."""

from __future__ import annotations

from datetime import date

import pytest

from jobboard.codes.models import CodeEdition
from jobboard.codes.rules import ANYBODY, Viewer, awaits_acceptance, is_licensed, may_see

TODAY = date(2026, 11, 29)
ACCOUNT = Viewer(7)
MEMBER = Viewer(7, frozenset({"members"}))
OF_GROUP = Viewer(7, frozenset({"surgeons"}))


def edition(visible_to: str = "everyone", notice: str = "", ends_on: date | None = None) -> CodeEdition:
    return CodeEdition(
        id=3, system="cpt", label="2026", visible_to=visible_to, notice=notice, ends_on=ends_on
    )


@pytest.mark.parametrize(
    ("visible_to", "seen_by"),
    [
        ("everyone", {ANYBODY, ACCOUNT, MEMBER, OF_GROUP}),
        ("members", {MEMBER}),
        ("surgeons", {OF_GROUP}),
        ("nobody is in it", set()),
    ],
)
def test_an_edition_is_for_everyone_or_for_a_group(visible_to: str, seen_by: set[Viewer]) -> None:
    found = {
        each for each in (ANYBODY, ACCOUNT, MEMBER, OF_GROUP) if may_see(edition(visible_to), each, TODAY)
    }
    assert found == seen_by


def test_a_notice_is_accepted_first_and_by_a_person() -> None:
    with_notice = edition("everyone", "I hold a licence of my own.")
    assert not may_see(with_notice, ANYBODY, TODAY)
    assert not awaits_acceptance(with_notice, ANYBODY, TODAY)
    assert not may_see(with_notice, ACCOUNT, TODAY)
    assert awaits_acceptance(with_notice, ACCOUNT, TODAY)
    accepted = Viewer(7, accepted=frozenset({3}))
    assert may_see(with_notice, accepted, TODAY)
    assert not awaits_acceptance(with_notice, accepted, TODAY)
    assert not awaits_acceptance(edition("members", "Said."), ACCOUNT, TODAY)


def test_an_edition_disappears_after_its_last_day_whoever_asks() -> None:
    ended, ends_today = edition(ends_on=date(2026, 11, 28)), edition(ends_on=TODAY)
    assert not may_see(ended, MEMBER, TODAY)
    assert may_see(ends_today, ANYBODY, TODAY)


def test_what_is_licensed_and_which_tier_somebody_has() -> None:
    assert not is_licensed(edition())
    assert is_licensed(edition("members"))
    assert is_licensed(edition(notice="x"))
    assert is_licensed(edition(ends_on=TODAY))
    assert [each.tier for each in (ANYBODY, ACCOUNT, MEMBER)] == ["guest", "account", "member"]
