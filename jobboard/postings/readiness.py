"""What a listing needs beyond what a draft may leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard import clock

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

SHORTEST_DESCRIPTION = 80
WORKED_ON_SITE = frozenset({"on-site", "hybrid", "remote-after-training"})


def problems(posting: Posting) -> list[tuple[str, str]]:
    """(form field, sentence) for all that is missing or past; empty for a posting that can go to the moderators."""
    found = []
    if not posting.title.strip():
        found.append(("title", "Give the opening a title."))
    if len(posting.description.strip()) < SHORTEST_DESCRIPTION:
        found.append(("description", f"Describe the work in {SHORTEST_DESCRIPTION} characters or more."))
    if not posting.slugs("specialty"):
        found.append(("specialties", "Choose at least one specialty."))
    if not posting.slugs("role"):
        found.append(("roles", "Choose the role."))
    if not posting.slugs("employment"):
        found.append(("employment", "Choose at least one employment type."))
    if not posting.arrangement:
        found.append(("arrangement", "Say whether the work is remote, hybrid or on site."))
    if posting.arrangement in WORKED_ON_SITE and not posting.places:
        found.append(("places", "Name the place of the work, since it is not all remote."))
    if posting.apply_by == "address" and not posting.apply_url:
        found.append(("apply_url", "Give the address at which one applies."))
    if posting.apply_by == "mail" and not posting.apply_email:
        found.append(("apply_email", "Give the mail address to which one applies."))
    if posting.closes_on is not None and posting.closes_on < clock.today(posting.time_zone):
        found.append(("closes_on", "The closing day is over: choose a later one."))
    return found
