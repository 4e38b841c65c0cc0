"""Single facts of a posting in words; vocabulary slugs become their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.places import state as state_of
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jobboard.postings.models import Posting, PostingPlace

CONFIDENTIAL = "Confidential employer"
REMOTE = frozenset({"remote", "remote-after-training"})
AUTHORIZATION = {
    "": "Not stated",
    "us_only": "Must already be authorized to work in the US",
    "sponsorship": "Sponsorship is possible",
}


def label(facet: str, slug: str) -> str:
    """The label of a slug, '' for none."""
    return vocabularies()[facet].label(slug) if slug else ""


def labels(facet: str, slugs: Iterable[str]) -> tuple[str, ...]:
    """The labels of several slugs, in their order."""
    vocabulary = vocabularies()[facet]
    return tuple(vocabulary.label(slug) for slug in slugs)


def joined(parts: Sequence[str], word: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def number(value: float) -> str:
    """A number without a needless ".0"."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def span(least: float | None, most: float | None, unit: str = "") -> str:
    """ "3–5 charts an hour", "from 3 …", "up to 5 …", or ''."""
    if least is None and most is None:
        return ""
    if least is not None and most is not None:
        figures = number(least) if least == most else f"{number(least)}–{number(most)}"
    else:
        figures = f"from {number(least)}" if least is not None else f"up to {number(most or 0)}"
    return f"{figures} {unit}".strip()


def count(value: int, one: str, several: str = "") -> str:
    """ "1 week", "3 weeks"."""
    return f"{value:,} {one if value == 1 else several or one + 's'}"


def months(value: int) -> str:
    """Months as people say them: "6 months", "2 years", "2 years 6 months"."""
    years, rest = divmod(value, 12)
    parts = [count(years, "year")] if years else []
    if rest or not years:
        parts.append(count(rest, "month"))
    return " ".join(parts)


def place_label(place: PostingPlace) -> str:
    """ "Austin, TX", or the state's name, or the ZIP code."""
    if place.city and place.state:
        return f"{place.city}, {place.state}"
    home = state_of(place.state) if place.state else None
    return place.city or (home.name if home else place.state) or place.postal_code


def place_in_full(place: PostingPlace) -> str:
    """ "1 Main St, Austin, TX 78701"."""
    line = ", ".join(part for part in (place.street, place_label(place)) if part)
    return line if not place.postal_code or line == place.postal_code else f"{line} {place.postal_code}"


def place_line(posting: Posting) -> str:
    """ "Austin, TX and 2 more", or ''."""
    names = list(dict.fromkeys(place_label(place) for place in posting.places))
    if not names:
        return ""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def arrangement_line(posting: Posting) -> str:
    """ "Remote", "Hybrid, 2 days on site", "Remote after 4 weeks of on-site training", or ''."""
    words = label("arrangement", posting.arrangement)
    if posting.arrangement == "hybrid" and posting.hybrid_days:
        return f"{words}, {count(posting.hybrid_days, 'day')} on site"
    if posting.arrangement == "remote-after-training" and posting.training_weeks:
        return f"Remote after {count(posting.training_weeks, 'week')} of on-site training"
    return words


def eligible_line(posting: Posting) -> str:
    """Where the employer may hire, as a sentence; '' where it is silent and the work is done on its premises."""
    names = [home.name if (home := state_of(code)) else code for code in posting.eligible_states]
    if posting.eligible_mode == "all":
        return "May hire in every state"
    if posting.eligible_mode == "named":
        return f"May hire in {joined(names)}"
    if posting.eligible_mode == "all_but":
        return f"May hire in every state but {joined(names)}"
    return "The states where it may hire are not stated" if posting.arrangement in REMOTE else ""


def company_name(posting: Posting) -> str:
    """The hiring company as visitors see it."""
    return CONFIDENTIAL if posting.confidential else posting.company.name


def experience_line(posting: Posting) -> str:
    """ "2 years of coding, 1 year in the specialty"; "none needed" for a stated zero; '' where silent."""
    parts = []
    if posting.experience_months is not None:
        parts.append(
            f"{months(posting.experience_months)} of coding" if posting.experience_months else "none needed"
        )
    if posting.specialty_experience_months:
        parts.append(f"{months(posting.specialty_experience_months)} in the specialty")
    return ", ".join(parts)
