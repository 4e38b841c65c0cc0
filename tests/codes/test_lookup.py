"""Looking up codes: in any spelling, by their first characters, by words, best first."""

from __future__ import annotations

import pytest
from flask import Flask

from jobboard.codes.look_up_everywhere import look_up_everywhere
from jobboard.codes.lookup import look_up
from jobboard.codes.records import EditionFile


def codes(query: str, system: str | None = None, size: int = 5) -> list[str]:
    return [found.code for found in look_up(query, system, size)]


@pytest.mark.parametrize("typed", ["E11.9", "e119", " E119 ", "e11.9-"])
def test_a_code_in_any_spelling_finds_it_first(loaded: EditionFile, typed: str) -> None:
    assert codes(typed)[0] == "E11.9"


@pytest.mark.parametrize("typed", ["E11", "e11.-", "E11.x"])
def test_a_stem_finds_itself_then_what_begins_with_it(loaded: EditionFile, typed: str) -> None:
    assert codes(typed) == ["E11", "E11.0", "E11.00", "E11.01", "E11.1"]


def test_a_stem_that_is_no_entry_finds_what_begins_with_it(loaded: EditionFile) -> None:
    assert all(code.startswith("E0") for code in codes("E0", size=50))
    assert len(codes("E0", size=50)) == 50


def test_a_block_is_found_by_its_range_only(loaded: EditionFile) -> None:
    assert codes("E08–E13") == ["E08-E13"]
    assert "E08-E13" not in codes("diabetes mellitus", size=100)


def test_whole_descriptions_come_before_longer_ones(loaded: EditionFile) -> None:
    assert codes("type 2 diabetes mellitus")[0] == "E11"
    assert codes("cardiac murmur, unspecified") == ["R01.1"]


def test_inclusion_terms_are_found(loaded: EditionFile) -> None:
    assert codes("Death (unexplained) NOS") == ["R99"]


def test_all_words_must_be_there_each_as_a_beginning(loaded: EditionFile) -> None:
    assert codes("foot ulcer type 2 diab") == ["E11.621"]
    assert codes("foot ulcer submarine") == []
    assert codes("iabetes") == []


def test_plurals_and_accents_do_not_matter(loaded: EditionFile) -> None:
    assert codes("cardiac murmurs unspecified") == ["R01.1"]
    assert codes("TYPE 2 DIABETES MELLITUS")[0] == "E11"
    assert codes("waterhouse friderichsen") == codes("Wáterhouse-Friderichsen")


@pytest.mark.parametrize("query", ["%", "_", "%%%", "E1_.9", "' --", "\\", "", "   ", "\x00"])
def test_signs_that_mean_something_to_a_database_find_nothing(loaded: EditionFile, query: str) -> None:
    assert codes(query) == []


def test_the_size_and_the_system_limit_the_results(loaded: EditionFile) -> None:
    assert len(codes("diabetes", size=3)) == 3
    assert codes("diabetes", system="cpt") == []


def test_articles_are_found_beside_codes(loaded: EditionFile) -> None:
    assert [(each.system, each.code) for each in look_up_everywhere("77003")] == [("cpt", "77003")]
    assert ("cpt", "76000") in [(each.system, each.code) for each in look_up_everywhere("live x-ray viewing")]
    assert look_up_everywhere("77003", "icd10cm") == []


def test_without_an_edition_articles_are_found_all_the_same(app: Flask) -> None:
    assert [each.code for each in look_up_everywhere("spinal needle")] == ["77003"]
    assert look_up_everywhere("E11.9") == []
