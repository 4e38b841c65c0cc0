"""A company's postings as its people see them: the list, one of them, and how it will look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user

from jobboard import clock
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.employers.queries import companies_of
from jobboard.postings import dates, queries, revisions, rules
from jobboard.postings.adding_codes import AddedCodesForm
from jobboard.postings.code_standing import doubts_about
from jobboard.postings.models import Origin, Posting, State
from jobboard.postings.presentation import card, code_shown, details
from jobboard.postings.readiness import listing_of, problems

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("postings", __name__)

STATE_WORDS = {
    State.DRAFT: ("Draft", ""),
    State.IN_REVIEW: ("In review", "wait"),
    State.OPEN: ("Open", "good"),
    State.CLOSED: ("Closed", "bad"),
}
EVENT_WORDS = {
    "draft": "Drafted",
    "submit": "Handed in for review",
    "take_back": "Taken back",
    "approve": "Approved",
    "return": "Returned by a moderator",
    "renew": "Renewed",
    "close": "Closed",
    "expire": "Closed: its time was over",
    "take_down": "Taken down by a moderator",
    "change": "A change was handed in for review",
    "drop_change": "A change was dropped",
    "publish": "Published",
    "offer": "Handed in for review",
    "warned": "Warned that it closes soon",
}


@dataclass(frozen=True)
class Step:
    """An event as _parts/timeline.html shows it."""

    label: str
    when: str
    iso: str
    note: str = ""
    current: bool = False
    kind: str = ""


@blueprint.get("/postings")
@audience(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Every posting of the person's companies, by state."""
    if not companies_of(current_user.person_id):
        return redirect(url_for("employers.mine"))
    found = queries.postings_of(current_user.person_id)
    groups = [
        (state, STATE_WORDS[state], [(posting, card(posting)) for posting in found if posting.state == state])
        for state in (State.OPEN, State.IN_REVIEW, State.DRAFT, State.CLOSED)
    ]
    return render_template("postings/mine.html", groups=[group for group in groups if group[2]], begun=_begun)


@blueprint.get("/postings/<int:posting_id>")
@audience(SIGNED_IN)
def show(posting_id: int) -> ResponseReturnValue:
    """One posting for its company's people: where it stands, what waits, its codes, what can be done."""
    return shown(mine_or_404(posting_id))


def shown(posting: Posting, adding: AddedCodesForm | None = None) -> str:
    """The page of a posting for its people, with the form of codes that could not be added, if any."""
    revision = queries.unfinished_revision(posting)
    return render_template(
        "postings/show.html",
        adding=adding or AddedCodesForm(formdata=None),
        posting=posting,
        job=details(posting),
        state=STATE_WORDS[State(posting.state)],
        missing=problems(listing_of(posting)) if posting.state == State.DRAFT else [],
        revision=revision,
        changes=revisions.changes(posting, revision) if revision else (),
        steps=_steps(posting),
        codes=code_rows(posting),
        doubts=doubts_about(posting),
        may_renew=rules.may_renew(posting),
        renewed_until=dates.day_words(dates.default_closing(clock.today(posting.time_zone))),
        day_words=dates.day_words,
        **_bounds(posting),
    )


@blueprint.get("/postings/<int:posting_id>/preview")
@audience(SIGNED_IN)
def preview(posting_id: int) -> ResponseReturnValue:
    """The posting as visitors will see it."""
    posting = mine_or_404(posting_id)
    return render_template("postings/preview.html", posting=posting, job=details(posting))


def mine_or_404(posting_id: int) -> Posting:
    """The posting, for one of its company's people; nobody else hears that it is there."""
    return queries.posting_of(current_user.person_id, posting_id) or abort(404)


def code_rows(posting: Posting) -> dict[str, list[object]]:
    """The codes to decide on, those that count, and those that were dismissed."""
    rows: dict[str, list[object]] = {"open": [], "kept": [], "dismissed": []}
    for code in posting.codes:
        undecided = code.origin == Origin.RECOGNISED
        rows["dismissed" if code.dismissed else "open" if undecided else "kept"].append(code_shown(code))
    return rows


def _begun(posting: Posting) -> str:
    return dates.day_words(dates.in_zone(posting.created_at, posting.time_zone).date())


def _steps(posting: Posting) -> list[Step]:
    zone = current_user.person.time_zone or posting.time_zone
    events = queries.events_of(posting.id)
    return [
        Step(
            EVENT_WORDS.get(event.what, event.what),
            dates.moment_words(event.at, zone),
            event.at.isoformat(),
            "" if event.what in {"close", "expire", "warned"} else event.reason,
            event is events[-1],
            "bad" if event.what in {"return", "take_down"} else "",
        )
        for event in events
    ]


def _bounds(posting: Posting) -> dict[str, str]:
    today = clock.today(posting.time_zone)
    return {"today": today.isoformat(), "latest": dates.latest_closing(today).isoformat()}
