"""A small world with one thing of every kind, made by the board's own actions, that can be put back as it was."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jobboard import create_app
from jobboard.accounts import actions as accounts
from jobboard.accounts import passwords, sessions
from jobboard.accounts.models import Person
from jobboard.accounts.tokens import CONFIRM, NEW_ADDRESS, RESET, stop_token, token_for
from jobboard.applications import actions as applications
from jobboard.applications import documents
from jobboard.applications.documents import Upload
from jobboard.applications.sniffing import kind_of
from jobboard.codes import article_actions
from jobboard.codes.article_actions import Written
from jobboard.codes.article_models import CodeEditorNote
from jobboard.codes.book_models import GuidelineSection, IndexTerm
from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.icd10cm_source import read_shipped
from jobboard.codes.loading import load_dataset, load_edition
from jobboard.codes.models import CodeEdition
from jobboard.codes.note_actions import add_note, version_of
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.employers.models import CompanyInvitation
from jobboard.moderation import actions as moderation
from jobboard.my_codes import actions as my_codes
from jobboard.my_codes.queries import favourites_in
from jobboard.postings import actions as postings
from jobboard.postings.addresses import posting_path
from jobboard.postings.content import Content
from jobboard.search.drain import drain
from jobboard.search.index import openings_index
from jobboard.search.rebuild import ensure
from jobboard.settings import default_settings
from tests.applications.openings import PDF, company_of, in_review, join_company, opened
from tests.codes.tiny_editions import load_tiny
from tests.codes.tiny_pcs import load_pcs
from tests.conftest import PASSWORD, Player, browser, make_person

if TYPE_CHECKING:
    from flask import Flask

    from jobboard.applications.models import Document
    from tests.databases import Databases
    from tests.page_check import CheckedClient

CAST = ("Visitor", "Ana", "Ben", "Eve", "Max", "Olga", "Mo")


@dataclass
class World:
    """The board with the cast in it. `names` are the ids, slugs and tokens that addresses and forms speak of."""

    app: Flask
    folder: Path
    kept: Path
    databases: Databases
    database_url: str
    kept_url: str
    cookies: dict[str, str]
    names: dict[str, object]

    def browser_of(self, player: str) -> CheckedClient:
        """A fresh browser in which `player` is signed in; nobody is, for the visitor."""
        client = browser(self.app)
        if player in self.cookies:
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = self.cookies[player], True
        return client

    def put_back(self) -> None:
        """Everything as it was when the world was made; the index is not touched by what is put back."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        self.databases.put_back(self.database_url, self.kept_url)
        shutil.rmtree(self.folder / "documents", ignore_errors=True)
        kept = shutil.ignore_patterns("board.db")
        shutil.copytree(self.kept, self.folder, ignore=kept, dirs_exist_ok=True)


