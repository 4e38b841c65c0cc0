from __future__ import annotations

import email
import ssl
from collections.abc import Callable
from datetime import timedelta
from email.policy import default as modern
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from jobboard import clock
from jobboard.database import db
from jobboard.mail.delivery import CLAIM, PATIENCE, send_due, wait_after
from tests.mail.conftest import PostOffice, WriteLetter, fresh, unused_port

if TYPE_CHECKING:
    from flask import Flask

Mailing = Callable[..., "Flask"]
Office = tuple[PostOffice, int]


def test_a_letter_arrives_with_both_parts_and_its_headers(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    stop = "https://jobs.example.org/letters/stop/x"
    letter = write(kind="new_application", subject="Zoë applied – “Inpatient coder”", stop_url=stop)
    assert send_due() == 1
    sender, receivers, content = office.taken[0]
    assert (sender, receivers) == ("board@jobs.example.org", ["ivy@example.org"])
    message = email.message_from_bytes(content, policy=modern)
    assert message["Subject"] == "Zoë applied – “Inpatient coder”"
    assert message["From"] == "The board <board@jobs.example.org>"
    assert message["List-Unsubscribe"] == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@jobs.example.org>")
    assert message["Date"].datetime == letter.created_at.replace(microsecond=0)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "https://jobs.example.org/reset/abc" in plain.get_content()
    assert "Why you got this: you speak for the company" in plain.get_content()
    assert f"Stop these letters: {stop}" in plain.get_content()
    assert html.get_content().startswith("<!doctype html>")
    assert fresh(letter).sent_at is not None
    assert send_due() == 0
    assert len(office.taken) == 1


def test_a_letter_of_the_account_offers_no_stopping(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    write()
    send_due()
    message = email.message_from_bytes(office.taken[0][2], policy=modern)
    assert message["List-Unsubscribe"] is None


def test_a_mail_server_that_is_down_loses_nothing(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{unused_port()}")
    letters = [write(f"reader{number}@example.org") for number in range(3)]
    assert send_due() == 0
    for letter in letters:
        now = fresh(letter)
        assert (now.sent_at, now.failed_at, now.attempts) == (None, None, 1)
        assert "ConnectionRefusedError" in now.last_error
    mailing(f"smtp://127.0.0.1:{port}")
    assert send_due() == 0, "they rest before the next attempt"
    with clock.moved_by(wait_after(1) + timedelta(seconds=1)):
        assert send_due() == 3
    assert sorted(office.receivers) == [f"reader{number}@example.org" for number in range(3)]
    assert fresh(letters[0]).last_error == ""


def test_the_waits_grow_and_do_not_end() -> None:
    waits = [wait_after(attempt).total_seconds() for attempt in range(1, 12)]
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == wait_after(10_000).total_seconds() == 3600


def test_an_address_that_is_refused_for_good_ends_its_letter_and_no_other(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    office.refusals["gone@example.org"] = "550 5.1.1 no such user"
    gone, here = write("gone@example.org"), write("here@example.org")
    assert send_due() == 1
    assert office.receivers == ["here@example.org"]
    ended = fresh(gone)
    assert ended.failed_at is not None
    assert ended.last_error == "550 5.1.1 no such user"
    assert fresh(here).sent_at is not None
    with clock.moved_by(timedelta(days=2)):
        assert send_due() == 0


def test_a_letter_that_is_put_off_is_tried_again_for_days(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    office.refusals["busy@example.org"] = "450 4.2.1 try later"
    letter = write("busy@example.org")
    assert send_due() == 0
    assert fresh(letter).failed_at is None
    with clock.moved_by(timedelta(days=4)):
        send_due()
        assert fresh(letter).failed_at is None
    with clock.moved_by(PATIENCE + timedelta(hours=1)):
        send_due()
    assert fresh(letter).failed_at is not None
    assert "given up: 450 4.2.1 try later" in fresh(letter).last_error


@pytest.mark.parametrize(
    ("answer", "fails"), [("554 5.7.1 looks like spam", True), ("451 4.3.0 no room", False)]
)
def test_a_text_that_is_refused_is_told_from_one_that_is_put_off(
    mailing: Mailing, post_office: Office, write: WriteLetter, answer: str, fails: bool
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    office.answer_to_text = answer
    letter = write()
    assert send_due() == 0
    assert (fresh(letter).failed_at is not None) is fails
    assert fresh(letter).last_error == answer


def test_a_server_that_takes_no_password_makes_letters_wait(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    _, port = post_office
    mailing(f"smtp://board:secret@127.0.0.1:{port}")
    letter = write()
    assert send_due() == 0
    waiting = fresh(letter)
    assert waiting.failed_at is None
    assert "SMTPNotSupportedError" in waiting.last_error
    assert "secret" not in waiting.last_error


def test_two_workers_do_not_send_a_letter_twice(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    first = mailing(f"smtp://127.0.0.1:{port}")
    second = mailing(f"smtp://127.0.0.1:{port}")
    for number in range(12):
        write(f"reader{number}@example.org")
    together = Barrier(2)
    counts: list[int] = []

    def work(board: Flask) -> None:
        with board.app_context():
            together.wait()
            counts.append(send_due() + send_due())
            db.session.remove()

    workers = [Thread(target=work, args=(board,)) for board in (first, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(counts) == 12
    assert sorted(office.receivers) == sorted(f"reader{number}@example.org" for number in range(12))


def test_a_letter_claimed_by_a_worker_that_died_is_sent_by_the_next(
    mailing: Mailing, post_office: Office, write: WriteLetter
) -> None:
    office, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    letter = write()
    letter.not_before = clock.now() + CLAIM
    letter.attempts = 1
    db.session.commit()
    assert send_due() == 0
    with clock.moved_by(CLAIM + timedelta(seconds=1)):
        assert send_due() == 1
    assert office.receivers == ["ivy@example.org"]


def test_a_letter_waits_for_its_moment(mailing: Mailing, post_office: Office, write: WriteLetter) -> None:
    _, port = post_office
    mailing(f"smtp://127.0.0.1:{port}")
    write(not_before=clock.now() + timedelta(hours=3))
    assert send_due() == 0
    with clock.moved_by(timedelta(hours=3, minutes=1)):
        assert send_due() == 1


@pytest.fixture
def tls() -> ssl.SSLContext:
    """The side of a mail server whose certificate is of its own making, as Debian's packages set it up."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("certificate.pem"))
    return context


def test_the_user_and_password_of_the_mail_url_are_given_to_the_server(
    mailing: Mailing, write: WriteLetter, tls: ssl.SSLContext
) -> None:
    given: list[tuple[bytes, bytes]] = []

    def know(
        _server: object, _session: object, _envelope: object, _way: str, said: LoginPassword
    ) -> AuthResult:
        given.append((said.login, said.password))
        return AuthResult(success=said.password == b"p@ss/word", handled=False)

    office, port = PostOffice(), unused_port()
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=port,
        authenticator=know,
        auth_required=True,
        tls_context=tls,
    )
    controller.start()
    try:
        mailing(f"smtp://board:wrong@127.0.0.1:{port}")
        letter = write()
        assert send_due() == 0
        waiting = fresh(letter)
        assert waiting.failed_at is None, "a wrong password is the operator's to mend; the letter waits"
        assert waiting.last_error.startswith(f"the mail server 127.0.0.1:{port}: 535")
        mailing(f"smtp://board:p%40ss%2Fword@127.0.0.1:{port}")
        with clock.moved_by(timedelta(minutes=1)):
            assert send_due() == 1
    finally:
        controller.stop()
    assert set(given) == {(b"board", b"wrong"), (b"board", b"p@ss/word")}


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_letters_go_encrypted_where_the_server_can(
    mailing: Mailing, write: WriteLetter, tls: ssl.SSLContext, scheme: str
) -> None:
    office, port = PostOffice(), unused_port()
    encryption = {"ssl_context": tls} if scheme == "smtps" else {"tls_context": tls, "require_starttls": True}
    controller = Controller(office, hostname="127.0.0.1", port=port, **encryption)
    controller.start()
    try:
        mailing(f"{scheme}://127.0.0.1:{port}")
        write()
        assert send_due() == 1
    finally:
        controller.stop()
    assert office.receivers == ["ivy@example.org"]
