"""The sections of the official guidelines that name a code, what holds it, or its chapter; one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, func, or_, select

from jobboard.codes.book_models import GuidelineCitation, GuidelineSection
from jobboard.codes.chapters import chapters
from jobboard.codes.day_sets import DaySets
from jobboard.codes.models import CodeEdition
from jobboard.database import db

OPENING: Final = 700
"""Characters of a section's text that are loaded for a list of sections."""
MOST: Final = 60
_REASONS: Final = ("names this code", "names a code below it", "names what holds it", "is about its chapter")


@dataclass(frozen=True, slots=True)
class Cited:
    """A section with the beginning of its text, and why it is shown. `whole` is whether that is all of the text."""

    number: str
    title: str
    page: int
    opening: str
    whole: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """A whole section with the numbers and titles around it and below it, and the codes and ranges it names."""

    edition: CodeEdition
    section: GuidelineSection
    above: list[tuple[str, str]]
    below: list[tuple[str, str]]
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    cited: list[tuple[str, str]]


def sections_citing(system: str, code: str, sets: DaySets) -> list[Cited]:
    """The sections, those first that say most about the code; at most `MOST`; one statement, or none."""
    edition = sets.of(system, "guidelines")
    if edition is None:
        return []
    first, _, last = code.partition("-")
    last = last or first
    start, end = GuidelineCitation.start, GuidelineCitation.end
    # A span covers what begins with its end: E08-E13 holds E13.9.
    holds = and_(start <= first, or_(end >= last, func.substr(last, 1, func.length(end)) == end))
    below = or_(start.startswith(first, autoescape=True), and_(start >= first, start <= last))
    rows = db.session.execute(
        select(
            GuidelineSection.number,
            GuidelineSection.title,
            GuidelineSection.page,
            GuidelineSection.position,
            func.substr(GuidelineSection.text, 1, OPENING + 1).label("text"),
            start,
            end,
        )
        .join(
            GuidelineCitation,
            and_(
                GuidelineCitation.edition_id == GuidelineSection.edition_id,
                GuidelineCitation.number == GuidelineSection.number,
            ),
        )
        .where(GuidelineSection.edition_id == edition.id, or_(holds, below))
        .order_by(GuidelineSection.position)
    )
    best: dict[str, tuple[int, int, Cited]] = {}
    for row in rows:
        rank = _rank(first, last, row.start, row.end)
        if row.number in best and best[row.number][0] <= rank:
            continue
        text = body(row.text, row.title)
        cited = Cited(
            row.number,
            row.title,
            row.page,
            text[:OPENING].strip(),
            len(row.text) <= OPENING,
            _REASONS[rank],
        )
        best[row.number] = (rank, row.position, cited)
    return [cited for _, _, cited in sorted(best.values(), key=lambda each: each[:2])[:MOST]]


def section_of(edition: CodeEdition, number: str) -> Section | None:
    """A section as its own page shows it, or None; two statements."""
    every = contents(edition)
    place = next((at for at, each in enumerate(every) if each.number == number), None)
    if place is None:
        return None
    titles = [(each.number, each.title) for each in every]
    parts = number.split(".")
    uppers = {".".join(parts[:length]) for length in range(1, len(parts))}
    cited = db.session.execute(
        select(GuidelineCitation.start, GuidelineCitation.end)
        .where(GuidelineCitation.edition_id == edition.id, GuidelineCitation.number == number)
        .order_by(GuidelineCitation.id)
    )
    return Section(
        edition=edition,
        section=db.session.get_one(GuidelineSection, (edition.id, number)),
        above=[each for each in titles if each[0] in uppers],
        below=[each for each in titles if each[0].rpartition(".")[0] == number],
        before=titles[place - 1] if place else None,
        after=titles[place + 1] if place + 1 < len(titles) else None,
        cited=[(row.start, row.end) for row in cited],
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `level` counts from 0."""

    number: str
    title: str
    page: int

    @property
    def level(self) -> int:
        """How deep the section stands."""
        return self.number.count(".")


def contents(edition: CodeEdition) -> list[Entry]:
    """The sections of the guidelines in order; one statement."""
    rows = db.session.execute(
        select(GuidelineSection.number, GuidelineSection.title, GuidelineSection.page)
        .where(GuidelineSection.edition_id == edition.id)
        .order_by(GuidelineSection.position)
    )
    return [Entry(row.number, row.title, row.page) for row in rows]


def _rank(first: str, last: str, start: str, end: str) -> int:
    """Which of `_REASONS` holds for a span: the lower the closer."""
    if f"{start}-{end}" in _chapter_spans():
        return 0 if (start, end) == (first, last) else 3
    if (start, end) == (first, last):
        return 0
    return 1 if start.startswith(first) or (first != last and first <= start <= last) else 2


def _chapter_spans() -> Sequence[str]:
    return [each.codes for each in chapters().values() if each.system == "icd10cm" and not each.chapter]


def body(text: str, title: str) -> str:
    """The text without the heading in its first line, which the page shows by itself."""
    head, _, rest = text.partition("\n")
    return rest if title[:20].casefold() in head.casefold() else text
