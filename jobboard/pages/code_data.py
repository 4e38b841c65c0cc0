"""What the reference and the openings know of a code, below its article: everything of it in one value.

A page of a diagnosis runs nine statements for it: the loaded sets, relations, attributes, index terms, sections of the
guidelines, editors' notes, codes beside it, codes of its categories, specialties; two more where the totals of
specialties are not kept. A code of HCPCS runs one for its edits, a category of CMS-HCC one for its diagnoses. None of
them grows with the data: long lists are cut and say how long they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from jobboard.codes.about import relations as related
from jobboard.codes.about.attributes import attributes_of
from jobboard.codes.about.editor_notes import EditorNote, editor_notes, systems_described
from jobboard.codes.about.edits import Edits, edits_of
from jobboard.codes.about.guidelines import Cited, sections_citing
from jobboard.codes.about.hcpcs_fields import Field, fields_of
from jobboard.codes.about.index_terms import IndexLines, index_lines
from jobboard.codes.about.similar import Similar, similar_codes
from jobboard.codes.day_sets import DaySets, sets_on
from jobboard.pages.code_specialties import Specialties, specialties_with

if TYPE_CHECKING:
    from jobboard.codes.models import Code, CodeEdition
    from jobboard.codes.rules import Viewer

SHOWN: Final = 20
"""Of index terms and of edits: what a page shows before "all"."""


@dataclass(frozen=True, slots=True)
class CodeData:
    """Everything below a code's article; `row` is its entry, None where no edition has it for this reader."""

    sets: DaySets
    relations: related.Relations
    attributes: dict[int, dict[str, Any]]
    index: list[IndexLines]
    sections: list[Cited]
    edits: Edits
    fields: list[Field]
    diagnoses: list[tuple[str, str]]
    diagnoses_total: int
    notes: dict[str, list[EditorNote]]
    similar: list[Similar]
    specialties: Specialties

    def told(self, system: str, kind: str) -> dict[str, Any]:
        """What the set `kind` says of the code; empty where it says nothing or is not loaded."""
        chosen = self.sets.of(system, kind)
        return self.attributes.get(chosen.id, {}) if chosen else {}

    @property
    def described(self) -> list[CodeEdition]:
        """The editions from which it has words for other codes."""
        systems = systems_described(chain(*self.notes.values()))
        systems |= {each.system for each in chain(*self.relations.by_kind.values()) if each.words}
        systems |= {"hcpcs"} if self.edits.edits else set()
        systems |= {"icd10cm"} if self.diagnoses else set()
        return [edition for each in sorted(systems) if (edition := self.sets.of(each)) is not None]

    @property
    def models(self) -> list[tuple[str, list[related.Related]]]:
        """The categories of CMS-HCC by model."""
        return related.by_model(self.relations.of("hcc"))


def code_data(system: str, code: str, row: Code | None, viewer: Viewer, day: date) -> CodeData:
    """What is known of `code` on `day` and may be shown to `viewer`."""
    sets = sets_on(day, viewer)
    single = row is None or row.kind in ("category", "code")
    is_code = row is not None and single
    is_entry = row is not None and (single or row.kind == "modifier")
    relations = related.relations_of(system, code, sets) if is_code else related.Relations({}, {})
    editions = sets.begun(system) if system in ("hcpcs", "modifier", "msdrg") else []
    attributes = attributes_of(
        code, [*editions, sets.of(system, "poa"), sets.of(system, "ncci-mue")] if is_entry else []
    )
    diagnoses, total = related.leading_to(code, sets, SHOWN) if is_code and system == "hcc" else ([], 0)
    shared = [each for each in relations.of("ccsr") + relations.of("hcc") if "-" not in each.code]
    return CodeData(
        sets=sets,
        relations=relations,
        attributes=attributes,
        index=index_lines(system, code, sets, SHOWN) if is_code else [],
        sections=sections_citing(system, code, sets) if row is not None else [],
        edits=edits_of(system, code, sets, SHOWN) if is_code and system == "hcpcs" else Edits([], 0),
        fields=fields_of(attributes, editions) if system in ("hcpcs", "modifier") else [],
        diagnoses=diagnoses,
        diagnoses_total=total,
        notes=editor_notes(system, code, sets),
        similar=similar_codes(row, shared, sets) if row is not None and is_code else [],
        specialties=specialties_with(system, code),
    )
