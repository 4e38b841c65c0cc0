"""Reading the mailbox folder: what a demo's letters became."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9_-]{1,120}\.eml")
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


@dataclass(frozen=True)
class FoundLetter:
    """A letter as its file says it. `text` is empty in a list."""

    name: str
    to: str
    sender: str
    subject: str
    date: datetime | None
    text: str = ""

    @property
    def linked_text(self) -> Markup:
        """The text with its addresses as links, everything else escaped."""
        parts: list[Markup] = []
        end = 0
        for link in _LINK.finditer(self.text):
            parts += [
                escape(self.text[end : link.start()]),
                Markup('<a href="{0}">{0}</a>').format(link[0]),
            ]
            end = link.end()
        return Markup("").join([*parts, escape(self.text[end:])])


def letters_in(folder: Path, limit: int = 100) -> list[FoundLetter]:
    """The newest letters in the folder, newest first; nothing where there is no folder."""
    if not folder.is_dir():
        return []
    names = sorted((path.name for path in folder.glob("*.eml") if _NAME.fullmatch(path.name)), reverse=True)
    return [letter for name in names[:limit] if (letter := _read(folder / name, body=False)) is not None]


def letter_in(folder: Path, name: str) -> FoundLetter | None:
    """The letter in the file `name` of the folder, or None."""
    if not _NAME.fullmatch(name) or not (folder / name).is_file():
        return None
    return _read(folder / name, body=True)


def _read(path: Path, *, body: bool) -> FoundLetter | None:
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=modern)
    except OSError:
        return None
    part = message.get_body(("plain",)) if body else None
    text = str(part.get_content()) if part is not None else ""
    try:
        date = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        date = None
    return FoundLetter(
        name=path.name,
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        date=date,
        text=text,
    )
