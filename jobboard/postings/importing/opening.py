"""What one line of an import says, in the board's own terms, and what a reader of a format offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jobboard.postings.content import PlaceGiven

# A bare day, or an aware moment whose day depends on the company's zone.
When = date | datetime


@dataclass(frozen=True)
class Key:
    """By what a posting is found again: its company and its identifier as imported.

    A line without one is known by `derived`, which is made of what tells it from others of the company.
    """

    company: str
    identifier: str | None
    derived: str = ""


@dataclass(frozen=True)
class Opening:
    """A line that can be taken. What is stated in the source's own structure is in `columns` and `terms`; what is said
    in words only stands in `description` (Markdown) and is recognised there."""

    key: Key
    title: str
    description: str
    posted: When | None = None
    closes: When | None = None
    company_facts: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    places: Sequence[PlaceGiven] = ()
    # Remote by markup that knows no finer word, and eligible by naming the whole country.
    telecommute: bool = False
    country_wide: bool = False
    # Columns and facets that the text of this source does not tell, whatever words it uses.
    unread: frozenset[str] = frozenset()


class Reader(Protocol):
    """Reads lines of one format. Each method raises `Refused`."""

    name: str
    # Raised when lines are read in another way, so that unchanged ones are taken again.
    edition: int

    def key(self, value: Any) -> Key:
        """By what the posting is found again; cheap."""

    def posted(self, value: Any) -> When | None:
        """The day of posting; cheap."""

    def read(self, value: Any) -> Opening:
        """The whole line."""
