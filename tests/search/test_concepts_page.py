"""What was understood of a search changes what is found, and the page says it: chips, offers, a code's card."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> dict[str, Posting]:
    mercy = a_company("Mercy Hospital")
    posted = clock.now() - timedelta(days=1)
    remote = {"arrangement": "remote", "posted_at": posted}
    made = {
        "named": a_posting(mercy, "Coder A", eligible_mode="named", eligible_states=["TX", "OK"], **remote),
        "all": a_posting(mercy, "Coder B", eligible_mode="all", **remote),
        "all but": a_posting(mercy, "Coder C", eligible_mode="all_but", eligible_states=["CA"], **remote),
        "not here": a_posting(mercy, "Coder D", eligible_mode="all_but", eligible_states=["TX"], **remote),
        "silent": a_posting(mercy, "Coder E", **remote),
        "dallas": a_posting(
            mercy, "Coder F", places=[("Dallas", "TX")], arrangement="on-site", posted_at=posted
        ),
        "says remote": a_posting(
            mercy, "Coder G", "Remote work after a year.", arrangement="on-site", posted_at=posted
        ),
        "cath": a_posting(
            mercy,
            "Charge reviewer",
            "Reviews charges.",
            terms={"specialty": ["cath-lab-ep"]},
            posted_at=posted,
        ),
        "says cath": a_posting(
            mercy,
            "Nurse reviewer",
            "Knows the cath lab and EP studies.",
            terms={"specialty": ["trauma"]},
            posted_at=posted,
        ),
        "heart": a_posting(mercy, "Chart reviewer", "Assigns I21.09 and 62322.", posted_at=posted),
        "paid": a_posting(
            mercy, "Coder H", "Well paid.", pay_basis="hourly", pay_least_cents=3600, posted_at=posted
        ),
        "x-ray": a_posting(mercy, "Spine reviewer", "Assigns 77003.", posted_at=posted),
        "beginner": a_posting(mercy, "Coder I", "Trains.", apprentice_welcome=True, posted_at=posted),
    }
    assert drained().agrees
    return made


def shown(player: Player, address: str) -> list[str]:
    page = player.get(address)
    assert page.status_code == 200, address
    return re.findall(r'<h2 class="job-title"><a href="/jobs/(\d+)-', page.text)


FOUND = {
    "coder remote in Texas": ["named", "all", "all but"],
    "coder remote in OK": ["named", "all", "all but", "not here"],
    "coder texas": ["dallas", "named"],
    "reviewer cath lab": ["cath", "says cath"],
    "heart attack": ["heart"],
    "steering a needle by live x-ray": ["x-ray"],
    "epidural injections": ["heart"],
    "coder over $35/hr": ["paid"],
    "coder entry level": ["beginner"],
    "dallas or tampa": ["dallas"],
    "coder dallas tx": ["dallas"],
    "medical coder jobs dallas": ["dallas"],
    "coding jobs cath lab": ["cath", "says cath"],
    "coder -coding cath lab": [],
    '"EP studies"': ["says cath"],
    "reviewer EP studies": ["cath", "says cath"],
}


@pytest.mark.parametrize("q", FOUND)
def test_concepts_find_by_fields_and_by_words_fields_first(
    q: str, visitor: Player, openings: dict[str, Posting]
) -> None:
    found = visitor.client.get("/api/v1/jobs", query_string={"q": q, "size": 100, "literal": 1}).get_json()
    numbers = {str(posting.id): name for name, posting in openings.items()}
    names = [numbers[one["id"]] for one in found["results"]]
    if q in {"coder remote in OK", "coder texas"}:
        assert sorted(names) == sorted(FOUND[q])
    else:
        assert names == FOUND[q]


def test_minus_before_an_arrangement_leaves_out_the_field_and_not_the_word(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    found = set(shown(visitor, "/jobs?q=coder+-remote"))
    assert str(openings["says remote"].id) in found
    assert not {str(openings[name].id) for name in ("named", "all", "silent")} & found


def links(page: str, words: str) -> list[str]:
    """The addresses of links whose text has `words`."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(url) for url, text in found if words in unescape(re.sub(r"<[^>]+>", "", text))]


