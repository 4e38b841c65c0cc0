"""Real servers that the tests start for themselves, or take from the environment."""

from __future__ import annotations

from tests.servers import postgresql

# Each says in lines of the report's head which servers the tests will ask.
_KINDS = (postgresql,)


def report() -> list[str]:
    """The lines of all kinds of servers."""
    return [line for kind in _KINDS for line in kind.report()]
