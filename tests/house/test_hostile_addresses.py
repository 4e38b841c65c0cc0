"""Whatever stands in an address, the board answers in order: no page of any endpoint fails, whoever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict

from jobboard.access.audience import ANYONE, audience_of
from jobboard.accounts.tokens import CONFIRM, NEW_ADDRESS, RESET, stop_token, token_for
from jobboard.applications import actions as applications
from jobboard.applications.documents import Upload, received
from jobboard.applications.sniffing import PDF
from jobboard.codes.loading import load_edition
from jobboard.codes.records import CodeRecord, EditionFile
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.search.chores import keep_the_index
from jobboard.search.index import openings_index
from tests.applications.openings import PDF as A_PDF
from tests.applications.openings import company_of, fresh, opened

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

    from tests.conftest import Player

# Parts of a path and values of a query, as they are before they are written into an address.
HOSTILE: tuple[str | bytes, ...] = (
    "0",
    "-1",
    "99999999999999999999",
    "000000001" + "9" * 30,
    "9" * 3000,
    "٣",
    "nul\x00byte",
    "line\r\nSet-Cookie: a=b",
    b"\xff\xed\xa0\x80",
    "../../etc/passwd\\..",
    "'; DROP TABLE person; --",
    "<script>{{ 7 * 7 }}%s%n",
    "\u202eexe\u0301\U0001f600",
    '((("AND OR NOT:*~^[ E11.9-Z99.9, 99202–00000 - -',
    "long " * 600,
)
# Queries that are hostile as a whole.
QUERIES = ("%FF", "&&=&=", "%zz=%zz&page=%", "page=" + "9" * 4400, "next=%FF&next=//a.example")
CAST = ("visitor", "ana", "eve", "mo")


class Listening(ImmutableMultiDict[str, str]):
    """The parameters of a request, which remember by what names a view asked for them."""

    asked_for: set[str] = set()

    def get(self, key: str, *given: Any, **more: Any) -> Any:
        self.asked_for.add(key)
        return super().get(key, *given, **more)

    def getlist(self, key: str, *given: Any, **more: Any) -> Any:
        self.asked_for.add(key)
        return super().getlist(key, *given, **more)


@pytest.fixture
def real(app: Flask, ana: Player, eve: Player, mo: Player) -> dict[str, str]:
    """A part of a path that leads somewhere, for each name of a part in the URL map."""
    mercy = company_of(eve, "Mercy Hospital", website="https://example.org")
    opening = opened(mercy, eve, mo)
    upload = Upload("resume.pdf", PDF, A_PDF)
    with received(upload) as stored:
        application = applications.apply(
            ana.person, fresh(opening), message="Hello", upload=upload, stored=stored
        )
        db.session.commit()
    invitation = employers.invite(fresh(mercy), "max@example.org", "recruiter", eve.person)
    db.session.commit()
    code = CodeRecord("icd10cm", "E11.9", None, "code", "", "Type 2 diabetes mellitus", True, 1)
    load_edition(EditionFile("icd10cm", "2026", "rows", (code,)))
    keep_the_index()
    openings_index().rest(now=True)
    numbers = {"posting_id": opening.id, "application_id": application.id, "company_id": mercy.id}
    numbers |= {"document_id": application.document_id or 0, "person_id": ana.person_id or 0}
    return {
        **{name: str(number) for name, number in numbers.items()},
        "slug": mercy.slug,
        "system": "icd10cm",
        "code": "E11.9",
        "name": "about",
        "filename": "css/base.css",
        "accounts.confirm": token_for(CONFIRM, ana.person),
        "accounts.reset": token_for(RESET, ana.person),
        "accounts.confirm_address": token_for(NEW_ADDRESS, ana.person),
        "accounts.stop_letters": stop_token(ana.person_id or 0, "status_changed"),
        "employers.invitation": invitation,
    }


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods]


def path_of(rule: Rule, real: dict[str, str], **instead: str | bytes) -> str:
    """The path of `rule` with real parts but for those in `instead`, written as a browser writes them."""
    parts = []
    for dynamic, part in rule._trace:
        given = instead.get(part, real.get(rule.endpoint if part == "token" else part, "about"))
        parts.append(quote(given, safe="/") if dynamic else part)
    return "".join(parts).partition("|")[2]


def failures(player: Player, addresses: list[str]) -> list[str]:
    """The addresses answered with a server's error. Their HTML is not checked: it rightly shows what was asked."""
    found = []
    for address in addresses:
        with player.client.application.app_context():
            answer = FlaskClient.open(player.client, address)
        answer.close()
        if answer.status_code >= 500:
            found.append(f"{answer.status_code} {address[:200]}")
    return found


def is_shown(player: Player, address: str) -> bool:
    """Whether the player gets a page or a file there, rather than being led elsewhere or refused."""
    with player.client.application.app_context():
        answer = FlaskClient.open(player.client, address)
    answer.close()
    return answer.status_code == 200


@pytest.fixture
def answering(app: Flask, real: dict[str, str]) -> dict[str, str]:
    """The same, on a board that answers what goes wrong with a page, as when it is served."""
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return real


@pytest.fixture
def player(request: pytest.FixtureRequest, visitor: Player, ana: Player, eve: Player, mo: Player) -> Player:
    return {"visitor": visitor, "ana": ana, "eve": eve, "mo": mo}[request.param]


@pytest.mark.parametrize("player", CAST, indirect=True)
def test_no_part_of_a_path_makes_a_page_fail(app: Flask, player: Player, answering: dict[str, str]) -> None:
    hostile = [
        path_of(rule, answering, **{name: value})
        for rule in rules_of(app)
        for name in sorted(rule.arguments)
        for value in HOSTILE
    ]
    assert len(hostile) > 300
    assert failures(player, hostile) == []


@pytest.mark.parametrize("player", CAST, indirect=True)
def test_no_query_makes_a_page_fail(app: Flask, player: Player, answering: dict[str, str]) -> None:
    """The visitor asks for what anyone may see, the others for what is theirs."""
    app.request_class = type("Request", (app.request_class,), {"parameter_storage_class": Listening})
    hostile = []
    for rule in rules_of(app):
        path = path_of(rule, answering)
        Listening.asked_for.clear()
        for_anyone = audience_of(app, rule.endpoint) is ANYONE
        if for_anyone is not (player.person_id is None) or not is_shown(player, path):
            continue
        values = [quote(value) for value in HOSTILE]
        hostile += [f"{path}?{name}={value}" for name in sorted(Listening.asked_for) for value in values]
        hostile += [f"{path}?{query}" for query in QUERIES]
    assert len(hostile) > 60
    assert failures(player, hostile) == []
