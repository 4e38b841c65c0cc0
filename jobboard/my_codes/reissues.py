"""An edition that is imported again is another row: what people were told of the one before it holds for it too."""

from __future__ import annotations

from sqlalchemy import insert, literal, select

from jobboard.codes.actions import REPLACED
from jobboard.codes.datasets import CODES
from jobboard.codes.edition_choice import loaded_editions
from jobboard.codes.models import CodeEdition
from jobboard.database import db
from jobboard.my_codes.models import CodeChangeNotice


def carry_over(system: str) -> None:
    """Give the editions in force of `system` the notices of those that they replace. The caller commits."""
    present = {each.label: each.id for each in loaded_editions(system)}
    replaced = select(CodeEdition.id, CodeEdition.label).where(
        CodeEdition.system == system,
        CodeEdition.kind == CODES,
        CodeEdition.in_force.is_(False),
        CodeEdition.label.contains(REPLACED, autoescape=True),
    )
    for old, label in db.session.execute(replaced).all():
        new = present.get(label.partition(REPLACED)[0])
        if new is not None:
            _copy(old, new)


def _copy(old: int, new: int) -> None:
    told = select(CodeChangeNotice.person_id).where(CodeChangeNotice.edition_id == new)
    notices = select(
        CodeChangeNotice.person_id, literal(new), CodeChangeNotice.seen_at, CodeChangeNotice.mailed_at
    ).where(CodeChangeNotice.edition_id == old, CodeChangeNotice.person_id.not_in(told))
    columns = ["person_id", "edition_id", "seen_at", "mailed_at"]
    db.session.execute(insert(CodeChangeNotice).from_select(columns, notices))
