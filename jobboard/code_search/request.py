"""What a person asks of the search of codes, and the conditions that it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from search_index import AnyOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_index.conditions import Condition

USUAL_SIZE: Final = 50
LONGEST_VALUE: Final = 80


@dataclass(frozen=True, slots=True)
class CodeSearch:
    """A search: words or a code, and filters, "" where there is none.

    `billable` is "yes" or "no", `edition` a label, `hcc` "any" or a category of risk adjustment, `chapter` an entry at
    the top of a system as "icd10cm:I00-I99". Without `counts` matches are not counted by system, which is a tenth of
    the work.
    """

    q: str = ""
    system: str = ""
    billable: str = ""
    edition: str = ""
    hcc: str = ""
    chapter: str = ""
    size: int = USUAL_SIZE
    counts: bool = True

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the search beside the system, by parameter."""
        named = {name: getattr(self, name) for name in ("billable", "edition", "hcc", "chapter")}
        return {name: value for name, value in named.items() if value}

    def conditions(self, audiences: Sequence[str]) -> dict[str, Condition]:
        """What has to hold of a document for those who belong to `audiences`."""
        found: dict[str, Condition] = {"seen_by": AnyOf("seen_by", tuple(audiences))}
        for name, value in (("system", self.system), *self.filters.items()):
            if value:
                found[name] = AnyOf(name, (value,))
        return found
