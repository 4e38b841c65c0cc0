"""Which commands load a system, for whoever runs the board."""

from __future__ import annotations

from jobboard.codes.edition_choice import LISTED_BY
from jobboard.codes.fetching import NotFetched, read_addresses


def commands_for(system: str) -> list[str]:
    """The commands that bring an edition of `system`: downloading, where an address of it is known, then importing."""
    kind = LISTED_BY.get(system, system)
    if kind == "icd10cm":
        return ["jobboard codes import icd10cm"]
    try:
        known = {address.kind for address in read_addresses()}
    except NotFetched:
        known = set()
    fetched = [f"jobboard codes fetch {kind}"] if kind in known else []
    return [*fetched, f"jobboard codes import {kind} FILE"]
