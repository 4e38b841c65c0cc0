"""A visitor mistypes, asks for too much, or pages on while openings come; the page says what was done of it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from jobboard import clock
from jobboard.search.moments import moment
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.conftest import Player

# Name, title, text and days since it was posted; dialysis is a word of no vocabulary.
OPENINGS = (
    ("dialysis", "Dialysis coder", "Codes dialysis charts.", 1),
    ("nights", "Dialysis coder, nights", "Night shifts, and hemodialysis.", 2),
    ("auditor", "Dialysis auditor", "Audits charts.", 3),
    ("sloppy", "Dialisis coder", "The employer cannot spell either.", 4),
    *((f"plain{one}", f"Coder of ward {one}", "Codes charts.", 10 + one) for one in range(42)),
)


@pytest.fixture
def ids(app: Flask, drained: Callable[[], Comparison]) -> dict[str, str]:
    company, now = a_company("Mercy Hospital"), clock.now()
    made = {
        name: a_posting(company, title, text, posted_at=now - timedelta(days=days))
        for name, title, text, days in OPENINGS
    }
    assert drained().agrees
    return {name: str(one.id) for name, one in made.items()}


def shown(visitor: Player, **asked: str) -> tuple[list[str], str]:
    """The ids on a page in order, and its text without tags."""
    page = visitor.get("/jobs", query_string=asked)
    assert page.status_code == 200
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
    return re.findall(r'<h2 class="job-title"><a href="/jobs/(\d+)-', page.text), text


def told(visitor: Player, **asked: str) -> dict[str, Any]:
    """The interface's answer."""
    answer = visitor.get("/api/v1/jobs", query_string=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_word_that_no_opening_has_is_corrected_and_the_page_says_so(
    visitor: Player, ids: dict[str, str]
) -> None:
    page, text = shown(visitor, q="dyalysis coder")
    assert page[:2] == [ids["dialysis"], ids["nights"]]
    assert "Showing results for “dialysis coder”." in text
    assert "Search instead for “dyalysis coder” as it is typed." in text
    answer = told(visitor, q="dyalysis coder")
    assert answer["corrected"] == {"dyalysis": "dialysis"}
    assert answer["exact"] == 0


def test_what_sounds_as_a_name_of_the_trade_is_taken_for_it_and_means_what_it_means(
    visitor: Player, app: Flask, drained: Callable[[], Comparison]
) -> None:
    """The opening states the program and its text does not name it."""
    made = a_posting(a_company(), "Coder", "Codes charts.", terms={"tool": ["meditech"]})
    assert drained().agrees
    answer = told(visitor, q="meditek")
    assert [one["id"] for one in answer["results"]] == [str(made.id)]
    assert answer["corrected"] == {"meditek": "meditech"}


def test_typed_literally_nothing_is_corrected_but_another_word_is_offered(
    visitor: Player, ids: dict[str, str]
) -> None:
    page, text = shown(visitor, q="dyalysis coder", literal="1")
    assert page == []
    assert "Did you mean “dialysis coder” ?" in text
    assert "Showing results" not in text
    assert told(visitor, q="dyalysis coder", literal="1")["did_you_mean"] == "dialysis coder"


def test_a_slip_that_an_opening_has_too_comes_first(visitor: Player, ids: dict[str, str]) -> None:
    """One says it; three have the word that it may stand for, which is not far more."""
    page, text = shown(visitor, q="dialisis")
    assert page == [ids["sloppy"]]
    assert "Did you mean “dialysis” ?" in text


def test_where_far_more_have_the_other_word_they_follow_below(
    visitor: Player, app: Flask, drained: Callable[[], Comparison]
) -> None:
    company = a_company()
    sloppy = a_posting(company, "Dialisis coder", posted_at=clock.now() - timedelta(days=90))
    for ward in range(11):
        a_posting(company, f"Dialysis coder of ward {ward}")
    assert drained().agrees
    page, text = shown(visitor, q="dialisis")
    assert len(page) == 12
    assert page[0] == str(sloppy.id)
    assert "Only 1 opening says “dialisis”; those for “dialysis” follow below." in text


@pytest.mark.parametrize(
    "typed",
    ["cpca", "CPX coder", "E11.8", "93459", "urology", "neurology", "Ohia", "icd-10-cx", '"dyalysis coder"', "dyal*"],
)  # fmt: skip
def test_codes_credentials_and_words_of_the_trade_are_not_corrected(
    visitor: Player, ids: dict[str, str], typed: str
) -> None:
    answer = told(visitor, q=typed)
    assert answer["corrected"] == {}
    assert answer["did_you_mean"] is None


def test_words_that_tell_least_are_left_out_where_few_match(visitor: Player, ids: dict[str, str]) -> None:
    """Charts are in more openings than dialysis; every opening is for coders."""
    expected = [ids["dialysis"], ids["auditor"], ids["nights"]]
    page, text = shown(visitor, q="dialysis charts coder")
    assert page == expected
    assert "3 openings" in text
    assert "Only 2 openings match every word. The one below matches without “charts”." in text
    answer = told(visitor, q="dialysis charts coder")
    assert [one["id"] for one in answer["results"]] == expected
    assert (answer["total"], answer["exact"], answer["relaxed"]) == (3, 2, ["charts"])


def test_what_no_opening_has_is_left_out_first(visitor: Player, ids: dict[str, str]) -> None:
    answer = told(visitor, q="auditor xylophonist charts")
    assert answer["relaxed"] == ["xylophonist"]
    assert [one["id"] for one in answer["results"]] == [ids["auditor"]]


def test_where_enough_match_nothing_is_done(visitor: Player, ids: dict[str, str]) -> None:
    answer = told(visitor, q="coder charts")
    assert (answer["total"], answer["relaxed"], answer["corrected"]) == (44, [], {})


@pytest.mark.parametrize("asked", [{"q": "dyalysis auditor"}, {"q": "dialysis charts coder"}])
def test_pages_over_all_tiers_show_each_opening_once(
    visitor: Player, ids: dict[str, str], asked: dict[str, str]
) -> None:
    whole = [one["id"] for one in told(visitor, size="100", **asked)["results"]]
    paged: list[str] = []
    for number in range(1, len(whole) + 1):
        answer = told(visitor, size="1", page=str(number), **asked)
        assert answer["total"] == len(whole)
        paged += [one["id"] for one in answer["results"]]
    assert paged == whole
    assert len(set(whole)) == len(whole)


def test_pages_go_on_while_openings_come(
    visitor: Player, ids: dict[str, str], drained: Callable[[], Comparison]
) -> None:
    """What came after the first page joins no further one, whatever its dates say."""
    whole = [one["id"] for one in told(visitor, q="coder", size="100")["results"]]
    address, paged = "/jobs?q=coder", []
    company = a_company("Lakeside Clinic")
    for number in range(1, 4):
        page = visitor.get(address).text
        paged += re.findall(r'<h2 class="job-title"><a href="/jobs/(\d+)-', page)
        for days in (0, 5, 15, 40):
            now = clock.now()
            title = f"Coder and coder, {number} and {days}"
            a_posting(company, title, "Codes.", created_at=now, posted_at=now - timedelta(days=days))
        assert drained().agrees
        if number < 3:
            following = re.search(r'<a class="page-step" href="([^"]+)" rel="next">', page)
            assert following is not None
            address = unescape(following[1])
            assert "as_of=" in address
    assert paged == whole
    assert told(visitor, q="coder")["total"] == len(whole) + 12


@pytest.mark.parametrize("as_of", ["yesterday", "-1", "0", "1" * 30, "١٢٣", "stale", "ahead"])
def test_a_moment_that_is_none_is_ignored_by_the_page_and_refused_by_the_interface(
    visitor: Player, ids: dict[str, str], as_of: str
) -> None:
    moments = {"stale": clock.now() - timedelta(days=2), "ahead": clock.now() + timedelta(hours=1)}
    given = str(moment(moments[as_of])) if as_of in moments else as_of
    assert len(shown(visitor, q="coder", as_of=given)[0]) > 0
    refused = visitor.get("/api/v1/jobs", query_string={"q": "coder", "as_of": given})
    assert refused.status_code == 400
    assert "as_of" in refused.text


def test_the_interface_says_as_of_when(visitor: Player, ids: dict[str, str]) -> None:
    first = told(visitor, q="coder", size="5")
    second = told(visitor, q="coder", size="5", page="2", as_of=first["as_of"])
    assert second["as_of"] == first["as_of"]
    assert not {one["id"] for one in first["results"]} & {one["id"] for one in second["results"]}


def test_deep_pages_are_refused_with_a_reason(visitor: Player, ids: dict[str, str]) -> None:
    refused = visitor.get("/api/v1/jobs", query_string={"q": "coder", "page": "501"})
    assert refused.status_code == 400
    assert "only the first 10,000" in refused.text
    assert "At most 10,000 openings can be paged through" in shown(visitor, q="coder", page="501")[1]


def test_what_an_employer_says_about_itself_weighs_little(
    visitor: Player, app: Flask, drained: Callable[[], Comparison]
) -> None:
    company = a_company("Grace Health")
    about = "We code charts.\n\n## About us\nGrace Health is known for transplants and dialysis."
    itself = a_posting(company, "Coder", about)
    work = a_posting(
        company, "Coder", "You code dialysis charts.", posted_at=clock.now() - timedelta(days=40)
    )
    assert drained().agrees
    assert [one["id"] for one in told(visitor, q="dialysis")["results"]] == [str(work.id), str(itself.id)]


def test_an_opening_says_why_it_is_here(visitor: Player, ids: dict[str, str]) -> None:
    first = told(visitor, q="dialysis charts", explain="1")["results"][0]
    assert first["id"] == ids["dialysis"]
    assert first["why"] == [
        {"words": "dialysis", "fields": ["title", "body"], "typed": True},
        {"words": "charts", "fields": ["body"], "typed": True},
    ]
    text = shown(visitor, q="dialysis charts", explain="1")[1]
    assert "Here for “dialysis” in title and text, “charts” in text. Posted" in text
    assert "Hide why each opening is here" in text
    assert "Why is each opening here?" in shown(visitor, q="dialysis charts")[1]


def test_a_synonym_and_a_corrected_word_are_reasons_too(
    visitor: Player, app: Flask, drained: Callable[[], Comparison]
) -> None:
    a_posting(a_company("Lakeside Clinic"), "Telecommute coder", "Dialysis charts.")
    assert drained().agrees
    why = told(visitor, q="wfh dialisis", explain="1")["results"][0]["why"]
    assert {"words": "dialysis", "fields": ["body"], "typed": True} in why
    assert {"words": "telecommute", "fields": ["title"], "typed": False} in why
