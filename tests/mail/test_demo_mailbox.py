from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jobboard.mail.delivery import send_due
from jobboard.mail.mailbox import FoundLetter
from tests.conftest import browser
from tests.mail.conftest import WriteLetter

if TYPE_CHECKING:
    from flask import Flask

Mailing = Callable[..., "Flask"]


def test_a_demo_shows_its_letters_with_working_links(
    mailing: Mailing, write: WriteLetter, tmp_path: Path
) -> None:
    client = browser(mailing(f"mailbox:{tmp_path}", demo=True))
    assert "No letters yet" in client.get("/mailbox").text
    write(subject="Choose <b>boldly</b>")
    assert "One letter is on the way" in client.get("/mailbox").text
    send_due()
    page = client.get("/mailbox").text
    assert "Choose &lt;b&gt;boldly&lt;/b&gt;" in page
    name = next(tmp_path.glob("*.eml")).name
    assert f'href="/mailbox/{name}"' in page
    letter = client.get(f"/mailbox/{name}").text
    assert '<a href="https://jobs.example.org/reset/abc">https://jobs.example.org/reset/abc</a>' in letter


def test_only_a_demo_has_a_mailbox(mailing: Mailing, write: WriteLetter, tmp_path: Path) -> None:
    client = browser(mailing(f"mailbox:{tmp_path}"))
    write()
    send_due()
    name = next(tmp_path.glob("*.eml")).name
    assert client.get("/mailbox").status_code == 404
    assert client.get(f"/mailbox/{name}").status_code == 404


def test_the_mailbox_shows_no_other_file(mailing: Mailing, tmp_path: Path) -> None:
    (tmp_path / "mailbox").mkdir()
    (tmp_path / "secret.eml").write_text("Subject: secret\n\nsecret")
    (tmp_path / "mailbox" / ".draft-1.eml").write_text("Subject: half\n\nhalf")
    client = browser(mailing(f"mailbox:{tmp_path / 'mailbox'}", demo=True))
    for name in ("..%2Fsecret.eml", "../secret.eml", ".draft-1.eml", "none.eml", "%00.eml"):
        assert client.get(f"/mailbox/{name}").status_code == 404, name
    assert "half" not in client.get("/mailbox").text


def test_links_are_found_in_a_text_and_everything_else_is_escaped() -> None:
    letter = FoundLetter(
        "x.eml", "", "", "", None, "See https://a.example/x?y=1&z=2. <script>alert(1)</script>"
    )
    assert letter.linked_text == (
        'See <a href="https://a.example/x?y=1&amp;z=2">https://a.example/x?y=1&amp;z=2</a>. '
        "&lt;script&gt;alert(1)&lt;/script&gt;"
    )
