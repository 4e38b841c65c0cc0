"""The steps in the life of one advertisement of the demo, up to the state in which it is to stand today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from jobboard import clock
from jobboard.demo.calendar import day, moment
from jobboard.demo.wording import columns_of_pay, content_of
from jobboard.employers.actions import find_or_found_for_import
from jobboard.moderation import actions as moderation
from jobboard.postings import actions as postings
from jobboard.postings.content import Content
from jobboard.postings.linking import confirm

if TYPE_CHECKING:
    from jobboard.demo.loading import Scene
    from jobboard.demo.reading import Advertisement

SOURCE = "demo"
_AFTERNOON = 16


def steps(one: Advertisement, number: int, scene: Scene) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """(moment, what is done then), in their order. `number` spreads the moments over the day."""
    zone = scene.companies[one.employer].time_zone

    def at(ago: int) -> datetime:
        return moment(ago, zone, number)

    yield (
        at(one.ago + 2),
        partial(_draft, one, scene, clock.today(zone) + timedelta(days=one.closes), one.starts, zone),
    )
    if one.state == "draft":
        return
    yield at(one.ago + (0 if one.state == "in_review" else 1)), partial(_submit, one, scene)
    if one.state == "in_review":
        return
    if one.state == "returned":
        yield at(one.ago), partial(_return, one, scene)
        return
    yield at(one.ago), partial(_approve, one, scene)
    if one.pending:
        yield moment(one.pending["ago"], zone, number, hour=_AFTERNOON), partial(_change, one, scene)
    if one.state in {"filled", "withdrawn"}:
        yield moment(one.closed_ago, zone, number, hour=_AFTERNOON), partial(_close, one, scene)
    elif one.state == "removed":
        yield moment(one.closed_ago, zone, number, hour=_AFTERNOON), partial(_take_down, one, scene)
    elif one.state == "expired":
        over = clock.end_of_day(day(-one.closes, zone), zone)
        yield over + timedelta(minutes=1), partial(_expire, one, scene)


def _draft(one: Advertisement, scene: Scene, closes_on: object, starts: int | None, zone: str) -> None:
    agency = scene.companies[one.employer]
    content = content_of(one.says)
    content.columns["closes_on"] = closes_on
    if starts is not None:
        content.columns["starts_on"] = clock.today(zone) + timedelta(days=starts)
    hires = agency
    if one.hires or one.client:
        hires = scene.companies[one.hires] if one.hires else find_or_found_for_import(one.client)
        content.columns["posted_by_company_id"] = agency.id
    posting = postings.draft(hires, content, person_id=scene.authors[one.employer].id, source=SOURCE)
    posting.time_zone = agency.time_zone
    if one.confirm_codes:
        confirm(posting, [code.id for code in posting.codes])
    scene.postings[one.address] = posting


def _submit(one: Advertisement, scene: Scene) -> None:
    postings.submit(scene.postings[one.address], person_id=scene.authors[one.employer].id)


def _approve(one: Advertisement, scene: Scene) -> None:
    posting = scene.postings[one.address]
    moderation.approve(posting, scene.people["mo"], seen_version=posting.version)


def _return(one: Advertisement, scene: Scene) -> None:
    posting = scene.postings[one.address]
    moderation.return_(posting, scene.people["mo"], one.reason, seen_version=posting.version)


def _change(one: Advertisement, scene: Scene) -> None:
    posting = scene.postings[one.address]
    columns: dict[str, object] = {}
    if "title" in one.pending:
        columns["title"] = one.pending["title"]
    if "pay" in one.pending:
        columns |= columns_of_pay(one.pending["pay"])
    if "replace" in one.pending:
        old, new = one.pending["replace"]
        columns["description"] = posting.description.replace(old, new)
    postings.change(posting, Content(columns), person_id=scene.authors[one.employer].id)


def _close(one: Advertisement, scene: Scene) -> None:
    postings.close(scene.postings[one.address], person_id=scene.authors[one.employer].id, reason=one.state)


def _take_down(one: Advertisement, scene: Scene) -> None:
    moderation.take_down(scene.postings[one.address], scene.people["mo"], one.reason)


def _expire(one: Advertisement, scene: Scene) -> None:
    postings.expire(scene.postings[one.address])
