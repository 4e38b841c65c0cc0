"""Lists of words, written as plain text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, apart by blanks and line ends."""
    return frozenset(text.split())
