"""The sentence of the meter, from the settings."""

from __future__ import annotations

import pytest

from jobboard.codes.allowance import Allowances, allowances, what_is_left


@pytest.mark.parametrize(
    ("tier", "remaining", "given", "said"),
    [
        (
            "guest",
            0,
            Allowances(1, 6),
            "0 code page views remaining. Guest accounts are limited to 1 page view. "
            "Register free account to get 5 more views.",
        ),
        (
            "guest",
            1,
            Allowances(2, 3),
            "1 code page view remaining. Guest accounts are limited to 2 page views. "
            "Register free account to get 1 more view.",
        ),
        (
            "guest",
            2,
            Allowances(3),
            "2 code page views remaining. Guest accounts are limited to 3 page views. "
            "Register free account to get unlimited views.",
        ),
        (
            "guest",
            0,
            Allowances(3, 3),
            "0 code page views remaining. Guest accounts are limited to 3 page views.",
        ),
        (
            "account",
            5,
            Allowances(1, 6),
            "5 code page views remaining. Free accounts are limited to 6 page views. Members get unlimited views.",
        ),
        (
            "member",
            999,
            Allowances(1, 6, 1000),
            "999 code page views remaining. Members are limited to 1,000 page views.",
        ),
        ("member", 0, Allowances(1, 6), ""),
    ],
)
def test_the_sentence_follows_the_settings(tier: str, remaining: int, given: Allowances, said: str) -> None:
    assert what_is_left(tier, remaining, given) == said


def test_the_setting_is_read() -> None:
    assert allowances("guest=1,account=6,member=unlimited") == Allowances(1, 6, None)
