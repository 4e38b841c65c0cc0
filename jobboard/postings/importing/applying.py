"""How one applies, as a source says it. Nothing is ever applied for here: nobody of the company would read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from jobboard.accounts.addresses import checked_address
from jobboard.postings.importing import fields

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_ADDRESS: Final = 1000
LONGEST_MAIL: Final = 320
CLOSED: Final = {"apply_by": "closed", "apply_url": "", "apply_email": ""}


def how_to_apply(addresses: Iterable[Any], mails: Iterable[Any]) -> dict[str, str]:
    """The first usable web address, else the first mail address, else `closed`."""
    for address in addresses:
        if found := https(address):
            return {"apply_by": "address", "apply_url": found, "apply_email": ""}
    for address in mails:
        if found := mail(address):
            return {"apply_by": "mail", "apply_url": "", "apply_email": found}
    return dict(CLOSED)


def https(address: Any) -> str:
    """An https address with a real host, '' for anything else. http becomes https, which the board asks of everyone;
    with a port of its own it cannot."""
    if not isinstance(address, str):
        return ""
    words = fields.clean(address).strip()
    if words.lower().startswith("http://"):
        words = f"https://{words[7:]}"
        if ":" in words[8:].partition("/")[0]:
            return ""
    try:
        parts = urlsplit(words)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    unfit = any(letter.isspace() or letter in "<>\"'\\" for letter in words)
    if parts.scheme != "https" or "." not in host.strip(".") or parts.username is not None or unfit:
        return ""
    return words if len(words) <= LONGEST_ADDRESS else ""


def mail(address: Any) -> str:
    """A mail address that can be written to, '' for anything else."""
    if not isinstance(address, str) or len(address) > LONGEST_MAIL:
        return ""
    try:
        return checked_address(address.strip().removeprefix("mailto:"))
    except ValueError:
        return ""
