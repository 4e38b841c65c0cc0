"""What the linker hands out: mentions, what an edition says of them, and their promised JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

System = Literal["cpt", "icd10cm", "icd10pcs", "hcpcs", "msdrg", "hcc", "modifier"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a code, a family or a range in a text.

    `start` and `end` are canonical (upper case, dotted, a shortened end completed); `end` is None for all
    but ranges. `text` is `source[offset:offset + len(text)]`, without the word that introduces it. `family`
    says that `start` is a stem (`E11.-`, `M54.5*`, the table `0SR`).
    """

    system: System
    start: str
    end: str | None
    text: str
    offset: int
    family: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A mention with what the loaded editions say: True, False, or None where the system is not loaded."""

    mention: Mention
    known: bool | None


class Reference(Protocol):
    """The loaded editions, as far as the linker asks about them."""

    def is_loaded(self, system: str) -> bool:
        """Whether any edition of the system is loaded."""

    def contains(self, system: str, code: str, family: bool) -> bool:
        """Whether the code is there; for a family, whether anything begins with the stem `code`."""


class NothingLoaded:
    """The reference of a machine without editions: every mention's `known` is None."""

    def is_loaded(self, system: str) -> bool:
        """No system is."""
        return False

    def contains(self, system: str, code: str, family: bool) -> bool:
        """Nothing is."""
        return False


def resolve(mentions: Iterable[Mention], reference: Reference) -> list[ResolvedMention]:
    """Say of each mention whether the loaded edition has it; of a range, whether it has both ends."""
    return [ResolvedMention(mention, _known(mention, reference)) for mention in mentions]


def _known(mention: Mention, reference: Reference) -> bool | None:
    if not reference.is_loaded(mention.system):
        return None
    ends = [mention.start] if mention.end is None else [mention.start, mention.end]
    return all(reference.contains(mention.system, code, mention.family) for code in ends)


def as_json(resolved: Iterable[ResolvedMention]) -> list[dict[str, str | bool | None]]:
    """The promised objects, in order of occurrence: `system, start, end, text, known`."""
    return [
        {
            "system": item.mention.system,
            "start": item.mention.start,
            "end": item.mention.end,
            "text": item.mention.text,
            "known": item.known,
        }
        for item in resolved
    ]
