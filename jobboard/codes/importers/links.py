"""What leads from one code to another, as importers hand it to the table of relations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of a set, from a code of a system to a code of the same or another."""

    system: str
    code: str
    kind: str
    to_system: str
    to_code: str
    note: str


def relation(link: Link) -> Iterable[dict[str, Any]]:
    """The row of a link."""
    yield asdict(link)
