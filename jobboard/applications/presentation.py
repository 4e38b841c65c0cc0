"""Applications as people read them: words for statuses, the timeline, sizes and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app

from jobboard.applications.models import Status
from jobboard.postings.dates import moment_words

if TYPE_CHECKING:
    from datetime import datetime

    from jobboard.accounts.models import Person
    from jobboard.applications.models import Application

STATUS_WORDS: dict[str, str] = {
    Status.NEW: "New",
    Status.IN_REVIEW: "In review",
    Status.INTERVIEW: "Interview",
    Status.OFFER: "Offer",
    Status.HIRED: "Hired",
    Status.NOT_SELECTED: "Not selected",
    Status.WITHDRAWN: "Withdrawn",
}
# What a candidate reads, where the company's word would say little to them.
CANDIDATE_WORDS: dict[str, str] = {**STATUS_WORDS, Status.NEW: "Sent"}
CHIP_KINDS: dict[str, str] = {
    Status.NEW: "strong",
    Status.IN_REVIEW: "wait",
    Status.INTERVIEW: "wait",
    Status.OFFER: "good",
    Status.HIRED: "good",
    Status.NOT_SELECTED: "",
    Status.WITHDRAWN: "",
}
_BAD = {Status.NOT_SELECTED, Status.WITHDRAWN}


@dataclass(frozen=True)
class Step:
    """A step of a timeline, as `_parts/timeline.html` shows it."""

    label: str
    when: str
    iso: str
    current: bool = False
    kind: str = ""


def zone_of(person: Person) -> str:
    """The IANA zone in which a person reads times: the account's, else the site's."""
    return person.time_zone or str(current_app.extensions["site"].time_zone)


def when(moment: datetime, person: Person) -> str:
    """A moment in words, in the zone of whoever reads it."""
    return moment_words(moment, zone_of(person))


def timeline(application: Application, reader: Person) -> list[Step]:
    """What became of an application, oldest first, with the first reading between."""
    own = application.person_id == reader.id
    words = CANDIDATE_WORDS if own else {**STATUS_WORDS, Status.NEW: "Received"}
    passed = [(event.at, words[Status(event.status)], Status(event.status)) for event in application.events]
    marks: list[tuple[datetime, str, Status | None]] = [*passed]
    if application.first_read_at is not None:
        marks.append((application.first_read_at, "Read by the company", None))
    marks.sort(key=lambda mark: mark[0])
    last = max(index for index, mark in enumerate(marks) if mark[2] is not None)
    return [
        Step(
            label, when(at, reader), at.isoformat(), current=index == last, kind="bad" if what in _BAD else ""
        )
        for index, (at, label, what) in enumerate(marks)
    ]


def size_words(size: int) -> str:
    """ "120 kB", "1.4 MB": a size in bytes as people say it."""
    return f"{max(1, round(size / 1000)):,} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
