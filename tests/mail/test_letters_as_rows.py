from __future__ import annotations

import email
from collections.abc import Callable
from datetime import timedelta
from email.policy import default as modern
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from jobboard import clock, unit_of_work
from jobboard.database import db
from jobboard.mail.actions import forget_old_bodies, write_letter
from jobboard.mail.addresses import full_address
from jobboard.mail.delivery import send_due
from jobboard.mail.kinds import KINDS
from jobboard.mail.models import Letter
from tests.mail.conftest import WriteLetter, fresh
from tests.page_rules import problems_of_letter

if TYPE_CHECKING:
    from flask import Flask

Mailing = Callable[..., "Flask"]


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Letter)) or 0


def test_a_letter_is_part_of_what_it_tells_of(app: Flask) -> None:
    write_letter(
        "reset",
        to="ivy@example.org",
        subject="x",
        template="accounts/reset",
        context={"link": "/", "hours": 2},
    )
    unit_of_work.rollback()
    assert count() == 0


def test_a_letter_with_a_key_is_written_once(app: Flask, write: WriteLetter) -> None:
    first = write(once_key="posting 7 closes 2026-03-01")
    second = write(once_key="posting 7 closes 2026-03-01", subject="Again")
    other = write(once_key="posting 8 closes 2026-03-01")
    assert first is second
    assert other is not first
    assert count() == 2


def test_an_unknown_kind_is_refused_by_name(app: Flask, write: WriteLetter) -> None:
    with pytest.raises(ValueError, match="newsletter"):
        write(kind="newsletter")


@pytest.mark.parametrize("address", ["", "a@b.example\nBcc: c@d.example", "a b@c.example"])
def test_an_address_that_would_break_a_header_is_refused(
    app: Flask, write: WriteLetter, address: str
) -> None:
    with pytest.raises(ValueError, match="cannot go to"):
        write(address)
    assert count() == 0


def test_a_subject_cannot_add_headers(mailing: Mailing, write: WriteLetter, tmp_path: Path) -> None:
    mailing(f"mailbox:{tmp_path}")
    write(subject="Coder\r\nBcc: everybody@example.org\x00\u2028 wanted " + "x" * 500)
    assert send_due() == 1
    message = email.message_from_bytes(next(tmp_path.glob("*.eml")).read_bytes(), policy=modern)
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Coder Bcc: everybody@example.org wanted xxx")
    assert len(message["Subject"]) <= 200


def test_what_a_person_wrote_is_escaped_in_html_and_plain_in_text(app: Flask) -> None:
    letter = write_letter(
        "reset",
        to="ivy@example.org",
        subject="x",
        template="accounts/reset",
        context={"link": "https://x.example/?a=1&b=<i>", "hours": 2},
    )
    assert "https://x.example/?a=1&b=<i>" in letter.text
    assert "<i>" not in letter.html
    assert "&lt;i&gt;" in letter.html


def test_links_in_letters_never_follow_the_host_of_a_request(mailing: Mailing) -> None:
    board = mailing("mailbox:/nowhere")
    with board.test_request_context("/", headers={"Host": "evil.example"}):
        assert full_address("accounts.sign_in", next="/a b") == "https://jobs.example.org/sign-in?next=/a+b"


def test_every_kind_says_why_it_comes_and_only_the_account_s_cannot_be_stopped() -> None:
    never_off = {kind.name for kind in KINDS.values() if not kind.can_be_off}
    assert never_off == {
        "confirm",
        "reset",
        "address_changed",
        "password_changed",
        "already_joined",
        "invitation",
    }
    assert all(kind.why.endswith(".") and kind.default in kind.choices for kind in KINDS.values())
    assert KINDS["new_application"].choices == ("at_once", "daily", "off")


def test_a_mailbox_folder_takes_whole_letters_only(
    mailing: Mailing, write: WriteLetter, tmp_path: Path
) -> None:
    folder = tmp_path / "deep" / "mailbox"
    mailing(f"mailbox:{folder}")
    letter = write()
    assert send_due() == 1
    assert [path.suffix for path in folder.iterdir()] == [".eml"]
    assert fresh(letter).sent_at is not None


def test_a_mailbox_folder_that_cannot_be_made_makes_letters_wait(
    mailing: Mailing, write: WriteLetter, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    mailing(f"mailbox:{tmp_path / 'file' / 'mailbox'}")
    letter = write()
    assert send_due() == 0
    assert "cannot be made" in fresh(letter).last_error


def test_the_text_of_letters_is_emptied_after_a_month(
    mailing: Mailing, write: WriteLetter, tmp_path: Path
) -> None:
    mailing(f"mailbox:{tmp_path}")
    sent, waiting = write(), write(not_before=clock.now() + timedelta(days=90))
    send_due()
    assert forget_old_bodies(timedelta(days=30)) == 0
    with clock.moved_by(timedelta(days=31)):
        assert forget_old_bodies(timedelta(days=30)) == 1
    assert fresh(sent).text == ""
    assert fresh(waiting).text != ""


def test_the_letters_are_valid_html(app: Flask, write: WriteLetter) -> None:
    assert problems_of_letter(write().html) == []
