"""The advertisements of the demo, as their files say them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from jobboard.codes.linker import link
from jobboard.demo.reading import FOLDER, Advertisement, DemoDataError, read_demo
from jobboard.demo.wording import content_of
from jobboard.places import city
from jobboard.postings.content import Content
from jobboard.postings.pay import PLAUSIBLE
from jobboard.postings.requirements import SomeOf, from_json, leaves, to_json
from jobboard.vocabulary import shipped

DATA = read_demo()
ALL = [one for employer in DATA.employers for one in employer.advertisements]
OPEN = [one for one in ALL if one.state == "open"]
CONTENTS: dict[str, Content] = {one.address: content_of(one.says) for one in ALL}
SHINGLE = 8


def contents() -> list[Content]:
    return [CONTENTS[one.address] for one in OPEN]


def words_of(one: Advertisement) -> list[str]:
    return re.findall(r"[a-z0-9]+", str(one.says["text"]).lower())


def test_there_are_150_open_postings_of_25_employers_and_more():
    assert len(DATA.employers) == 25
    assert len(OPEN) >= 155
    assert min(Counter(one.employer for one in OPEN).values()) >= 5


def test_every_other_state_occurs():
    states = Counter(one.state for one in ALL)
    assert states.keys() == {
        "open", "draft", "in_review", "returned", "filled", "withdrawn", "expired", "removed",
    }  # fmt: skip
    assert sum(bool(one.pending) for one in OPEN) >= 2


def test_every_open_posting_is_an_advertisement_and_not_a_line():
    lengths = {one.address: len(str(one.says["text"]).split()) for one in OPEN}
    assert {address: length for address, length in lengths.items() if not 120 <= length <= 350} == {}


def test_no_two_texts_are_alike():
    shingles = {}
    for one in ALL:
        words = words_of(one)
        shingles[one.address] = {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    alike = {
        (first, second)
        for first, second in combinations(shingles, 2)
        if len(shingles[first] & shingles[second]) > 0.05 * min(len(shingles[first]), len(shingles[second]))
    }
    assert alike == set()


def test_no_two_begin_alike_and_no_title_comes_twice():
    assert Counter(" ".join(words_of(one)[:8]) for one in ALL).most_common(1)[0][1] == 1
    assert Counter(one.says["title"] for one in OPEN).most_common(1)[0][1] <= 2


@pytest.mark.parametrize(
    "facet",
    [
        "specialty",
        "role",
        "side",
        "setting",
        "system",
        "employment",
        "schedule",
        "chart_type",
        "benefit",
        "tool",
    ],
)
def test_every_value_of_a_facet_occurs(facet: str):
    carried = {slug for content in contents() for slug in content.terms.get(facet, ())}
    left_out = {"ancillary", "outpatient"} if facet == "chart_type" else set()
    assert set(shipped()[facet].slugs) - carried - left_out == set()


def test_arrangements_pay_and_eligible_states_come_in_every_kind():
    columns = [content.columns for content in contents()]
    assert {one["arrangement"] for one in columns} == set(shipped()["arrangement"].slugs)
    assert {one.get("pay_basis", "") for one in columns} >= set(shipped()["pay_basis"].slugs) | {""}
    assert {one.get("eligible_mode", "") for one in columns} == {"all", "named", "all_but", ""}
    assert {one.get("apply_by", "here") for one in columns} == {"here", "address", "mail"}
    assert {one.get("apprentice_welcome") for one in columns} >= {True, None}


def test_credentials_are_asked_for_as_logic():
    requirements = [content.requirement for content in contents() if content.requirement]
    asked = [leaf for one in requirements for leaf in leaves(one.required)]
    assert any(leaf.apprentice_accepted for leaf in asked)
    assert any(leaf.within_months for leaf in asked)
    assert any(isinstance(one.required, SomeOf) for one in requirements)
    assert any("all" in to_json(one).get("required", {}) for one in requirements)
    assert any(one.preferred for one in requirements)
    assert any(one.refused for one in requirements)
    assert all(from_json(to_json(one)) == one for one in requirements)


def test_pay_is_plausible_and_places_are_real():
    for one, content in zip(OPEN, contents(), strict=True):
        basis = content.columns.get("pay_basis")
        if basis:
            low, high = PLAUSIBLE[basis]
            assert low * 100 <= content.columns["pay_least_cents"] <= content.columns["pay_most_cents"], (
                one.address
            )
            assert content.columns["pay_most_cents"] <= high * 100, one.address
        for place in content.places or ():
            assert city(place.city, place.state), f"{one.address}: {place.city}, {place.state}"


def test_most_advertisements_name_codes_of_every_system():
    found = {one.address: link(str(one.says["text"])) for one in OPEN}
    assert sum(bool(mentions) for mentions in found.values()) >= 0.9 * len(OPEN)
    systems = Counter(mention.system for mentions in found.values() for mention in mentions)
    assert systems.keys() >= {"cpt", "icd10cm", "icd10pcs", "hcpcs", "msdrg", "hcc", "modifier"}
    assert any(mention.end for mentions in found.values() for mention in mentions)


def test_employers_have_sites_of_their_own_that_lead_nowhere():
    hosts = [str(employer.facts["website"]).split("/")[2] for employer in DATA.employers]
    assert all(host.endswith(".example") for host in hosts)
    assert len(set(hosts)) == len(hosts)
    assert len({employer.facts["state"] for employer in DATA.employers}) >= 20


def test_a_data_file_that_says_something_unknown_is_refused_by_name(tmp_path):
    folder = tmp_path / "data"
    (folder / "employers").mkdir(parents=True)
    for name in ("people.toml", "applications.toml"):
        (folder / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = (FOLDER / "employers" / "puente.toml").read_text(encoding="utf-8")
    wrong = folder / "employers" / "puente.toml"
    wrong.write_text(text.replace("ago = 8", "agoo = 8"), encoding="utf-8")
    with pytest.raises(DemoDataError, match=r"puente\.toml: dental: unknown key 'agoo'"):
        read_demo(folder)
    wrong.write_text(text.replace('specialties = ["dental"]', 'specialties = ["teeth"]'), encoding="utf-8")
    with pytest.raises(DemoDataError, match=r"puente\.toml: dental: specialty: 'teeth'"):
        read_demo(folder)
