"""Every endpoint and the cast: whom it answers and whom it turns away; and that no form is taken from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from jobboard.access.audience import ANYONE, audience_of
from jobboard.database import db
from jobboard.mail.models import Letter
from tests.house.endpoint_table import COLUMNS, IN, TABLE, TYPED
from tests.house.world import CAST, World, made
from tests.page_rules import problems_of_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from tests.databases import Databases
    from tests.page_check import CheckedClient

# The mailbox is a demo's alone, the measures are for who has the token: the tests of the rooms show them there.
NOBODYS = {"mail.mailbox", "mail.mailbox_letter", "service.metrics"}
# Mail programs press this button for people; its authority is the signed token in its address.
OPEN_TO_OTHER_SITES = {"accounts.stop_letters"}


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    endpoint: str
    method: str
    address: str
    answers: dict[str, int | str]

    def send(self, world: World, client: CheckedClient, **options: object) -> TestResponse:
        """This row's request, with what a person would type and the token of its form."""
        address = self.address.format(**world.names)
        if self.method == "GET":
            return client.get(address)
        return client.post_form(address, self.typed(world), **options)

    def typed(self, world: World) -> dict[str, object]:
        given = TYPED.get(self.endpoint, {})
        return {name: str(value).format(**world.names) for name, value in given.items()}

    @property
    def insiders(self) -> list[str]:
        """Those whom the view itself answers."""
        return [name for name, answer in self.answers.items() if answer not in {IN, 404}]


ROWS = [Row(*line[:3], dict(zip(COLUMNS, line[3:], strict=True))) for line in TABLE]
FORMS = [row for row in ROWS if row.method == "POST"]


@pytest.fixture(scope="module")
def made_world(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> World:
    return made(tmp_path_factory.mktemp("world") / "instance", databases)


@pytest.fixture
def world(made_world: World) -> Iterator[World]:
    made_world.put_back()
    yield made_world
    made_world.put_back()


def described(answer: TestResponse) -> int | str:
    led_in = answer.status_code in {302, 303} and answer.location.startswith("/sign-in?")
    return IN if led_in else answer.status_code


def test_the_table_has_a_row_for_every_endpoint_and_method(made_world: World) -> None:
    routes = {
        (rule.endpoint, method)
        for rule in made_world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    rows = [(row.endpoint, row.method) for row in ROWS]
    assert sorted(rows) == sorted(routes)
    assert COLUMNS == CAST
    assert set(TYPED) <= {row.endpoint for row in FORMS}


def test_where_somebody_is_refused_another_is_answered() -> None:
    """Else a page that is not there at all would pass for one that keeps its secret."""
    assert [row.endpoint for row in ROWS if row.endpoint not in NOBODYS and not row.insiders] == []


def test_visitors_are_led_in_exactly_where_the_view_is_for_who_is_signed_in(made_world: World) -> None:
    for row in ROWS:
        open_to_all = audience_of(made_world.app, row.endpoint) is ANYONE
        assert (row.answers["Visitor"] == IN) is not open_to_all, row.endpoint


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.endpoint}")
def test_an_endpoint_answers_each_of_the_cast(row: Row, world: World) -> None:
    given = {}
    for name in CAST:
        if row.method == "POST":
            world.put_back()
        with row.send(world, world.browser_of(name)) as answer:
            given[name] = described(answer)
    assert given == row.answers


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.endpoint)
def test_a_form_is_refused_without_its_token_and_from_elsewhere(row: Row, world: World) -> None:
    address, typed = row.address.format(**world.names), row.typed(world)
    home = {"Origin": "http://localhost"}
    foreign = (
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {"Referer": "https://evil.example.org/localhost"},
        {**home, "Sec-Fetch-Site": "cross-site"},
        {**home, "Sec-Fetch-Site": "same-site"},
        {},
    )
    for name in row.insiders[:2]:
        client = world.browser_of(name)
        signed = {**typed, "csrf_token": client.token()}
        if row.endpoint in OPEN_TO_OTHER_SITES:
            assert client.post(address, data=typed, headers=foreign[0]).status_code == row.answers[name]
            continue
        assert client.post(address, data=typed, headers=home).status_code == 400
        assert client.post(address, data={**typed, "csrf_token": "x"}, headers=home).status_code == 400
        for headers in foreign:
            assert client.post(address, data=signed, headers=headers).status_code == 403
        # Refused, not used up: what was refused is taken when it comes as it should.
        world.put_back()
        assert described(row.send(world, client)) == row.answers[name]
        world.put_back()


def test_every_letter_of_the_world_is_valid_html(world: World) -> None:
    with world.app.app_context():
        letters = db.session.scalars(db.select(Letter)).all()
    assert len({letter.kind for letter in letters}) > 4
    assert {
        letter.kind: problems_of_letter(letter.html) for letter in letters if problems_of_letter(letter.html)
    } == {}
