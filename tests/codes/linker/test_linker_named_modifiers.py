"""Modifiers that no word "modifier" introduces."""

from __future__ import annotations

import pytest

from jobboard.codes.linker import link


def found(text):
    return [(mention.system, mention.start) for mention in link(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Know co-surgeon 62; team surgery 66; assistant 80/82.", ["62", "66", "80", "82"]),
        ("The hospital bills TC, we bill 26.", ["TC", "26"]),
        ("The modifier rules vary: 51 is often dropped.", ["51"]),
        ("Assistant claims get 80 or AS.", ["80", "AS"]),
        ("The surgeon reports LT and RT on separate lines when coding.", ["LT", "RT"]),
    ],
)
def test_a_modifier_is_found_behind_what_it_stands_for(text, expected):
    assert found(text) == [("modifier", pair) for pair in expected]


@pytest.mark.parametrize(
    "text",
    [
        "A team of 66 coders and an assistant manager for 80 beds.",
        "Our team, 66 strong, has 62 surgeons.",
        "A bill 26 pages long.",
        "Hybrid: 25 is the usual number of days.",
    ],
)
def test_a_count_beside_the_same_words_is_none(text):
    assert found(text) == []


def test_an_ambulance_carries_whence_and_whither_it_went():
    assert found("A0427 RH, A0429-HR") == [
        ("hcpcs", "A0427"),
        ("modifier", "RH"),
        ("hcpcs", "A0429"),
        ("modifier", "HR"),
    ]
