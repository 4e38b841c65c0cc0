"""`GET /api/v1/codes/<system>/<code>`: one code with what stands around it and what it is linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, jsonify
from sqlalchemy import or_, select

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.api.problems import problem
from jobboard.codes import queries
from jobboard.codes.code_forms import page_form
from jobboard.codes.datasets import SETS
from jobboard.codes.edition_choice import editions_on
from jobboard.codes.library import article_on
from jobboard.codes.licence_use import shows
from jobboard.codes.models import Code, CodeEdition, CodeNote, CodeRelation
from jobboard.codes.systems import code_systems, is_billed
from jobboard.codes.viewers import current_viewer
from jobboard.database import db
from jobboard.mail.addresses import full_address

if TYPE_CHECKING:
    from jobboard.codes.rules import Viewer

# A category with thousands of codes below it, or an edit list, is cut here; the answer says so.
MOST = 500


@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def code(system: str, code: str) -> Response:
    """One code in the edition that counts today, for whoever may see its text; else 404."""
    wanted = page_form(system, code) if system in code_systems() else None
    viewer = current_viewer()
    edition = queries.edition_in_force(system, viewer=viewer) if wanted else None
    row = db.session.get(Code, (system, edition.id, wanted)) if edition else None
    article = article_on(system, wanted) if wanted else None
    if wanted is None or (row is None and article is None):
        return problem(404, "There is no such code")
    told: dict[str, Any] = {
        "system": system,
        "code": wanted,
        "description": row.long if row else article.title if article else "",
        "url": full_address("pages.code", system=system, code=wanted),
        "article": {"title": article.title, "summary": article.summary} if article else None,
    }
    if row is not None and edition is not None:
        shows(edition)
        told |= _of_edition(row, edition, viewer)
    return jsonify(told)


def _of_edition(row: Code, edition: CodeEdition, viewer: Viewer) -> dict[str, Any]:
    above = queries.ancestors(row)
    own, inherited = queries.notes(row, above)
    relations = _relations(row, viewer)
    return {
        "kind": row.kind,
        "short": row.short,
        "billable": row.billable if is_billed(row.system) else None,
        "edition": {
            "label": edition.label,
            "from": _day(edition.effective_from),
            "to": _day(edition.effective_to),
            "copyright": edition.copyright_line,
        },
        "parents": [_named(one) for one in above],
        "children": [_named(one) for one in queries.children(row)[:MOST]],
        "notes": [
            *(_note(one, row.code) for one in own),
            *(_note(one, group.origin.code) for group in inherited for one in group.notes),
        ],
        "relations": relations[:MOST],
        "more_relations": len(relations) > MOST,
    }


def _named(one: Code) -> dict[str, Any]:
    return {"code": one.code, "kind": one.kind, "description": one.long}


def _note(one: CodeNote, origin: str) -> dict[str, str]:
    return {"kind": one.kind, "text": one.text, "from": origin}


def _day(day: object) -> str | None:
    return str(day) if day is not None else None


def _relations(row: Code, viewer: Viewer) -> list[dict[str, str]]:
    """Links of the sets that count today and that `viewer` may see, to and from the code."""
    sets = {one.id for kind in SETS for one in editions_on(kind=kind, viewer=viewer).values()}
    here = (CodeRelation.system == row.system) & (CodeRelation.code == row.code)
    there = (CodeRelation.to_system == row.system) & (CodeRelation.to_code == row.code)
    found = db.session.scalars(
        select(CodeRelation)
        .where(CodeRelation.edition_id.in_(sets), or_(here, there))
        .order_by(CodeRelation.kind, CodeRelation.id)
        .limit(MOST + 1)
    )
    return [
        {
            "kind": one.kind,
            "from_system": one.system,
            "from_code": one.code,
            "to_system": one.to_system,
            "to_code": one.to_code,
            "note": one.note,
        }
        for one in found
    ]
