"""Pages of the code reference ask the database as often for many codes as for a few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests.codes.tiny_editions import Line, load_tiny
from tests.codes.tiny_pcs import load_pcs
from tests.conftest import Player
from tests.statements import sent_by

MANY = 90


def statements(do: Callable[[], object]) -> int:
    """How many statements `do` sends to the database."""
    return sum(one.startswith(("SELECT", "WITH")) for one in sent_by(do))


def drugs(number: int, word: str) -> list[Line]:
    return [
        ("J", "Drugs", None, "chapter"),
        *((f"J{each:04}", f"{word} {each}", "J") for each in range(number)),
    ]


def load_hcpcs(number: int) -> None:
    """Two editions in which every code was reworded."""
    load_tiny("hcpcs", f"2026-01-{number}", date(2026, 1, 1), drugs(number, "Drug"))
    load_tiny("hcpcs", f"2026-04-{number}", date(2026, 4, 1), drugs(number, "Medicine"))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/codes/hcpcs", 6),
        ("/codes/hcpcs/J", 17),
        ("/codes/hcpcs/J0000-J9999", 8),
        ("/codes/hcpcs/changes", 8),
        ("/codes/hcpcs/changes.csv", 5),
    ],
)
def test_a_list_asks_as_often_for_many_codes(app: Flask, visitor: Player, path: str, most: int) -> None:
    def shown() -> None:
        assert visitor.get(path).status_code == 200

    load_hcpcs(2)
    few = statements(shown)
    load_hcpcs(MANY)
    assert statements(shown) <= few <= most


@pytest.mark.parametrize(
    ("path", "most"),
    [("compose", 10), ("compose?code=0SR90", 10), ("0SR", 25), ("0SR90", 15), ("0SR9019", 24)],
)
def test_reading_a_code_of_icd10pcs_takes_few_statements(
    app: Flask, visitor: Player, path: str, most: int
) -> None:
    load_pcs()

    def shown() -> None:
        assert visitor.get(f"/codes/icd10pcs/{path}").status_code == 200

    assert statements(shown) <= most
