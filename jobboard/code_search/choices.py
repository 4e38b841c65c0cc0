"""What the filters of the search of codes offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.codes import queries
from jobboard.codes.code_forms import shown
from jobboard.codes.edition_choice import readable_editions

if TYPE_CHECKING:
    from jobboard.code_search.request import CodeSearch
    from jobboard.codes.models import CodeEdition
    from jobboard.codes.rules import Viewer


@dataclass(frozen=True, slots=True)
class Choices:
    """Editions and chapters of the chosen system, none where no system is chosen; (value, words) each.

    `named_by` is the edition whose words the chapters are, None where there are none.
    """

    editions: tuple[tuple[str, str], ...] = ()
    chapters: tuple[tuple[str, str], ...] = ()
    named_by: CodeEdition | None = None


def choices_of(search: CodeSearch, viewer: Viewer) -> Choices:
    """The choices beside those that never change; two statements where a system is chosen, else none."""
    if not search.system:
        return Choices()
    editions = readable_editions(search.system, viewer)
    edition = queries.edition_in_force(search.system, viewer=viewer)
    tops = queries.chapters(edition) if edition and edition.system == search.system else []
    chapters = tuple(
        (f"{search.system}:{one.code}", f"{shown(one.code)} {one.long}")
        for one in tops
        if one.kind in {"chapter", "block"}
    )
    labels = tuple((one.label, one.label) for one in editions) if len(editions) > 1 else ()
    return Choices(labels, chapters, edition if chapters else None)