def made(folder: Path, databases: Databases) -> World:
    """A new world in `folder` (which is not there yet) on one of `databases`."""
    folder.mkdir(parents=True)
    url = databases.migrated(folder)
    (folder / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (folder / "site.toml").write_text('logo = "mark.svg"\n', encoding="utf-8")
    app = create_app(
        default_settings(
            folder,
            database_url=url,
            secret_key="a-key-for-tests-0123456789-abcdefgh",
            rate_limits=False,
            base_url="http://localhost",
        )
    )
    app.testing = True
    with app.test_request_context("/", base_url="http://localhost"):
        cookies, players = _cast(app)
        names = _things(players)
        openings_index().rest(now=True)
        db.session.remove()
        db.engine.dispose()
    kept = folder.parent / f"{folder.name} as it was"
    shutil.copytree(folder, kept, ignore=shutil.ignore_patterns("search", "board.db*"))
    return World(app, folder, kept, databases, url, databases.copy(url, kept), cookies, names)


def _cast(app: Flask) -> tuple[dict[str, str], dict[str, Player]]:
    password_hash = passwords.hash_of(PASSWORD)
    cookies, players = {}, {}
    for name in CAST[1:]:
        person = make_person(name, password_hash=password_hash, is_moderator=name == "Mo")
        cookies[name] = sessions.begin(person, "127.0.0.1", "test").get_id()
        players[name] = Player(name, browser(app), person.id)
    db.session.commit()
    return cookies, players


def _things(cast: dict[str, Player]) -> dict[str, object]:
    ana, ben, eve, max_, olga, mo = (cast[name] for name in CAST[1:])
    load_edition(_few_codes())
    note = _books_and_note(mo)
    load_tiny("apc", "2026-07", date(2026, 7, 1), [("5012", "Clinic visits")])
    load_tiny("apc", "2026-10", date(2026, 10, 1), [("5012", "Clinic visits"), ("5013", "More visits")])
    load_pcs()
    mercy = company_of(eve, "Mercy Hospital", website="https://example.org")
    join_company(mercy, max_)
    lakeside = company_of(olga, "Lakeside Clinic")
    shut = employers.found(ben.person, "Shut Clinic", {})
    invitation = employers.invite(mercy, ben.email, "recruiter", eve.person)
    db.session.commit()

    opening = opened(mercy, eve, mo, title="Open opening")
    elsewhere = opened(
        mercy, eve, mo, title="Elsewhere", apply_by="address", apply_url="https://apply.example.org/1"
    )
    changed = opened(mercy, eve, mo, title="Changed opening")
    postings.change(changed, Content(columns={"title": "Another title"}), person_id=eve.person_id)
    closed = opened(mercy, eve, mo, title="Closed opening")
    postings.close(closed, person_id=eve.person_id, reason="filled")
    waiting = in_review(mercy, eve, title="Waiting opening")
    draft = postings.copy(opening, person_id=eve.person_id)  # type: ignore[arg-type]
    db.session.commit()

    sent, spare = _resume(ana, "sent.pdf"), _resume(ana, "spare.pdf")
    application = applications.apply(ana.person, opening, message="I code charts.", document=sent)
    moderation.report(opening, "scam", "It asks for a fee.", person_id=None, address="192.0.2.1")
    moderation.suspend_company(shut, mo.person, "No such clinic.")
    nia = make_person("Nia", confirmed_at=None, password_hash=ana.person.password_hash)
    oda = make_person("Oda")
    moderation.suspend_person(oda, mo.person, "Sent nonsense.")
    accounts.ask_for_address(ana.person, "ana.new@example.org")
    other = sessions.begin(ana.person, "127.0.0.1", "another browser")
    kept = my_codes.keep(ana.person_id or 0, "icd10cm", "E11.9")
    (favourite,) = favourites_in(kept)
    licensed = CodeEdition(
        system="cpt", label="licensed", owner="An owner", notice="Read this first.", in_force=True
    )
    db.session.add(licensed)
    db.session.commit()
    with openings_index().writing() as index:
        ensure(index)
        drain(index)
    (invited,) = db.session.scalars(db.select(CompanyInvitation))
    return {
        **{player.name.lower(): player.person_id for player in cast.values()},
        "licensed": licensed.id,
        "folder": kept.id,
        "favourite": favourite.id,
        "nia": nia.id,
        "oda": oda.id,
        "mercy": mercy.slug,
        "mercy_id": mercy.id,
        "mercy_version": mercy.version,
        "lakeside": lakeside.slug,
        "shut_id": shut.id,
        "invitation": invited.id,
        "invitation_token": invitation,
        "opening": opening.id,
        "opening_path": posting_path(opening),
        "opening_version": opening.version,
        "opening_code": opening.codes[0].id,
        "code_note": note.id,
        "code_note_version": version_of(note),
        "elsewhere": elsewhere.id,
        "changed": changed.id,
        "closed": closed.id,
        "waiting": waiting.id,
        "waiting_version": waiting.version,
        "draft": draft.id,
        "draft_version": draft.version,
        "application": application.id,
        "application_version": application.version,
        "sent_resume": sent.id,
        "spare_resume": spare.id,
        "session": other.session.id,
        "confirm_token": token_for(CONFIRM, nia),
        "reset_token": token_for(RESET, nia),
        "address_token": token_for(NEW_ADDRESS, db.session.get(Person, ana.person_id)),  # type: ignore[arg-type]
        "stop_token": stop_token(ana.person_id or 0, "status_changed"),
        "password": PASSWORD,
    }


def _resume(player: Player, name: str) -> Document:
    upload = Upload(name, kind_of(PDF), PDF + name.encode())
    with documents.received(upload) as stored:
        assert stored is not None
        kept = documents.add(player.person_id or 0, upload, stored)
        db.session.commit()
    return kept


def _books_and_note(mo: Player) -> CodeEditorNote:
    """A line of the index, a section of the guidelines and an editor's note on one code, and an article's draft."""
    line = {"position": 1, "level": 0, "path": "Diabetes", "code": "E11.9"}
    section = {"number": "I.C.4.a", "position": 1, "title": "Diabetes", "page": 39, "text": "Diabetes"}
    for kind, part in (
        ("index", Part(IndexTerm, [line], lambda row: [row])),
        ("guidelines", Part(GuidelineSection, [section], lambda row: [row])),
    ):
        load_dataset(Dataset("icd10cm", kind, "2026", date(2025, 10, 1), "planted", (part,)))
    values = {
        "kind": "compliance",
        "text": "Name the type.",
        "source": "Planted",
        "dated_on": date(2025, 10, 1),
    }
    note = add_note("icd10cm", "E11.9", values, mo.person_id or 0)
    essay = Written("Injection near the spine", "In brief.", [], date(2025, 10, 1))
    article_actions.save("cpt", "62323", essay, mo.person_id or 0, 0)
    db.session.commit()
    return note


def _few_codes() -> object:
    shipped = read_shipped()
    chosen: set[str | None] = set()
    records = []
    for record in shipped.records:
        if record.code == "E00-E89" or record.parent in chosen:
            chosen.add(record.code)
            records.append(record)
    return replace(shipped, records=tuple(records))
