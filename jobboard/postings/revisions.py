"""Changes to what a moderator has approved: they wait beside the posting, which stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from jobboard import clock
from jobboard.database import db
from jobboard.employers.models import Company
from jobboard.postings import pay
from jobboard.postings.content import set_column
from jobboard.postings.models import PostingRevision
from jobboard.postings.queries import unfinished_revision
from jobboard.postings.rules import REVIEWED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.postings.models import Posting


@dataclass(frozen=True)
class Change:
    """One difference as _parts/diff.html shows it; `lines` are (mark, text) for a long text, else empty."""

    label: str
    before: str
    after: str
    lines: tuple[tuple[str, str], ...] = ()


def propose(posting: Posting, wanted: Mapping[str, Any], person_id: int | None) -> bool:
    """Let the reviewed columns in `wanted` wait for approval where they differ; returns whether any does.

    One change waits at a time: a newer one takes the older one's place, and an edit back to what is approved ends it.
    """
    values = {**{name: getattr(posting, name) for name in REVIEWED}, **wanted}
    earlier = unfinished_revision(posting)
    if earlier is not None and earlier.status == "pending" and earlier.values == values:
        return True
    if not differs(posting, values):
        if earlier is not None and earlier.status == "pending":
            discard(posting, earlier)
        return False
    if earlier is not None:
        discard(posting, earlier)
    revision = PostingRevision(posting_id=posting.id, author_id=person_id, values=values)
    db.session.add(revision)
    db.session.flush()
    posting.pending_revision_id = revision.id
    return True


def take_over(posting: Posting, revision: PostingRevision) -> None:
    """Put an approved change into the posting. What a person wrote is stated; an import's values keep their origin."""
    for name, value in revision.values.items():
        if getattr(posting, name) == value:
            continue
        if revision.author_id is None:
            setattr(posting, name, value)
        else:
            set_column(posting, name, value)


def discard(posting: Posting, revision: PostingRevision) -> None:
    """End a change that nobody wants any more."""
    revision.status, revision.decided_at = "replaced", clock.now()
    posting.pending_revision_id = None
    posting.changed_at = clock.now()


def differs(posting: Posting, values: Mapping[str, Any]) -> bool:
    """Whether any reviewed value is another than the live one."""
    return any(getattr(posting, name) != value for name, value in values.items())


def changes(posting: Posting, revision: PostingRevision) -> tuple[Change, ...]:
    """What approving `revision` would change, in words."""
    now = {name: getattr(posting, name) for name in REVIEWED}
    then = {**now, **revision.values}
    found = [
        Change("Title", now["title"], then["title"]),
        Change("Pay", _pay(now), _pay(then)),
        Change("How to apply", _apply(now), _apply(then)),
        Change("Company", _company(now), _company(then)),
    ]
    different = [change for change in found if change.before != change.after]
    if now["description"] != then["description"]:
        marked = _marked(now["description"].splitlines(), then["description"].splitlines())
        different.append(Change("Description", now["description"], then["description"], marked))
    return tuple(different)


def _marked(before: list[str], after: list[str]) -> tuple[tuple[str, str], ...]:
    """All lines, each with "-", "+" or " ". Whole lines are compared: likening every one to every other, as `ndiff`
    does, takes minutes for texts made to be alike."""
    marked: list[tuple[str, str]] = []
    for kind, first, last, begin, end in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            marked += [(" ", line) for line in before[first:last]]
        else:
            marked += [
                *(("-", line) for line in before[first:last]),
                *(("+", line) for line in after[begin:end]),
            ]
    return tuple(marked)


def _pay(values: Mapping[str, Any]) -> str:
    return pay.words(
        values["pay_basis"], values["pay_least_cents"], values["pay_most_cents"], values["pay_currency"]
    )


def _apply(values: Mapping[str, Any]) -> str:
    return {
        "here": "On this board",
        "address": f"At {values['apply_url']}",
        "mail": f"By mail to {values['apply_email']}",
    }.get(values["apply_by"], "")


def _company(values: Mapping[str, Any]) -> str:
    hires = db.session.get(Company, values["company_id"])
    agency = (
        db.session.get(Company, values["posted_by_company_id"]) if values["posted_by_company_id"] else None
    )
    words = hires.name if hires else ""
    if agency is not None:
        words += f", posted by {agency.name}"
    return f"{words} (confidential)" if values["confidential"] else words