def test_a_chip_is_pinned_taken_as_words_and_removed(visitor: Player, openings: dict[str, Posting]) -> None:
    page = visitor.get("/jobs?q=reviewer+EP+studies").text
    (pin,) = links(page, "Only these")
    assert pin == "/jobs?q=reviewer&specialty=cath-lab-ep&v=2"
    assert shown(visitor, pin) == [str(openings["cath"].id)]
    (plain,) = links(page, "as plain words")
    assert plain == "/jobs?q=reviewer+EP+studies&plain=ep+studies&v=2"
    assert shown(visitor, plain) == [str(openings["says cath"].id)]
    (back,) = links(visitor.get(plain).text, "Read its meaning again")
    assert back == "/jobs?q=reviewer+EP+studies&v=2"
    (removed,) = links(page, "Remove “EP studies”")
    assert removed == "/jobs?q=reviewer&v=2"


@pytest.mark.parametrize(
    ("q", "removed"),
    [
        ("coder in Texas", "coder"),
        ("Texas", ""),
        ("remote, texas coder", "remote coder"),
        ("coder -remote", "coder"),
        ("cpc OR ccs", "ccs"),
        ("I21.09", ""),
    ],
)
def test_removing_a_chip_removes_its_words_and_what_led_to_them(
    q: str, removed: str, visitor: Player, openings: dict[str, Posting]
) -> None:
    page = visitor.client.get("/jobs", query_string={"q": q}).text
    first = {"remote, texas coder": "texas", "I21.09": "I21.09"}.get(q, "")
    addresses = [one for one in links(page, f"Remove “{first}") if "plain" not in one]
    expected = f"/jobs?q={removed.replace(' ', '+')}&v=2" if removed else "/jobs"
    assert addresses[0] == expected


def test_equal_words_of_several_facets_offer_every_meaning(
    visitor: Player, openings: dict[str, Posting]
) -> None:
    page = visitor.get("/jobs?q=HCC").text
    assert links(page, "Only Specialty: HCC / risk adjustment")
    assert links(page, "Only Coding side: Risk adjustment") == ["/jobs?side=risk-adjustment&v=2"]
    assert links(page, "Only Code system: HCC") == ["/jobs?system=hcc&v=2"]


def test_a_word_with_another_meaning_offers_both(visitor: Player, openings: dict[str, Posting]) -> None:
    page = visitor.get("/jobs?q=coder+HI").text
    assert "“HI” is taken as a word" in page
    assert links(page, "Workplace: Hawaii") == ["/jobs?q=coder&state=HI&v=2"]


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("I21.09", ["The code I21.09", "1 opening works with it"]),
        ("I21.091", ["No opening here is linked to I21.091", "its category I21"]),
        ("I25.10", ["No opening here is linked to I25.10", "its block I20–I25"]),
        ("62320-62327", ["The code 62320–62327", "1 opening works with it"]),
        ("99213", ["0 openings work with it"]),
    ],
)
def test_a_code_typed_alone_has_a_card_and_widens(
    q: str, words: list[str], visitor: Player, openings: dict[str, Posting]
) -> None:
    page = visitor.client.get("/jobs", query_string={"q": q}).text
    for each in words:
        assert each in page


def test_the_card_leads_to_the_page_of_the_code(visitor: Player, openings: dict[str, Posting]) -> None:
    assert links(visitor.get("/jobs?q=I21.09").text, "What I21.09 is") == ["/codes/icd10cm/I21.09"]
    assert links(visitor.get("/jobs?code=62322").text, "What 62322 is") == ["/codes/cpt/62322"]
    assert links(visitor.get("/jobs?q=I25.10").text, "What I25.10 is") == []


def test_the_interface_tells_the_concepts(visitor: Player, openings: dict[str, Posting]) -> None:
    told = visitor.client.get("/api/v1/jobs?q=remote+in+Texas+-hybrid&plain=nothing").get_json()
    assert [(one["words"], one["excluded"]) for one in told["concepts"]] == [
        ("remote", False),
        ("Texas", False),
        ("hybrid", True),
    ]
    assert told["concepts"][1]["meanings"] == [
        {"parameter": "hires_in", "values": ["TX"], "label": "Texas"},
    ]
    widened = visitor.client.get("/api/v1/jobs?q=I21.091").get_json()["widened"]
    assert widened == {"kind": "category", "codes": "I21"}
