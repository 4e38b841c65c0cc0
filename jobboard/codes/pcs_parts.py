"""What the page of a code, table or beginning of ICD-10-PCS shows beside its description."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobboard.codes.models import CodeEdition
from jobboard.codes.pcs_grid import Grid, grid_of
from jobboard.codes.pcs_reading import (
    SYSTEM,
    TABLE_LENGTH,
    Step,
    explained,
    meanings,
    steps_of,
    tables_of,
    titles_above,
)
from jobboard.codes.rules import Viewer


@dataclass(frozen=True, slots=True)
class PcsParts:
    """What each character says, by the tables of an edition (None where none is loaded), and the rows of a table."""

    steps: list[Step]
    tables: CodeEdition | None
    grid: Grid | None


def pcs_parts(
    system: str, code: str, edition: CodeEdition | None, day: date, viewer: Viewer
) -> PcsParts | None:
    """The parts for `code`, one to seven characters; None for another system or where no edition is loaded."""
    if system != SYSTEM or edition is None or "-" in code:
        return None
    if len(code) == TABLE_LENGTH and (grid := grid_of(code, edition, day, viewer)):
        return PcsParts(grid.steps, grid.tables, grid)
    tables = tables_of(code, day, viewer)
    steps = steps_of(code, tables, titles_above(code, edition))
    told = meanings(steps, (), day, viewer)
    return PcsParts(explained(steps, told), tables.edition, None)
