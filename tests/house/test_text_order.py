"""Text is sorted and compared in one way, whatever the database and its locale."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text

from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.moderation.directory import companies, people
from tests.conftest import make_person

NAMES = ["a b", "ab", "B", "a-c", "Ä", "É", "Z", "_", "e", "z", "10", "9", "😀", "\uff21"]


def test_names_are_sorted_by_their_characters(app: Flask) -> None:
    for number, name in enumerate(NAMES):
        make_person(name, email_key=f"{number}@example.org")
    assert db.session.scalars(select(Person.name).order_by(Person.name)).all() == sorted(NAMES)
    assert db.session.scalars(select(Person.name).where(Person.name < "a")).all() != []
    above = select(Person.name).where(Person.name >= "Z", Person.name < "ab").order_by(Person.name.desc())
    assert db.session.scalars(above).all() == ["a-c", "a b", "_", "Z"]


@pytest.mark.only_on("postgresql")
def test_the_database_of_these_tests_would_sort_otherwise(app: Flask) -> None:
    """Else the test above could not fail."""
    asked = text("SELECT name FROM unnest(CAST(:names AS text[])) AS name ORDER BY name")
    assert db.session.scalars(asked, {"names": NAMES}).all() != sorted(NAMES)


@pytest.mark.parametrize(
    ("word", "found"),
    [("clinic", True), ("CLINIC", True), ("ÉCOLE", True), ("école", False), ("100%", True), ("1_0", False)],
)
def test_a_word_is_found_in_names_by_one_rule(word: str, found: bool, app: Flask) -> None:
    name = "Clinic École 100%"
    make_person(name, email_key="ivy@example.org")
    db.session.add(Company(name=name, slug="c", name_key="c"))
    db.session.commit()
    assert [person.name for person in people(word)[0]] == [name] * found
    assert [company.name for company in companies(word)[0]] == [name] * found
