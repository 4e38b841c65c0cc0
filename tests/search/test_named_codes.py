"""Whether listed openings name a code decides whether it has a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard.database import db
from jobboard.postings.named_codes import is_named
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("Codes E11.9 all day.", "E11.9", True),
        ("Codes E11.9 all day.", "E11.8", False),
        ("Codes E08-E13 all day.", "E08", True),
        ("Codes E08-E13 all day.", "E13", True),
        ("Codes E08-E13 all day.", "E11", False),
    ],
)
def test_a_code_is_named_alone_or_as_an_end_of_a_range(app: Flask, text: str, code: str, named: bool) -> None:
    with app.app_context():
        a_posting(a_company(), text=text)
        assert is_named("icd10cm", code) is named
        assert not is_named("cpt", code)


def test_what_is_dismissed_or_not_listed_names_nothing(app: Flask) -> None:
    with app.app_context():
        refused = a_posting(a_company(), text="Codes E11.9 all day.")
        refused.codes[0].dismissed = True
        a_posting(a_company("Other"), text="Codes E11.9 as well.", state="closed")
        db.session.commit()
        assert not is_named("icd10cm", "E11.9")
