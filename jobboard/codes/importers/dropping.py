"""Keeps codes out that no public file may bring in: the descriptors of CPT and of CDT belong to their owners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CPT: Final = re.compile(r"[0-9]{4}[0-9FTUM]")
_CDT: Final = re.compile(r"D[0-9]{4}")


@dataclass(slots=True)
class Dropped:
    """How many codes of the licensed systems were met in files about HCPCS and left out.

    Other systems are not asked: D18.01 is a diagnosis, 25000 one of ICD-9-CM.
    """

    cpt: int = 0
    cdt: int = 0

    def drops(self, code: str) -> bool:
        """Whether `code`, met in a file about HCPCS, is left out; counts it then."""
        if _CDT.fullmatch(code):
            self.cdt += 1
            return True
        if _CPT.fullmatch(code):
            self.cpt += 1
            return True
        return False

    def counts(self) -> dict[str, int]:
        """The counts by the names under which they are told."""
        return {"dropped_cpt": self.cpt, "dropped_cdt": self.cdt}
