"""The promised interface of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search.conftest import a_company, a_posting, drained  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobboard.search.comparing import Comparison
    from tests.conftest import Player


@pytest.fixture
def two(drained: Callable[[], Comparison]) -> list[str]:  # noqa: F811
    company = a_company("Mercy Hospital")
    first = a_posting(
        company,
        "ED coder",
        "Emergency department <levels> with 99283.",
        terms={"specialty": ["emergency"]},
        openings=4,
        source_key="REQ 7/b",
    )
    second = a_posting(company, "HCC coder", "Risk adjustment.", terms={"specialty": ["risk-adjustment"]})
    drained()
    return [str(first.id), str(second.id)]


def test_it_answers_with_what_was_promised(visitor: Player, two: list[str]) -> None:
    answer = visitor.get("/api/v1/jobs?q=emergency&specialty=emergency").get_json()
    assert answer["total"] == 1
    (result,) = answer["results"]
    assert result["id"] == two[0]
    assert result["identifier"] == "REQ 7/b"
    assert (result["title"], result["company"]) == ("ED coder", "Mercy Hospital")
    assert result["url"] == f"http://localhost/jobs/{two[0]}-ed-coder"
    assert len(result["posted"]) == 10
    assert (
        result["highlights"]["description"]
        == ["<mark>Emergency</mark> <mark>department</mark> &lt;levels&gt; with 99283."]
        or "<mark>Emergency</mark>" in result["highlights"]["description"][0]
    )
    assert {"value": "emergency", "label": "Emergency (ED)", "count": 1, "openings": 4} in answer["facets"][
        "specialty"
    ]


def test_counts_leave_out_their_own_filter(visitor: Player, two: list[str]) -> None:
    facets = visitor.get("/api/v1/jobs?specialty=emergency").get_json()["facets"]
    assert {one["value"]: one["count"] for one in facets["specialty"]} == {
        "emergency": 1,
        "risk-adjustment": 1,
    }
    assert sum(one["count"] for one in facets["state"]) == 1


def test_an_identifier_that_was_not_imported_is_the_id(visitor: Player, two: list[str]) -> None:
    (result,) = visitor.get("/api/v1/jobs?q=HCC").get_json()["results"]
    assert result["identifier"] == result["id"] == two[1]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("?colour=red", "colour"),
        ("?specialty=nonsense", "specialty"),
        ("?state=ZZ", "state"),
        ("?size=0", "size"),
        ("?size=101", "size"),
        ("?page=x", "page"),
        ("?page=501", "page"),
        ("?sort=best", "sort"),
        ("?posted=2", "posted"),
        ("?code=hello", "code"),
        ("?q=" + "x" * 501, "q"),
    ],
)
def test_what_is_wrong_is_named(address: str, name: str, visitor: Player) -> None:
    answer = visitor.get("/api/v1/jobs" + address)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert [one["name"] for one in answer.get_json()["invalid"]] == [name]
    assert name in answer.get_json()["detail"]
