"""One reader at one code's page: who they are, and whether its descriptions are open to them now.

Costs nothing where views are not limited and the edition is not licensed; else one statement, and a short transaction
of its own where a new view is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import after_this_request, current_app, request
from flask_login import current_user

from jobboard import clock
from jobboard.codes import guests, metering
from jobboard.codes.allowance import allowances_here, what_is_left
from jobboard.codes.crawlers import is_crawler
from jobboard.codes.free_links import comes_free
from jobboard.codes.licence_use import shows
from jobboard.codes.rules import Viewer, is_licensed
from jobboard.codes.viewers import current_viewer

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.codes.models import CodeEdition


@dataclass(frozen=True, slots=True)
class Reading:
    """What decides which parts of a code's page are shown.

    `open` is false once a reader's page views are used up: then the code, its place, its common language description
    and its openings stay. `left` is the sentence of the meter, empty where this view is not counted; `again_on` the
    day on which counting begins anew. `metered` is true where guests' views are limited, for the page's markup.
    """

    viewer: Viewer
    open: bool = True
    left: str = ""
    again_on: date | None = None
    metered: bool = False


def reading_of(system: str, code: str, edition: CodeEdition | None, *, counts: bool) -> Reading:
    """The reading of this request; counts the view where `counts` and notes the use of a licensed `edition`.

    `edition` is the one whose text the page will show, None where it shows none. `counts` is false for chapters and
    blocks, and where there is nothing to read.
    """
    viewer = current_viewer()
    given = allowances_here()
    # Moderators write what stands on these pages, and look at many of them for it.
    limit = None if current_user.is_moderator else given.of(viewer.tier)
    metered = given.guest is not None
    crawler = is_crawler(request.user_agent.string)
    today = clock.today(current_app.extensions["site"].time_zone)
    if metered:
        _answer_for_one_reader()
    name = _Name(viewer)
    if limit is None or not counts or crawler or request.method == "HEAD" or comes_free(system, code):
        reading = Reading(viewer, metered=metered)
    else:
        used, may_read = _counted(name, system, code, limit, today)
        left = what_is_left(viewer.tier, max(0, limit - used), given)
        reading = Reading(viewer, may_read, left, guests.next_month(today), metered)
    if edition is not None and is_licensed(edition) and reading.open:
        if name.person:
            shows(edition)
        elif not crawler:
            metering.count_licence_uses([edition.id], name.for_writing())
    if name.is_new:
        guests.remember_guest(name.guest, today)
    return reading


class _Name:
    """What the reader is called in the tables; a guest gets a name once something is stored of them."""

    def __init__(self, viewer: Viewer) -> None:
        self.person = f"person:{viewer.person_id}" if viewer.person_id is not None else ""
        self.guest = guests.guest_of_request() or ""
        self.is_new = False

    @property
    def known(self) -> list[str]:
        """All under which views of this reader may stand."""
        return [each for each in (self.person, self.guest and f"guest:{self.guest}") if each]

    def for_writing(self) -> str:
        if self.person:
            return self.person
        if not self.guest:
            self.guest, self.is_new = guests.new_guest(), True
        return f"guest:{self.guest}"


def _counted(name: _Name, system: str, code: str, limit: int, today: date) -> tuple[int, bool]:
    """How many views the reader has had with this one, and whether it is open to them."""
    period = metering.period_of(today)
    seen = metering.seen_in(period, name.known) if name.known else set()
    if (system, code) in seen:
        return len(seen), True
    if len(seen) >= limit:
        return len(seen), False
    was_new = name.is_new
    asked = metering.Asked(
        period,
        name.for_writing(),
        system,
        code,
        guest=f"guest:{name.guest}" if name.person and name.guest else "",
        network="" if name.person else guests.network_name(period),
    )
    used = metering.count_view(asked, limit, current_app.extensions["settings"].code_views_per_network)
    if used is None:
        # A guest to whom nothing was given needs no name.
        name.is_new = was_new
        return limit, False
    return max(used, len(seen) + 1), True


def _answer_for_one_reader() -> None:
    @after_this_request
    def keep_private(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.vary.add("Cookie")
        return response
