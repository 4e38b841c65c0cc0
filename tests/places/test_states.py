"""States by code and by name."""

from zoneinfo import ZoneInfo

import pytest

from jobboard.places import state, states, time_zone


def test_there_are_fifty_states_one_district_and_five_territories():
    kinds = [entry.kind for entry in states()]
    assert (kinds.count("state"), kinds.count("district"), kinds.count("territory")) == (50, 1, 5)


def test_every_state_has_a_zone_that_exists():
    assert all(ZoneInfo(entry.time_zone) for entry in states())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("FL", "FL"),
        ("fl", "FL"),
        ("Florida", "FL"),
        (" new  york ", "NY"),
        ("D.C.", "DC"),
        ("Washington, D.C.", "DC"),
        ("District of Columbia", "DC"),
        ("Puerto Rico", "PR"),
        ("U.S. Virgin Islands", "VI"),
        ("Virgin Islands", "VI"),
    ],
)
def test_a_state_is_found_by_code_or_name(words, code):
    assert state(words).code == code


@pytest.mark.parametrize("words", ["", "ZZ", "Ontario", "F", "Tampa", "FLA."])
def test_other_words_are_no_state(words):
    assert state(words) is None
    assert time_zone(words) is None


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("AZ", "America/Phoenix"),
        ("HI", "Pacific/Honolulu"),
        ("TX", "America/Chicago"),
        ("PR", "America/Puerto_Rico"),
    ],
)
def test_a_state_has_the_zone_of_most_of_its_people(code, zone):
    assert time_zone(code) == zone
