"""What moderators read: how long somebody has been here, whose address agrees, what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jobboard import clock
from jobboard.applications.presentation import when
from jobboard.postings.labels import count
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from jobboard.accounts.models import Person
    from jobboard.moderation.queries import Waiting
    from jobboard.postings.models import PostingEvent, PostingReport

_VERBS = {
    "draft": "Begun",
    "submit": "Handed in",
    "offer": "Imported",
    "take_back": "Taken back",
    "approve": "Approved",
    "return": "Returned",
    "publish": "Published",
    "renew": "Renewed",
    "change": "Changed",
    "drop_change": "Change dropped",
    "close": "Closed",
    "expire": "Ran out",
    "take_down": "Taken down",
}
_BAD = {"return", "take_down"}


@dataclass(frozen=True)
class Row:
    """An entry of the queue in words. `kind` of a chip is as in `_parts/chips.html`."""

    posting_id: int
    version: int
    title: str
    company_id: int
    company: str
    what: str
    since: str
    waiting_for: str
    author_id: int | None
    author: str
    author_email: str
    author_age: str
    company_age: str
    company_domain: str
    domain_words: str
    domain_kind: str
    decisions: str


def row(waiting: Waiting, reader: Person) -> Row:
    """One entry for one moderator."""
    posting, author, company = waiting.posting, waiting.author, waiting.company
    words, kind = _AGREEMENT[waiting.agree if author else None]
    return Row(
        posting_id=posting.id,
        version=posting.version,
        title=posting.title or "Untitled",
        company_id=company.id,
        company=company.name,
        what="New posting" if waiting.what == "posting" else "Change to an open posting",
        since=when(waiting.since, reader),
        waiting_for=age(waiting.since),
        author_id=author.id if author else None,
        author=author.display_name if author else "",
        author_email=author.email if author else "",
        author_age=age(author.created_at) if author else "",
        company_age=age(company.created_at),
        company_domain=company.domain,
        domain_words=words if author else "imported, nobody wrote it here",
        domain_kind=kind if author else "",
        decisions=_decisions(waiting),
    )


_AGREEMENT: dict[bool | None, tuple[str, str]] = {
    True: ("mail at the company’s domain", "good"),
    False: ("mail elsewhere", "bad"),
    None: ("company names no website", "wait"),
}


def age(since: datetime) -> str:
    """ "3 hours", "12 days", "2 years": how long ago it was, in the largest unit that is whole."""
    passed = clock.now() - since
    if passed.days >= 365:
        return count(passed.days // 365, "year")
    if passed.days >= 60:
        return count(passed.days // 30, "month")
    if passed.days:
        return count(passed.days, "day")
    hours = max(0, passed.seconds) // 3600
    return count(hours, "hour") if hours else "under an hour"


def _decisions(waiting: Waiting) -> str:
    made = waiting.decisions
    parts = [
        f"{number} {word}"
        for number, word in (
            (made.approved, "approved"),
            (made.returned, "returned"),
            (made.removed, "taken down"),
        )
        if number
    ]
    return ", ".join(parts) or "none yet"


@dataclass(frozen=True)
class ReportLine:
    """A report in words."""

    kind: str
    note: str
    by: str
    person_id: int | None
    when: str


def report_line(report: PostingReport, reader: Person) -> ReportLine:
    """One report for one moderator; a visitor stays one."""
    by = report.person.display_name if report.person else "a visitor"
    kind = vocabularies()["report_kind"].label(report.kind)
    return ReportLine(kind, report.note, by, report.person_id, when(report.created_at, reader))


def steps(events: Sequence[PostingEvent], reader: Person) -> list[dict[str, Any]]:
    """A posting's life as `_parts/timeline.html` shows it."""
    return [
        {
            "label": _VERBS.get(event.what, event.what.replace("_", " ").capitalize()),
            "when": when(event.at, reader),
            "iso": event.at.isoformat(),
            "note": event.reason,
            "current": event is events[-1],
            "kind": "bad" if event.what in _BAD else "",
        }
        for event in events
    ]
