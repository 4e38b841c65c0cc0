"""Licensed wording and a members' section, planted, and asked for through every endpoint by those who may not see them.

The walk takes its addresses from the application's own map, so that a new endpoint is walked as soon as it is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import Rule

from jobboard import create_app
from jobboard.codes.models import CodeEdition
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.mail.models import Letter
from jobboard.postings import actions
from jobboard.postings.addresses import posting_path
from jobboard.postings.content import Content, PlaceGiven
from jobboard.postings.models import Posting
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure
from jobboard.settings import Settings
from tests.codes.tiny_editions import load_tiny
from tests.conftest import Player, signed_in

OFFICIAL = "Zyxomancy of the spleen with quintuple brixling"
CHAPTER = "Zyxomancies and other brixlings"
MEMBERS_ONLY = "Quorbling is told to members alone."
CODE = "00123"
ARTICLE = f"""+++
system = "cpt"
code = "{CODE}"
title = "A public title"
summary = "A public summary."
reviewed = 2026-01-02
members = ["Risks and complications"]
+++

## Risks and complications

{MEMBERS_ONLY}
"""
EDITOR = "/moderation/articles/"
PLANTED = ("zyxomanc", "brixling", "quorbling")

# What stands in the parts of addresses, whatever endpoint they belong to; ids are added from the board.
VALUES: dict[str, list[str]] = {
    "system": ["cpt", "CPT4", "modifier"],
    "code": [CODE, "00100-00199", "00123-00124", "001"],
    "slug": ["mercy-hospital"],
    "name": ["about"],
    "filename": ["theme.css"],
    "state": ["texas"],
    "credential": ["cpc"],
    "specialty": ["inpatient-acute"],
    "number": ["1"],
    "token": ["x"],
}
QUESTIONS = (
    "",
    "?q=zyxomancy",
    f"?q={CODE}&code={CODE}&system=cpt&within={CODE}&on=2026-06-01&edition=planted",
    f"?code=cpt:{CODE}&words=brixling&q=brixling&kind=new",
)


@pytest.fixture
def app(board_settings: Callable[..., Settings], data_dir: Path) -> Iterator[Flask]:
    """A board with the plants, a posting that names the code, and its index."""
    (data_dir / "articles").mkdir()
    (data_dir / "articles" / "planted.md").write_text(ARTICLE)
    board = create_app(board_settings(rate_limits=False, base_url="http://localhost", demo=True))
    board.testing = True
    with board.app_context():
        lines = [
            ("00100-00199", CHAPTER, None, "chapter"),
            (CODE, OFFICIAL, "00100-00199"),
            ("00124", f"{OFFICIAL}, twice", "00100-00199"),
        ]
        load_tiny("cpt", "older", date(2025, 1, 1), lines[:2])
        load_tiny("cpt", "planted", date(2026, 1, 1), lines)
        db.session.execute(update(CodeEdition).values(visible_to="members", owner="The owner"))
        db.session.commit()
        yield board
        openings_index().rest(now=True)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def posting(app: Flask, eve: Player, mo: Player) -> Posting:
    company = employers.found(eve.person, "Mercy Hospital", {"website": "https://mercy.example.org"})
    columns = {
        "title": "Clinic coder",
        "description": "You will code outpatient charts of a busy clinic and answer the questions of its billing "
        f"office. CPT {CODE} daily, CPT 00100-00199 too.",
        "arrangement": "on-site",
        "pay_basis": "hourly",
        "pay_least_cents": 2800,
        "pay_most_cents": 3400,
        "apply_by": "here",
    }
    terms = {"specialty": ["inpatient-acute"], "role": ["production-coder"], "employment": ["full-time"]}
    content = Content(columns=columns, terms=terms, places=[PlaceGiven("Austin", "TX")])
    posting = actions.draft(company, content, person_id=eve.person_id)
    actions.submit(posting, person_id=eve.person_id)
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    return posting


def addresses(app: Flask, ids: dict[str, str]) -> list[str]:
    """Every address of the map that answers GET, with each of the values that fit its parts."""
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            found += filled(rule, ids)
    return found


def filled(rule: Rule, ids: dict[str, str]) -> list[str]:
    parts = re.findall(r"<(?:[^:<>]+:)?([^<>]+)>", rule.rule)
    choices = [[ids[part]] if part in ids else VALUES.get(part, ["1"]) for part in parts]
    made = []
    for chosen in product(*choices):
        address = rule.rule
        for value in chosen:
            address = re.sub(r"<[^<>]+>", quote(value), address, count=1)
        made.append(address)
    return made


def told(client: FlaskClient, address: str) -> list[str]:
    """The planted words that an answer holds, anywhere in its body or headers; what was asked for is not an answer."""
    with client.application.app_context():
        answer = client.get(address)
        text = f"{answer.headers}\n{answer.get_data().decode(errors='replace')}".lower()
        answer.close()
    asked = address.partition("?")[2].lower()
    return [word for word in PLANTED if word in text and word not in asked]


def walk(app: Flask, player: Player | None, ids: dict[str, str]) -> list[tuple[str, list[str]]]:
    client = plain_client(app, player)
    found = [
        (asked, words)
        for asked in map("".join, product(addresses(app, ids), QUESTIONS))
        if (words := told(client, asked))
    ]
    with app.app_context():
        # Nothing on the way signed them out: then the rest would have been asked as a guest.
        assert client.get("/account").status_code == (200 if player else 302)
    return found


def plain_client(app: Flask, player: Player | None) -> FlaskClient:
    """A browser that only asks, signed in as `player`."""
    client = FlaskClient(app, app.response_class)
    if player is not None:
        cookie = player.client.get_cookie("board")
        client.set_cookie("board", cookie.value)
    return client


def put_into(player: Player, group: str) -> None:
    db.session.add(CodeMembership(person_id=player.person_id, group_name=group))
    db.session.commit()


@pytest.fixture
def ids(app: Flask, posting: Posting, ana: Player) -> dict[str, str]:
    path = posting_path(posting)
    with openings_index().writing() as index:
        ensure(index)
        drain(index)
    openings_index().rest(now=True)
    editions = list(db.session.scalars(select(CodeEdition.id).where(CodeEdition.label == "planted")))
    return {
        "posting_id": str(posting.id),
        "slug": path.partition("-")[2],
        "company_id": str(posting.company_id),
        "person_id": str(ana.person_id),
        "edition_id": str(editions[0]),
    }


def test_the_walk_would_see_what_it_looks_for(app: Flask, ids: dict[str, str]) -> None:
    member = signed_in(app, "Mia")
    put_into(member, "members")
    seen = {word for _, words in walk_of(app, member, ids, "pages.code") for word in words}
    assert seen == set(PLANTED)


def test_planted_text_is_met_by_nobody_who_may_not_see_it(
    app: Flask, ids: dict[str, str], eve: Player, mo: Player
) -> None:
    other = signed_in(app, "Oda")
    put_into(other, "another group")
    leaks = {
        name: walk(app, player, ids)
        for name, player in (
            ("a guest", None),
            ("another group", other),
            ("an employer", eve),
            ("a moderator", mo),
        )
    }
    # Who writes articles reads what is for members, where they write it, and no official text there either.
    written = {tuple(words) for path, words in leaks["a moderator"] if path.startswith(EDITOR)}
    assert written <= {("quorbling",)}
    leaks["a moderator"] = [one for one in leaks["a moderator"] if not one[0].startswith(EDITOR)]
    assert leaks == {name: [] for name in leaks}


def test_not_even_by_a_member_who_has_not_accepted_or_after_the_end(app: Flask, ids: dict[str, str]) -> None:
    member = signed_in(app, "Mia")
    put_into(member, "members")
    for values in ({"notice": "Read this."}, {"notice": "", "ends_on": date(2020, 1, 1)}):
        db.session.execute(update(CodeEdition).values(values))
        db.session.commit()
        words = {word for _, found in walk(app, member, ids) for word in found}
        assert words == {"quorbling"}


def test_no_letter_tells_it(app: Flask, ids: dict[str, str]) -> None:
    columns = Letter.__table__.columns
    letters = [str(tuple(row)).lower() for row in db.session.execute(select(*columns))]
    assert letters
    assert [word for word in PLANTED for letter in letters if word in letter] == []


def walk_of(app: Flask, player: Player, ids: dict[str, str], endpoint: str) -> list[tuple[str, list[str]]]:
    client = plain_client(app, player)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
    return [
        (address, words)
        for rule in rules
        for address in filled(rule, ids)
        if (words := told(client, address))
    ]
