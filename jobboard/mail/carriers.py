"""What letters go out by: a mail server (SMTP), or a folder in which each becomes a file."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import smtplib
import ssl
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from jobboard.mail.message import message_of

if TYPE_CHECKING:
    from types import TracebackType

    from jobboard.mail.models import Letter

TIMEOUT_SECONDS = 20
_SMTP_PORT, _SMTPS_PORT = 25, 465
_SERVER_IS_CLOSING = 421


class Away(Exception):
    """The carrier cannot be used now; no letter is to blame."""


class Deferred(Exception):
    """This letter was not taken now, and may be later."""


class Refused(Exception):
    """This letter was refused for good."""


class Carrier(Protocol):
    """Opened with `with` (raises `Away`), then takes letters (raises `Away`, `Deferred` or `Refused`)."""

    def __enter__(self) -> Carrier: ...
    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def take(self, letter: Letter) -> None: ...


def carrier_for(url: str, sender: str) -> Carrier:
    """The carrier that a mail URL names: `mailbox:/folder`, `smtp://[user:password@]host[:port]`, `smtps://…`."""
    if url.startswith("mailbox:"):
        return MailboxFolder(mailbox_folder(url), sender)
    return MailServer(url, sender)


def mailbox_folder(url: str) -> Path:
    """The folder of a `mailbox:` URL."""
    return Path(url.removeprefix("mailbox:"))


class MailboxFolder:
    """A folder with one .eml file per letter."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def __enter__(self) -> MailboxFolder:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Away(f"the mailbox folder cannot be made: {problem}") from problem
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def take(self, letter: Letter) -> None:
        """Write the letter as a file that is there whole or not at all."""
        content = _bytes_of(letter, self.sender)
        name = f"{letter.created_at:%Y%m%dT%H%M%S}-{letter.id:08d}-{letter.kind}.eml"
        try:
            handle, draft = tempfile.mkstemp(dir=self.folder, prefix=".draft-")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self.folder / name)
        except OSError as problem:
            raise Away(f"the mailbox folder cannot be written: {problem}") from problem


class MailServer:
    """A mail server: encrypted from the start with smtps, by STARTTLS where the server offers it with smtp."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self.sender = sender
        self.host = parts.hostname or "localhost"
        self.encrypted = parts.scheme == "smtps"
        self.port = parts.port or (_SMTPS_PORT if self.encrypted else _SMTP_PORT)
        self.user = unquote(parts.username or "")
        self.password = unquote(parts.password or "")
        self._link: smtplib.SMTP | None = None

    def __enter__(self) -> MailServer:
        try:
            self._link = self._connected()
        except (OSError, smtplib.SMTPException) as problem:
            raise Away(f"the mail server {self.host}:{self.port}: {in_words(problem)}") from problem
        return self

    def __exit__(self, *_: object) -> None:
        if self._link is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._link.quit()
            self._link = None

    def take(self, letter: Letter) -> None:
        """Hand the letter over; returns only when the server has taken it."""
        if self._link is None:
            raise Away("the mail server is not connected")
        eight_bit = self._link.has_extn("8bitmime")
        try:
            message = message_of(letter, self.sender, eight_bit=eight_bit)
        except (ValueError, LookupError) as problem:
            raise Refused(f"no message can be made of it: {problem}") from problem
        try:
            self._link.send_message(message, mail_options=["BODY=8BITMIME"] if eight_bit else ())
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = next(iter(problem.recipients.values()))
            raise _verdict(code)(f"{code} {_text(words)}") from problem
        except (smtplib.SMTPSenderRefused, smtplib.SMTPServerDisconnected) as problem:
            # The sender's address is the operator's matter, not this letter's.
            raise Away(in_words(problem)) from problem
        except smtplib.SMTPResponseException as problem:
            raise _verdict(problem.smtp_code)(in_words(problem)) from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise Away(in_words(problem)) from problem

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if _is_this_machine(self.host):
            # A mail server on this machine has a certificate of its own making, and nobody is between.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        link: smtplib.SMTP
        if self.encrypted:
            link = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            link = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            link.ehlo()
            secure = self.encrypted
            if not secure and link.has_extn("starttls"):
                link.starttls(context=context)
                link.ehlo()
                secure = True
            if self.user:
                if not secure and not _is_this_machine(self.host):
                    raise smtplib.SMTPException("it offers no encryption, so the password is not sent to it")
                link.login(self.user, self.password)
        except BaseException:
            link.close()
            raise
        return link


def in_words(problem: BaseException) -> str:
    """What went wrong, on one line, for `last_error`."""
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_text(problem.smtp_error)}"
    return f"{type(problem).__name__}: {problem}".replace("\n", " ")


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _verdict(code: int) -> type[Deferred | Refused | Away]:
    if code == _SERVER_IS_CLOSING:
        return Away
    return Refused if 500 <= code < 600 else Deferred


def _bytes_of(letter: Letter, sender: str) -> bytes:
    try:
        return message_of(letter, sender).as_bytes()
    except (ValueError, LookupError) as problem:
        raise Refused(f"no message can be made of it: {problem}") from problem


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
