"""A letter as a mail message: headers, a plain text part and an HTML part."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobboard.mail.models import Letter

# Lines up to here may stand as they are (RFC 5322, section 2.1.1); longer ones are encoded.
_LONGEST_LINE = 998
_BODY = SMTP.clone(max_line_length=_LONGEST_LINE)


def message_of(letter: Letter, sender: str, *, eight_bit: bool = True) -> EmailMessage:
    """The letter as a message from `sender` ("Name <address>"). ValueError where a header would break.

    Without `eight_bit` the bodies are encoded for servers that take seven bits only. The Message-ID depends on the
    letter alone, so that a mail program recognises a letter that was handed over twice.
    """
    message = EmailMessage(policy=_BODY)
    name, address = parseaddr(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.to_address)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = message_id(letter, address)
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop_url:
        message["List-Unsubscribe"] = f"<{letter.stop_url}>"
        if letter.stop_url.startswith("https://"):
            # RFC 8058 allows the one-click form for https addresses only.
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    encoding = None if eight_bit else "quoted-printable"
    message.set_content(letter.text, cte=encoding)
    message.add_alternative(letter.html, subtype="html", cte=encoding)
    return message


def message_id(letter: Letter, sender: str) -> str:
    """The same identifier each time the letter is put into a message."""
    domain = sender.rpartition("@")[2] or "localhost"
    stamp = f"{letter.id}.{letter.created_at.timestamp():.6f}.{letter.to_address}"
    return f"<letter.{letter.id}.{hashlib.sha256(stamp.encode()).hexdigest()[:20]}@{domain}>"
