"""Which notes of the entries above a code apply to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeVar

NOT_INHERITED: Final = frozenset({"inclusion"})


class Note(Protocol):
    """A note, of which only the kind counts here."""

    @property
    def kind(self) -> str: ...


N = TypeVar("N", bound=Note)


def inherited_notes(
    code: str, above: Sequence[str], by_code: Mapping[str, Sequence[N]]
) -> list[tuple[str, list[N]]]:
    """The notes that `code` inherits, by the entry that carries them, from the nearest of `above` to the chapter.

    Inclusion terms name their own entry only. Definitions of seventh characters come from the nearest entry that has
    them, the code itself included, as they apply.
    """
    seventh_found = any(note.kind == "seventh" for note in by_code.get(code, ()))
    inherited = []
    for origin in above:
        held = [
            note
            for note in by_code.get(origin, ())
            if note.kind not in NOT_INHERITED and not (note.kind == "seventh" and seventh_found)
        ]
        seventh_found = seventh_found or any(note.kind == "seventh" for note in held)
        if held:
            inherited.append((origin, held))
    return inherited
