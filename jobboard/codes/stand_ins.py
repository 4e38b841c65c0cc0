"""What is shown of codes of ICD-9-CM in place of wording that their edition lacks: where the mappings lead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, select

from jobboard.codes.edition_choice import edition_or_first
from jobboard.codes.licence_use import shows
from jobboard.codes.models import Code, CodeEdition, CodeRelation
from jobboard.codes.queries import descriptions_in
from jobboard.codes.rules import Viewer
from jobboard.database import db

OLD: Final = "icd9cm"
NEW: Final = "icd10cm"
_AFTER_ALL: Final = "~"  # sorts after every letter and digit
# 250 of 250.00, E800 of E800.0.
_CATEGORY: Final = case(
    (CodeRelation.code.startswith("E"), func.substr(CodeRelation.code, 1, 4)),
    else_=func.substr(CodeRelation.code, 1, 3),
)
# 250.0 of 250.00, V10.0 of V10.00; codes that begin with E have a single digit after the dot.
_SUBCATEGORY: Final = func.substr(CodeRelation.code, 1, 5)


def stand_ins(
    codes: Iterable[Code], day: date, viewer: Viewer, *, also: Iterable[str] = ()
) -> dict[str, str]:
    """By code of ICD-9-CM without wording, "see E11.9 …": what it, or the first code below it, maps to.

    `also` are codes of ICD-9-CM of which the caller knows that they have none. Six statements at most; none where
    every code has wording.
    """
    bare = [each.code for each in codes if each.system == OLD and not (each.long or each.short)]
    bare = list(dict.fromkeys((*bare, *also)))
    mappings = edition_or_first(OLD, day, "gem", viewer=viewer) if bare else None
    if mappings is None:
        return {}
    single = [code for code in bare if "." in code]
    targets = _targets(CodeRelation.code, mappings, CodeRelation.code.in_(single)) if single else {}
    subcategories = [code for code in single if code not in targets]
    categories = [code for code in bare if "." not in code]
    for by, headings in ((_SUBCATEGORY, subcategories), (_CATEGORY, categories)):
        if headings:
            among = and_(CodeRelation.code >= min(headings), CodeRelation.code < max(headings) + _AFTER_ALL)
            below = _targets(by, mappings, among)
            targets |= {code: below[code] for code in headings if code in below}
    described = edition_or_first(NEW, day, viewer=viewer)
    words = descriptions_in(described, NEW, {target for target, _ in targets.values()}) if described else {}
    shows(described if words else None)
    return {
        code: " ".join(
            ("see", target, words.get(target, ""), f"and {total - 1:,} more" if total > 1 else "")
        ).strip()
        for code, (target, total) in targets.items()
    }


def _targets(
    by: SQLColumnExpression[str], mappings: CodeEdition, among: ColumnElement[bool]
) -> dict[str, tuple[str, int]]:
    """By `by`, the target of its first code, and how many targets there are."""
    first = func.min(CodeRelation.code + " " + CodeRelation.to_code)
    rows = db.session.execute(
        select(by, first, func.count(CodeRelation.to_code.distinct()))
        .where(
            CodeRelation.system == OLD,
            CodeRelation.to_system == NEW,
            CodeRelation.edition_id == mappings.id,
            CodeRelation.kind == "gem",
            among,
        )
        .group_by(by)
    )
    return {key: (pair.partition(" ")[2], int(total)) for key, pair, total in rows}
