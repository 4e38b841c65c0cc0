from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from jobboard.accounts import passwords
from jobboard.accounts.models import Person
from jobboard.accounts.queries import person_by_address
from jobboard.database import db
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask


def people(app: Flask, *words: str, typed: str = "") -> Result:
    result = app.test_cli_runner().invoke(args=["people", *words], input=typed)
    db.session.rollback()
    db.session.expire_all()
    return result


def counts(result: Result) -> dict[str, int]:
    return json.loads(result.stdout.splitlines()[-1])


def test_a_moderator_is_added_who_can_sign_in_at_once(app: Flask) -> None:
    words = ("add", "Kim@example.org", "--role", "moderator", "--name", "Kim", "--password-stdin")
    result = people(app, *words, typed=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert counts(result) == {"added": 1}
    person = person_by_address("kim@example.org")
    assert person is not None
    assert (person.is_moderator, person.name, person.confirmed_at is not None) == (True, "Kim", True)
    assert passwords.matches(person.password_hash, PASSWORD)


def test_without_a_password_a_person_has_none(app: Flask) -> None:
    assert people(app, "add", "kim@example.org").exit_code == 0
    person = person_by_address("kim@example.org")
    assert person is not None
    assert person.password_hash == passwords.NONE_SET
    assert not person.is_moderator


@pytest.mark.parametrize(
    ("words", "typed", "exit_code", "said"),
    [
        (("add", "NIA@example.org"), "", 1, "has an account already"),
        (("add", "kim"), "", 1, "@-sign"),
        (("add", "kim@example.org", "--password-stdin"), "short\n", 1, "10 characters"),
        (("add", "kim@example.org", "--password-stdin"), "", 1, "10 characters"),
        (("add", "kim@example.org", "--role", "king"), "", 2, "king"),
        (("add",), "", 2, "ADDRESS"),
        (("role", "nobody@example.org", "moderator"), "", 1, "nobody has the address"),
        (("role", "nia@example.org", "king"), "", 2, "king"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_everything_as_it_was(
    app: Flask, nia: Person, words: tuple[str, ...], typed: str, exit_code: int, said: str
) -> None:
    result = people(app, *words, typed=typed)
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert db.session.query(Person).count() == 1


def test_a_role_is_given_and_taken(app: Flask, nia: Person) -> None:
    assert counts(people(app, "role", "NIA@example.org", "moderator")) == {"changed": 1}
    assert nia.is_moderator
    assert counts(people(app, "role", nia.email, "moderator")) == {"changed": 0}
    assert counts(people(app, "role", nia.email, "member")) == {"changed": 1}
    assert not nia.is_moderator


def test_people_are_listed(app: Flask, nia: Person) -> None:
    result = people(app, "list")
    assert result.stdout.splitlines()[0] == "Nia@example.org\tmember\tconfirmed\tNia"
    assert counts(result) == {"people": 1}
