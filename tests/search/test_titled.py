"""A posting ranks by the roles and specialties that it states, and by those that its title names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from jobboard.search.titled import arranged, called, coded
from jobboard.vocabulary import shipped

if TYPE_CHECKING:
    from jobboard.search.rows import PostingRow

WORDS = shipped()


@dataclass
class Row:
    title: str
    terms: dict[str, list[str]] = field(default_factory=dict)
    arrangement: str = ""


CASES = [
    ("Urology coder", {}, ["production-coder"], ["urology"]),
    ("Coding auditor, urology", {}, ["auditor"], ["urology"]),
    ("Denials coder", {}, ["denials-appeals"], []),
    ("Urology coder", {"role": ["biller-coder"], "specialty": ["trauma"]}, ["biller-coder"], ["trauma", "urology"]),
    ("Somebody who is exact", {}, [], []),
]  # fmt: skip


@pytest.mark.parametrize(("title", "terms", "roles", "specialties"), CASES, ids=range(len(CASES)))
def test_the_title_says_what_is_not_stated(
    title: str, terms: dict[str, list[str]], roles: list[str], specialties: list[str]
) -> None:
    row = cast("PostingRow", Row(title, terms))
    assert called(row, WORDS) == roles
    assert coded(row, WORDS) == specialties


@pytest.mark.parametrize(
    ("title", "stated", "found"),
    [
        ("Coder, infusion (Remote)", "", ["remote"]),
        ("Coder, infusion (Remote)", "hybrid", ["hybrid"]),
        ("On-site coder", "", ["on-site"]),
        ("Coder", "", []),
    ],
)
def test_the_title_says_where_work_is_done_if_nothing_else_does(
    title: str, stated: str, found: list[str]
) -> None:
    assert arranged(cast("PostingRow", Row(title, arrangement=stated))) == found
