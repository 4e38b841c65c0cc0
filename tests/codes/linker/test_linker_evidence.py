"""Five bare digits are weighed: what speaks for a code against the noun that may own the number."""

from __future__ import annotations

import pytest

from jobboard.codes.linker import link


@pytest.mark.parametrize(
    "text",
    [
        "Docket 20552 was filed.",
        "Elevator 11042 is out of order.",
        "Offices in Houston (77003), Dallas (75201) and Austin (78701)",
        "The network insured 73630 Ohioans in 2025.",
        "Our EHR holds 71260 scanned documents per week.",
        "Candidates in 48201, 48202 or 48226 can walk to work.",
        "Number of charts coded in 2025: 70450.",
        "Hotline (855) 555-0199, code 77003",
        "compensable disability or Purple Heart (XP)",
    ],
)
def test_a_number_that_a_thing_owns_is_no_mention(text):
    assert link(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("You can tell a 43239 from a 43235 at a glance.", ["43239", "43235"]),
        ("Phlebotomy 36415 and specimen handling 99000 are charged.", ["36415", "99000"]),
        ("Denied 97110s are yours to fix.", ["97110"]),
        ("Neurosurgery: 61510, 61781, 63030", ["61510", "61781", "63030"]),
        ("99213", ["99213"]),
    ],
)
def test_a_clinical_word_an_article_or_a_list_speaks_for_a_code(text, codes):
    assert [mention.start for mention in link(text)] == codes


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("Append 24, 25 or 57 as needed", ["24", "25", "57"]),
        ("Code 75716 (26) and 75625 – 59", ["26", "59"]),
        ("Our modifier sheet covers 22, 51, 59 and 80", ["22", "51", "59", "80"]),
        ("modifiers 54, 55 for split care; 52/53 for reduced or stopped", ["54", "55", "52", "53"]),
    ],
)
def test_modifiers_are_found_appended_bracketed_and_further_on(text, modifiers):
    assert [mention.start for mention in link(text) if mention.system == "modifier"] == modifiers


def test_drgs_of_a_shift_or_a_list_are_found_some_words_behind_their_name():
    assert [m.start for m in link("A DRG shift from 065 to 064 needs a second look")] == ["065", "064"]
    assert [m.start for m in link("DRG assignment for 207, 208 and 870")] == ["207", "208", "870"]
    assert link("DRG coders for 325 physicians") == []


def test_a_typographers_dash_between_neighbours_is_a_range():
    assert [(m.start, m.end) for m in link("CPT 15271–78 and 11920–22")] == [
        ("15271", "15278"),
        ("11920", "11922"),
    ]
    assert [m.start for m in link("CPT 99213–25")] == ["99213", "25"]
