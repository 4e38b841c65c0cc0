"""One person applying to one posting from a hundred threads at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import func, select

from jobboard.applications import actions
from jobboard.applications.models import Application, ApplicationEvent, Document
from jobboard.database import db
from jobboard.mail.models import Letter
from jobboard.postings.models import Posting
from jobboard.postings.presentation import snapshot
from tests.applications.openings import fresh, upload
from tests.conftest import Player, browser

THREADS = 100


def test_a_hundred_at_once_make_one_application(
    opening: Posting, ana: Player, app: Flask, data_dir: Path
) -> None:
    with ana.client.session_transaction() as cookie:
        known = dict(cookie)
    path = f"/jobs/{opening.id}/apply"
    browsers = []
    for _ in range(THREADS):
        client = browser(app)
        with client.session_transaction() as cookie:
            cookie.update(known)
        browsers.append((client, client.token()))
    db.session.remove()
    together, answers = Barrier(THREADS), []

    def press(client, token: str) -> None:
        together.wait()
        answer = client.post(
            path,
            data={"message": "Me", "resume": upload(), "csrf_token": token},
            headers={"Origin": "http://localhost"},
        )
        answers.append((answer.status_code, answer.get_data(as_text=True)))

    threads = [Thread(target=press, args=one) for one in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(status for status, _ in answers) == {303: 1, 409: THREADS - 1}
    assert all("You have already applied" in page for status, page in answers if status == 409)
    for table, number in ((Application, 1), (ApplicationEvent, 1), (Document, 1)):
        assert db.session.scalar(select(func.count()).select_from(table)) == number
    assert db.session.scalar(select(func.count(Letter.id)).where(Letter.kind == "application_received")) == 1
    assert len(list((data_dir / "documents").iterdir())) == 1


def test_the_database_itself_refuses_a_second_one(opening: Posting, ana: Player, monkeypatch) -> None:
    """Where two writers work side by side, both look before either has written; the constraint decides."""
    posting, person = fresh(opening), ana.person
    db.session.add(
        Application(posting=posting, person=person, message="First", posting_then=snapshot(posting))
    )
    db.session.commit()
    looked = iter([None])
    real = actions.queries.application_of
    monkeypatch.setattr(actions.queries, "application_of", lambda *who: next(looked, real(*who)))
    try:
        actions.apply(person, posting, message="Second")
    except actions.AlreadyApplied:
        refused = True
    else:
        refused = False
    assert refused
    assert db.session.scalars(select(Application.message)).all() == ["First"]
