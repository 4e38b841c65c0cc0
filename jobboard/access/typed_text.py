"""Free text as people type it into forms: how it is cleaned, and how long it may be."""

from __future__ import annotations

from wtforms.validators import Length


def cleaned(text: str | None) -> str:
    """`text` with plain line ends, without NUL signs and without blanks around it; '' for nothing."""
    return (text or "").replace("\r\n", "\n").replace("\x00", "").strip()


def at_most(longest: int) -> Length:
    """The validator that asks for at most `longest` characters."""
    return Length(max=longest, message=f"Please keep it to {longest:,} characters.")
