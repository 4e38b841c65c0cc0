"""What can go wrong with an index, told apart by what the caller does about it."""

from __future__ import annotations


class Unavailable(Exception):
    """The engine cannot answer now: away, broken, or without a usable index. Fall back and say so."""


class MissingIndex(Unavailable):
    """No index of that name has been built yet. Rebuild it."""


class StaleSchema(Unavailable):
    """The index was built with another schema or analysis than the one it was opened with. Rebuild it."""


class Locked(Unavailable):
    """Another process holds the only writer of this index; the message names its process id."""


class BadQuery(ValueError):
    """The query asks for what the schema does not offer; the message names the field or value."""
