"""What the demo's candidates and visitors send: applications with what becomes of them, departures, reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from jobboard.applications import actions, documents
from jobboard.applications.models import Application, Status
from jobboard.applications.sniffing import kind_of
from jobboard.demo.calendar import moment
from jobboard.demo.reading import FOLDER, DemoData
from jobboard.moderation import actions as moderation

if TYPE_CHECKING:
    from jobboard.demo.loading import Scene

_NOON = 12
_AFTERNOON = 15
# Nobody signed in sent it; the address is one of those set aside for documentation (RFC 5737).
_SOMEWHERE = "192.0.2.17"


def steps(data: DemoData, scene: Scene) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """(moment, what is done then) for everything that is sent."""
    applications: dict[int, Application] = {}
    for number, entry in enumerate(data.applications):
        zone = _zone(scene, entry)
        sent_at = _after(moment(entry["ago"], zone, number, hour=_NOON))
        yield sent_at, partial(_apply, entry, scene, applications, number)
        for status, ago in entry.get("steps", ()):
            yield (
                _after(moment(ago, zone, number, hour=_AFTERNOON)),
                partial(_step, entry, scene, applications, number, status),
            )
    for number, entry in enumerate(data.departures):
        yield (
            _after(moment(entry["ago"], _zone(scene, entry), number, hour=_NOON)),
            partial(_leave, entry, scene),
        )
    for number, entry in enumerate(data.reports):
        zone = _zone(scene, entry)
        yield _after(moment(entry["ago"], zone, number, hour=_NOON)), partial(_report, entry, scene)
        if "dismissed" in entry:
            at = _after(moment(entry["dismissed"], zone, number, hour=_AFTERNOON))
            yield at, partial(_dismiss, entry, scene)


def _after(at: datetime) -> datetime:
    # Of today, postings come in its first seconds; what is sent about them comes a moment later.
    return at + timedelta(milliseconds=500)


def _zone(scene: Scene, entry: Mapping[str, Any]) -> str:
    return scene.companies[entry["posting"].partition("/")[0]].time_zone


def _apply(entry: Mapping[str, Any], scene: Scene, applications: dict[int, Application], number: int) -> None:
    upload, stored = None, None
    if "resume" in entry:
        content = (FOLDER / "resumes" / entry["resume"]).read_bytes()
        upload = documents.Upload(entry["resume"], kind_of(content), content)
        stored = scene.open_files.enter_context(documents.received(upload))
    applications[number] = actions.apply(
        scene.people[entry["who"]],
        scene.postings[entry["posting"]],
        message=entry["message"].strip(),
        upload=upload,
        stored=stored,
    )


def _step(
    entry: Mapping[str, Any], scene: Scene, applications: dict[int, Application], number: int, status: str
) -> None:
    application = applications[number]
    if status == Status.WITHDRAWN:
        actions.withdraw(application)
        return
    actions.mark_read(application.id)
    by = scene.authors[entry["posting"].partition("/")[0]]
    actions.change_status(application, status, by=by, seen_version=application.version)


def _leave(entry: Mapping[str, Any], scene: Scene) -> None:
    actions.remember_leaving(scene.people[entry["who"]].id, scene.postings[entry["posting"]].id)


def _report(entry: Mapping[str, Any], scene: Scene) -> None:
    person_id = scene.people[entry["who"]].id if "who" in entry else None
    posting = scene.postings[entry["posting"]]
    moderation.report(posting, entry["kind"], entry["note"], person_id=person_id, address=_SOMEWHERE)


def _dismiss(entry: Mapping[str, Any], scene: Scene) -> None:
    posting = scene.postings[entry["posting"]]
    moderation.dismiss_reports(posting, scene.people["mo"], up_to=2**31)
