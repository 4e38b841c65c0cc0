"""What files say of a code beside its description, by the set that says it; one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from jobboard.codes.models import CodeAttribute, CodeEdition
from jobboard.database import db


def attributes_of(code: str, editions: Iterable[CodeEdition | None]) -> dict[int, dict[str, Any]]:
    """The values that each of `editions` has for `code`, by the id of the edition; one statement, or none."""
    ids = [each.id for each in editions if each is not None]
    if not ids:
        return {}
    rows = db.session.execute(
        select(CodeAttribute.edition_id, CodeAttribute.values).where(
            CodeAttribute.edition_id.in_(ids), CodeAttribute.code == code
        )
    )
    return {row.edition_id: row.values for row in rows}
