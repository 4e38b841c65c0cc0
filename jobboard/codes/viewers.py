"""Who reads the code reference: in this request, or in a letter."""

from __future__ import annotations

from collections.abc import Collection

from flask import g, has_request_context
from flask_login import current_user
from sqlalchemy import select

from jobboard.codes.models import CodeLicenceAcceptance
from jobboard.codes.rules import ANYBODY, Viewer
from jobboard.codes.viewer_models import CodeMembership
from jobboard.database import db


def current_viewer() -> Viewer:
    """Whoever is signed in, with groups and acceptances: two statements, once in a request.

    Outside a request, and for a visitor without an account, it is `ANYBODY`.
    """
    if not has_request_context() or not current_user.is_authenticated:
        return ANYBODY
    person_id: int = current_user.person_id
    kept: Viewer | None = g.get("code_viewer")
    if kept is None or kept.person_id != person_id:
        kept = g.code_viewer = viewer_of(person_id)
    return kept


def viewer_of(person_id: int) -> Viewer:
    """The person with that id as a reader of codes, as the database has it now."""
    return viewers_of([person_id])[person_id]


def viewers_of(people: Collection[int]) -> dict[int, Viewer]:
    """The people with these ids as readers of codes, as the database has it now: two statements, none for nobody."""
    if not people:
        return {}
    groups: dict[int, set[str]] = {person_id: set() for person_id in people}
    accepted: dict[int, set[int]] = {person_id: set() for person_id in people}
    for person_id, name in db.session.execute(
        select(CodeMembership.person_id, CodeMembership.group_name).where(
            CodeMembership.person_id.in_(groups)
        )
    ):
        groups[person_id].add(name)
    for person_id, edition_id in db.session.execute(
        select(CodeLicenceAcceptance.person_id, CodeLicenceAcceptance.edition_id).where(
            CodeLicenceAcceptance.person_id.in_(groups)
        )
    ):
        accepted[person_id].add(edition_id)
    return {each: Viewer(each, frozenset(groups[each]), frozenset(accepted[each])) for each in groups}


def forget_viewer() -> None:
    """Have the next question in this request look again, after a group or an acceptance changed."""
    g.pop("code_viewer", None)
