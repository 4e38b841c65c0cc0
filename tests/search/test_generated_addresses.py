"""A few hundred of the generated addresses that `make fuzz` asks for by the hundred thousand."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tests.fuzz.addresses import addresses
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from jobboard.search.comparing import Comparison

NUMBER, SEED = 300, 20


def test_no_generated_address_fails(app: Flask, drained: Callable[[], Comparison]) -> None:
    company = a_company("Mercy Hospital")
    for number, text in enumerate(
        ("Codes cath lab charts, 93458.", "Inpatient coding, E11.9.", "Remote in Texas.")
    ):
        a_posting(company, f"Coder {number}", text)
    assert drained().agrees
    client = app.test_client()
    answers = {address: client.get(address).status_code for address in islice(addresses(SEED), NUMBER)}
    assert {address: status for address, status in answers.items() if status >= 500} == {}
    assert {200, 400} <= set(answers.values())
