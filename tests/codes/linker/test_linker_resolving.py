"""What the loaded editions say of mentions, and the promised JSON."""

from __future__ import annotations

from dataclasses import dataclass

from jobboard.codes.linker import NothingLoaded, as_json, link, resolve


@dataclass
class Shelf:
    """A reference over literal codes."""

    codes: dict[str, set[str]]

    def is_loaded(self, system: str) -> bool:
        return system in self.codes

    def contains(self, system: str, code: str, family: bool) -> bool:
        return any(known == code or (family and known.startswith(code)) for known in self.codes[system])


def known(text: str, **codes: set[str]) -> list[bool | None]:
    return [item.known for item in resolve(link(text), Shelf(codes))]


def test_known_is_null_where_no_edition_of_the_system_is_loaded():
    assert known("CPT 99213 and E11.9", icd10cm={"E11.9"}) == [None, True]
    assert [item.known for item in resolve(link("CPT 99213"), NothingLoaded())] == [None]


def test_a_code_that_the_edition_lacks_is_a_mention_that_is_not_known():
    assert known("E11.99", icd10cm={"E11.9"}) == [False]


def test_a_range_is_known_when_both_ends_are():
    assert known("E11.0-E11.9", icd10cm={"E11.0", "E11.9"}) == [True]
    assert known("E11.0-E11.9", icd10cm={"E11.9"}) == [False]


def test_a_family_is_known_when_something_begins_with_its_stem():
    assert known("E11.-", icd10cm={"E11.9"}) == [True]
    assert known("E13.x", icd10cm={"E11.9"}) == [False]


def test_the_json_has_the_promised_keys_in_order_of_occurrence():
    assert as_json(resolve(link("CPT 99202-15, E11.-"), Shelf({"icd10cm": {"E11.9"}}))) == [
        {"system": "cpt", "start": "99202", "end": "99215", "text": "99202-15", "known": None},
        {"system": "icd10cm", "start": "E11", "end": None, "text": "E11.-", "known": True},
    ]
    assert as_json(resolve(link("nothing here"), NothingLoaded())) == []
