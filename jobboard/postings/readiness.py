"""What a listing needs beyond what a draft may leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from jobboard.postings.models import Posting

SHORTEST_DESCRIPTION = 80
WORKED_ON_SITE = frozenset({"on-site", "hybrid", "remote-after-training"})


@dataclass(frozen=True)
class Listing:
    """As much of a posting as decides whether it can be listed; from its row or from its form."""

    title: str
    description: str
    specialties: Sequence[str]
    roles: Sequence[str]
    employment: Sequence[str]
    arrangement: str
    has_place: bool
    apply_by: str
    apply_url: str
    apply_email: str
    closes_on: date | None
    time_zone: str


def listing_of(posting: Posting) -> Listing:
    """The facts of a stored posting."""
    return Listing(
        posting.title,
        posting.description,
        posting.slugs("specialty"),
        posting.slugs("role"),
        posting.slugs("employment"),
        posting.arrangement,
        bool(posting.places),
        posting.apply_by,
        posting.apply_url,
        posting.apply_email,
        posting.closes_on,
        posting.time_zone,
    )


def problems(listing: Listing) -> list[tuple[str, str]]:
    """(form field, sentence) for all that is missing or past; empty for a posting that can go to the moderators."""
    found = []
    if not listing.title:
        found.append(("title", "Give the opening a title."))
    if len(listing.description) < SHORTEST_DESCRIPTION:
        found.append(("description", f"Describe the work in {SHORTEST_DESCRIPTION} characters or more."))
    if not listing.specialties:
        found.append(("specialties", "Choose at least one specialty."))
    if not listing.roles:
        found.append(("roles", "Choose the role."))
    if not listing.employment:
        found.append(("employment", "Choose at least one employment type."))
    if not listing.arrangement:
        found.append(("arrangement", "Say whether the work is remote, hybrid or on site."))
    if listing.arrangement in WORKED_ON_SITE and not listing.has_place:
        found.append(("places", "Name the place of the work, since it is not all remote."))
    if listing.apply_by == "address" and not listing.apply_url:
        found.append(("apply_url", "Give the address at which one applies."))
    if listing.apply_by == "mail" and not listing.apply_email:
        found.append(("apply_email", "Give the mail address to which one applies."))
    if listing.closes_on is not None and listing.closes_on < clock.today(listing.time_zone):
        found.append(("closes_on", "The closing day is over: choose a later one."))
    return found
