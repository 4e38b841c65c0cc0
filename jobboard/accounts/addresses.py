"""Mail addresses: checked, and compared without regard to case."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


def checked_address(typed: str) -> str:
    """The address as it is stored. ValueError with words for the person where it is none."""
    try:
        # Whether its domain takes mail is the carrier's to find out: asking here would take time and tell strangers.
        found = validate_email(
            typed.strip(), check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        )
    except EmailNotValidError as problem:
        raise ValueError(str(problem)) from problem
    address = found.ascii_email or found.normalized
    if "." not in found.domain:
        raise ValueError("The part after the at sign has no dot, such as in example.org.")
    if len(address) > LONGEST:
        raise ValueError("The address is too long.")
    return address


def address_key(address: str) -> str:
    """What makes an address unique: itself without regard to case and to spaces around it."""
    return address.strip().casefold()
