"""Which edition a published file is of, as its content or its name tells."""

from __future__ import annotations

import re
from datetime import date

from jobboard.codes.editions import effective_from
from jobboard.codes.readers.opening import Source
from jobboard.codes.release_names import release_named

_VERSION = re.compile(rb"<version>\s*(20[0-9]{2})\s*</version>")
_ORDER_COLUMN = re.compile(rb"\bOrder([0-9]{2})\t")


def edition_of(source: Source, system: str = "icd10cm") -> tuple[str, date] | None:
    """The label ("2026", "2026-04") and the day from which it counts; None where neither content nor name tells.

    The content tells the year, the name may tell the release within it. Raises SourceError when it cannot be unpacked.
    """
    named = release_named(system, source.name)
    start = source.start()
    version, column = _VERSION.search(start), _ORDER_COLUMN.match(start)
    told = version[1].decode() if version else f"20{column[1].decode()}" if column else None
    label = named if told is None or (named or "").startswith(told) else told
    return (label, effective_from(label, system)) if label else None
