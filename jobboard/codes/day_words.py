"""A day in words, from the ways in which official files write it."""

from __future__ import annotations

from datetime import date


def day_in_words(printed: str) -> str:
    """ "1 January 1993" of "19930101" or "1993-01-01"; '' for what is no day."""
    try:
        day = date.fromisoformat(printed)
    except ValueError:
        return ""
    return f"{day.day} {day:%B} {day.year}"
