"""What an index is called on a cluster, and what leads to it.

PREFIX+NAME                      alias: the index that is searched, of whatever schema
PREFIX+NAME-is-FINGERPRINT       alias: the same index, for those who know its schema
PREFIX+NAME-SERIAL               the index itself
PREFIX+NAME-SERIAL-loading       alias: the same while it is loaded; writes go through aliases only, so that a write
                                 that comes too late never makes an index of its own

Whoever opened an index with another schema asks for another alias and finds nothing, without having to look first.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from search_index.cluster.mapping import fingerprint
from search_index.schema import Schema


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one schema's index under a prefix."""

    any_schema: str
    this_schema: str

    @classmethod
    def of(cls, schema: Schema, prefix: str) -> Names:
        """Return the names of the index of `schema`."""
        plain = f"{prefix}{schema.name}"
        return cls(plain, f"{plain}-is-{fingerprint(schema)}")

    @property
    def all_indexes(self) -> str:
        """The pattern that every index of this name fits, half-built ones included."""
        return f"{self.any_schema}-*"

    def new_index(self) -> str:
        """Return the name of an index that is yet to be made."""
        return f"{self.any_schema}-{int(time.time()):x}{secrets.token_hex(4)}"


def loading(index: str) -> str:
    """Return the alias through which `index` is loaded."""
    return f"{index}-loading"
