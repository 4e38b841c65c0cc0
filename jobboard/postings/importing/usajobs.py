"""Reads federal openings as their public questionnaires: id, title, agency, announcement, open_period, text."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote

from jobboard.postings.importing import fields
from jobboard.postings.importing.applying import how_to_apply
from jobboard.postings.importing.descriptions import LONGEST
from jobboard.postings.importing.given_dates import when
from jobboard.postings.importing.opening import Key, Opening, When
from jobboard.postings.importing.refusal import Refused
from jobboard.postings.importing.usajobs_description import description

LONGEST_TITLE: Final = 200
LONGEST_SOURCE: Final = 400_000
_BETWEEN = re.compile(r"\s+(?:to|through|until|–|-)\s+")
# The agency's own announcement has a number that the questionnaire does not know; the announcement number finds it.
_SEARCH: Final = "https://www.usajobs.gov/Search/Results?k="


class UsaJobs:
    """The reader of `--format usajobs`."""

    name = "usajobs"
    edition = 1

    def key(self, value: Any) -> Key:
        """Agency and `id`."""
        opening = _object(value)
        identifier = opening.get("id")
        if isinstance(identifier, int) and not isinstance(identifier, bool):
            identifier = str(identifier)
        words = fields.text(identifier, "id", longest=300)
        if not words:
            raise Refused("id", "missing")
        return Key(_needed(opening, "agency"), words)

    def posted(self, value: Any) -> When | None:
        """The first day of `open_period`."""
        return _period(_object(value))[0]

    def read(self, value: Any) -> Opening:
        """The whole opening. The grade in the text is no pay, and the office that hires is no workplace."""
        opening = _object(value)
        posted, closes = _period(opening)
        announcement = fields.line(opening.get("announcement"), "announcement", 100)
        words = description(fields.text(opening.get("text"), "text", longest=LONGEST_SOURCE))
        if not words:
            raise Refused("text", "says nothing about the opening")
        if len(words) > LONGEST:
            raise Refused("text", f"longer than {LONGEST:,} characters")
        addresses = [f"{_SEARCH}{quote(announcement, safe='')}"] if announcement else []
        return Opening(
            key=self.key(value),
            title=_needed(opening, "title"),
            description=words,
            posted=posted,
            closes=closes,
            company_facts={"setting": "government"},
            columns={"requisition_number": announcement, **how_to_apply(addresses, [])},
            terms={"setting": ("government",)},
            # A degree is one way among several to qualify, health insurance is a law one has to know, and citizenship
            # says nothing about the states of those who work remotely.
            unread=frozenset({"education", "benefit", "eligible_mode"}),
        )


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused("", f"expected an object, not {fields.kind(value)}")
    return value


def _needed(opening: dict[str, Any], field: str) -> str:
    words = fields.line(opening.get(field), field, LONGEST_TITLE + 1)
    if not words:
        raise Refused(field, "missing")
    if len(words) > LONGEST_TITLE:
        raise Refused(field, f"longer than {LONGEST_TITLE} characters")
    return words


def _period(opening: dict[str, Any]) -> tuple[When | None, When | None]:
    """Both days of "Tuesday, September 16, 2025 to Thursday, September 25, 2025"; nothing where none is given."""
    words = fields.line(opening.get("open_period"), "open_period", 200)
    if not words:
        return None, None
    days = _BETWEEN.split(words)
    if len(days) > 2:
        raise Refused("open_period", f"“{words[:60]}” is no period")
    first = when(days[0], "open_period")
    return first, when(days[1], "open_period") if len(days) > 1 else None
