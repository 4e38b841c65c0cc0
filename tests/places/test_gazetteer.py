"""Cities and ZIP codes as people write them."""

import subprocess
import sys

import pytest

from jobboard.places import city, find_place, postal_code


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Tampa, FL", "Tampa, FL"),
        ("tampa fl", "Tampa, FL"),
        ("Tampa, Florida", "Tampa, FL"),
        ("Tampa, FL 33602", "Tampa, FL"),
        ("Tampa, FL, USA", "Tampa, FL"),
        ("33602", "Tampa, FL"),
        ("33602-1234", "Tampa, FL"),
        ("New York, NY", "New York City, NY"),
        ("Saint Petersburg, FL", "St. Petersburg, FL"),
        ("Ft Worth, Texas", "Fort Worth, TX"),
        ("Charleston West Virginia", "Charleston, WV"),
        ("Canon City, CO", "Cañon City, CO"),
        ("Washington, DC", "Washington, DC"),
        ("Portland, OR", "Portland, OR"),
        ("Portland, ME", "Portland, ME"),
        ("Winston Salem, NC", "Winston-Salem, NC"),
    ],
)
def test_a_place_is_found(text, label):
    assert find_place(text).label == label


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Springfield",
        "Tampa, ON",
        "Nowhereville, FL",
        "00000",
        "Remote",
        ", FL",
        "FL",
        "x" * 100_000,
        "1" * 50,
    ],
)
def test_what_is_no_known_place_is_nothing(text):
    assert find_place(text) is None


def test_a_place_has_coordinates_in_degrees_and_a_zone():
    place = find_place("Tampa, FL")
    assert (round(place.latitude, 1), round(place.longitude, 1)) == (27.9, -82.5)
    assert place.time_zone == "America/New_York"
    assert place.population > 300_000


def test_the_zone_is_that_of_the_city_where_a_state_has_two():
    assert find_place("Pensacola, FL").time_zone == "America/Chicago"
    assert postal_code("32501").time_zone == "America/Chicago"
    assert city("El Paso", "TX").time_zone == "America/Denver"


def test_of_two_places_with_one_name_in_a_state_the_larger_is_meant():
    assert find_place("Burbank, CA").population > 90_000


def test_a_zip_code_is_more_exact_than_its_city():
    assert find_place("Tampa, FL 33647").latitude > find_place("Tampa, FL").latitude
    assert find_place("Tampa, FL 33647").zip == "33647"


def test_a_zip_code_of_another_state_gives_way_to_the_city():
    assert find_place("Portland, ME 97201").label == "Portland, ME"


def test_a_town_too_small_for_the_list_is_found_through_its_zip_code():
    place = find_place("Adak, AK")
    assert (place.label, place.zip) == ("Adak, AK", None)


def test_importing_the_room_reads_no_file_of_places():
    program = (
        "import jobboard.places.gazetteer as g;"
        "print(g._cities.cache_info().currsize, g._postal_codes.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]
