"""Why a line of an import cannot be taken."""

from __future__ import annotations


class Refused(Exception):
    """A line that is not taken; the message names the field and says what is wrong with it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
