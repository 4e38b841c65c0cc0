from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from jobboard import create_app
from jobboard.database import db
from jobboard.mail.actions import write_letter
from jobboard.mail.models import Letter
from jobboard.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

WriteLetter = Callable[..., Letter]


@dataclass
class PostOffice:
    """A real mail server on this machine that keeps what it takes and refuses whom it is told to."""

    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    answer_to_text: str = "250 taken"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer_to_text.startswith("250"):
            self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return self.answer_to_text

    @property
    def receivers(self) -> list[str]:
        return [name for _, names, _ in self.taken for name in names]


def unused_port() -> int:
    """A port of this machine at which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, int]]:
    """The mail server and its port."""
    office = PostOffice()
    port = unused_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, port
    controller.stop()


@pytest.fixture
def mailing(board_settings: Callable[..., Settings]) -> Iterator[Callable[..., Flask]]:
    """Makes boards on one database, each with a mail URL of its own; the latest one's context is pushed."""
    contexts = []

    def make(mail_url: str, **more: object) -> Flask:
        board = create_app(
            board_settings(
                mail_url=mail_url,
                mail_from="The board <board@jobs.example.org>",
                base_url="https://jobs.example.org",
                **more,
            )
        )
        board.testing = True
        context = board.app_context()
        context.push()
        contexts.append(context)
        return board

    yield make
    for context in reversed(contexts):
        engine = db.engine
        # The context takes its session along, whose connection goes back to the pool; then the pool can be closed.
        context.pop()
        engine.dispose()


@pytest.fixture
def write() -> WriteLetter:
    """Writes a letter (a reset, unless told) and commits it."""

    def written(to: str = "ivy@example.org", **more: object) -> Letter:
        given: dict[str, Any] = {
            "kind": "reset",
            "subject": "Choose a new password",
            "template": "accounts/reset",
            "context": {"link": "https://jobs.example.org/reset/abc", "hours": 2},
        }
        given.update(more)
        letter = write_letter(given.pop("kind"), to=to, **given)
        db.session.commit()
        return letter

    return written


def fresh(letter: Letter) -> Letter:
    """The letter as it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get(Letter, letter.id)
    assert found is not None
    return found
