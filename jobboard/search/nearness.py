"""Where a found opening is, seen from the place that was searched near."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from jobboard.places import miles_from, place_key
from jobboard.postings.labels import count, place_label

if TYPE_CHECKING:
    from jobboard.places import Place
    from jobboard.postings.models import PostingPlace
    from jobboard.search.rows import PostingRow


def nearest_line(row: PostingRow, place: Place, within: int) -> str | None:
    """ "Brandon, FL and 1 more · 12 miles away" for the nearest workplace; nothing where none is so near."""
    nearest: tuple[int, str] | None = None
    for one in row.places:
        key = place_key(*one[:5])
        miles = miles_from(place, key) if key else None
        if miles is not None and miles <= within and (nearest is None or miles < nearest[0]):
            # A row has the attributes of a workplace that its label is made of.
            nearest = miles, place_label(cast("PostingPlace", one))
    if nearest is None:
        return None
    miles, label = nearest
    others = len({place_label(cast("PostingPlace", one)) for one in row.places}) - 1
    more = f" and {others} more" if others else ""
    return (
        f"{label}{more} · {count(miles, 'mile')} away" if miles else f"{label}{more} · less than a mile away"
    )
