"""A posting's page shows openings like it, and says what they have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from jobboard.postings.addresses import posting_path
from jobboard.search import similar
from search_index import Unavailable
from tests.search.conftest import a_company, a_posting, drained

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.postings.models import Posting
    from jobboard.search.comparing import Comparison
    from tests.conftest import Player

__all__ = ["drained"]


def shown(page: str) -> list[tuple[int, str]]:
    """The openings like it, each with what is said to be in common."""
    _, _, section = page.partition('<section class="similar')
    return [
        (int(number), words)
        for number, words in re.findall(r'href="/jobs/(\d+)-.*?In common:</span> ([^<]*)', section, re.DOTALL)
    ]


@pytest.fixture
def openings(app: Flask, drained: Callable[[], Comparison]) -> dict[str, Posting]:
    mercy = a_company("Mercy Hospital")

    def posted(title: str, text: str = "Codes.", specialty: str = "", **facts: Any) -> Posting:
        terms = {"specialty": [specialty] if specialty else [], "credential": facts.pop("credential", [])}
        return a_posting(facts.pop("company", mercy), title, text, terms=terms, **facts)

    made = {
        "pain": posted(
            "Pain management coder", "CPT 62320-62327.", "pain-management",
            credential=["cpc"], places=[("Austin", "TX")],
        ),
        "pain in Texas": posted(
            "Injections coder", "Codes.", "pain-management", credential=["cpc"], places=[("Dallas", "TX")]
        ),
        "pain elsewhere": posted("Clinic coder", specialty="pain-management", places=[("Ada", "OH")]),
        "same codes": posted("Spine biller", "We do CPT 62322.", "spine-neurosurgery"),
        "urology": posted("Urology coder", specialty="urology", credential=["cpc"], places=[("Austin", "TX")]),
        "closed": posted("Pain coder", specialty="pain-management", state="closed"),
        "quiet": posted("Registrar of tumors"),
        "quiet too": posted("Tumors registrar, nights"),
        "lone": posted("Librarian", specialty="dermatology"),
    }  # fmt: skip
    made["pain again"] = posted(
        "Pain management coder", "CPT 62320-62327.", "pain-management",
        credential=["cpc"], places=[("Austin", "TX")],
    )  # fmt: skip
    drained()
    return made


def test_openings_are_like_one_by_what_they_share(visitor: Player, openings: dict[str, Posting]) -> None:
    assert shown(visitor.get(posting_path(openings["pain"])).text) == [
        (openings["pain in Texas"].id, "Pain management · CPC · Texas"),
        (openings["pain elsewhere"].id, "Pain management"),
        (openings["same codes"].id, "62320–62327"),
    ]
    assert shown(visitor.get(posting_path(openings["quiet"])).text) == [
        (openings["quiet too"].id, "A title like it")
    ]
    assert "Similar openings" not in visitor.get(posting_path(openings["lone"])).text


def test_what_was_closed_since_is_left_out(visitor: Player, openings: dict[str, Posting]) -> None:
    openings["pain in Texas"].state = "closed"
    found = shown(visitor.get(posting_path(openings["pain"])).text)
    assert [number for number, _ in found] == [openings["pain elsewhere"].id, openings["same codes"].id]


def test_the_page_stands_while_the_engine_is_away(
    visitor: Player, openings: dict[str, Posting], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        def search(self, _query: object) -> None:
            raise Unavailable("away")

    monkeypatch.setattr(similar, "openings_index", Away)
    page = visitor.get(posting_path(openings["pain"]))
    assert page.status_code == 200
    assert "Similar openings" not in page.text
