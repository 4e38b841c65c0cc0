"""Who reads the code reference in this request."""

from __future__ import annotations

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
    groups = db.session.scalars(
        select(CodeMembership.group_name).where(CodeMembership.person_id == person_id)
    )
    accepted = db.session.scalars(
        select(CodeLicenceAcceptance.edition_id).where(CodeLicenceAcceptance.person_id == person_id)
    )
    return Viewer(person_id, frozenset(groups), frozenset(accepted))


def forget_viewer() -> None:
    """Have the next question in this request look again, after a group or an acceptance changed."""
    g.pop("code_viewer", None)
