"""What a search address says, read once for the page and for the interface.

The page ignores what it does not know; the interface is told every parameter that is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from jobboard.codes.linker import parse_query_code
from jobboard.places import find_place, states
from jobboard.search.bands import BANDED
from jobboard.search.hierarchies import chapter_value, city_value
from jobboard.search.moments import read_as_of
from jobboard.search.quantities import USUAL_MILES, read_days, read_near, read_pay, read_within
from jobboard.search.versions import CURRENT, VERSION, is_version, of_today
from jobboard.vocabulary import folded

if TYPE_CHECKING:
    from jobboard.codes.linker import Mention
    from jobboard.places import Place
    from jobboard.vocabulary import Vocabularies

NOT_STATED = "not-stated"
VOCABULARY_FACETS = (
    "specialty",
    "credential",
    "role",
    "side",
    "arrangement",
    "employment",
    "system",
    "setting",
    "tool",
    "schedule",
    "pay_basis",
    "benefit",
    "chart_type",
)
STATE_FACETS = ("hires_in", "state")
# In the order in which the page and the interface show them.
FACETS = (
    "specialty",
    "credential",
    "role",
    "side",
    "arrangement",
    "hires_in",
    "state",
    "city",
    "employment",
    "experience",
    "specialty_experience",
    "apprentice",
    "schedule",
    "pay_basis",
    "system",
    "chapter",
    "block",
    "setting",
    "tool",
    "benefit",
    "chart_type",
    "accuracy",
    "qa_appeal",
)
# What a page counts and shows at first sight, beside what was chosen; the others come when asked for.
FIRST_FACETS = frozenset(
    {
        "specialty",
        "credential",
        "role",
        "side",
        "arrangement",
        "hires_in",
        "state",
        "city",
        "employment",
        "experience",
        "system",
        "chapter",
        "block",
    }
)
FIRST, ALL_FILTERS = "first", "all"
POSTED_DAYS = (1, 3, 7, 14, 30)
CLOSING_DAYS = (3, 7, 14)
SORTS = ("relevance", "newest", "pay", "distance", "closing-soon")
LARGEST_SIZE = 100
DEEPEST = 10_000
LONGEST_QUERY = 500
MOST_PLAIN = 32
LONGEST_VALUE = 60
PARAMETERS = frozenset(
    {
        "q",
        "page",
        "size",
        "sort",
        "posted",
        "closing",
        "code",
        "near",
        "within",
        "pay",
        "as_of",
        "literal",
        "explain",
        "plain",
        VERSION,
        *FACETS,
    }
)


@dataclass(frozen=True)
class SearchRequest:
    """A search as asked for. `facets` maps a facet to the chosen values, `codes` are what the parameter named.

    `near` is a place as typed, empty where it is not known; `within` miles, None being `USUAL_MILES`. `pay` holds the
    dollars an hour that are wanted at least, `not-stated`, or both, of which one is enough. `plain` are words of `q`,
    folded, that the person wants to be nothing but words.
    """

    q: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    posted: int | None = None
    closing: int | None = None
    near: str = ""
    within: int | None = None
    pay: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1
    size: int = 20
    # Microseconds since 1970; see `moments`. It belongs to a page, so `pairs` leaves it out.
    as_of: int | None = None
    # Nothing is corrected and no word left out.
    literal: bool = False
    # Each opening says why it is here. It belongs to a page, as `as_of` does.
    explain: bool = False
    # What the lists of filters are narrowed to; it narrows no openings.
    values: str = ""
    plain: tuple[str, ...] = ()
    # Which filters a page shows, `FIRST` or `ALL_FILTERS`; the interface, which says nothing, counts all.
    filters: str = ""

    @property
    def order(self) -> str:
        """The sort in force: relevance with words, newest without, unless one was chosen."""
        return self.sort or ("relevance" if self.q.strip() else "newest")

    @property
    def counts_days(self) -> bool:
        """Whether it is counted how many were posted, and how many close, within so many days.

        To count them costs as much as a third of all facets, so the first sight only offers them.
        """
        return self.filters != FIRST or bool(self.values or self.posted or self.closing)

    @property
    def counted_facets(self) -> tuple[str, ...]:
        """The facets that are counted, in their order."""
        if self.filters != FIRST or self.values:
            return FACETS
        return tuple(facet for facet in FACETS if facet in FIRST_FACETS or facet in self.facets)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the page number narrows the list."""
        return bool(
            self.q.strip()
            or self.facets
            or self.codes
            or self.posted
            or self.closing
            or self.near
            or self.pay
        )

    @property
    def place(self) -> Place | None:
        """The place that the search is near."""
        return find_place(self.near) if self.near else None

    @property
    def miles(self) -> int:
        """The radius around `place`."""
        return self.within or USUAL_MILES

    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters in a fixed order, defaults left out."""
        found = [("q", self.q)] if self.q.strip() else []
        found += [("code", code) for code in self.codes]
        found += [(facet, value) for facet in FACETS for value in self.facets.get(facet, ())]
        found += [("near", self.near)] if self.near else []
        found += [("within", str(self.within))] if self.near and self.within else []
        found += [("pay", value) for value in self.pay]
        found += [("posted", str(self.posted))] if self.posted else []
        found += [("closing", str(self.closing))] if self.closing else []
        found += [("sort", self.sort)] if self.sort else []
        found += [("literal", "1")] if self.literal and self.q.strip() else []
        asked = f" {folded(self.q)} "
        found += [("plain", words) for words in self.plain if f" {words} " in asked]
        found += [("filters", ALL_FILTERS)] if self.filters == ALL_FILTERS else []
        found += [("page", str(self.page))] if self.page > 1 else []
        return [*found, (VERSION, str(CURRENT))] if found else []

    def without(self, name: str, value: str) -> SearchRequest:
        """The same search without one chosen value, from its first page."""
        if name == "q":
            return replace(self, q="", page=1)
        if name in {"posted", "closing"}:
            posted = None if name == "posted" else self.posted
            closing = None if name == "closing" else self.closing
            return replace(self, posted=posted, closing=closing, page=1)
        if name == "near":
            sort = "" if self.sort == "distance" else self.sort
            return replace(self, near="", within=None, sort=sort, page=1)
        if name == "pay":
            return replace(self, pay=tuple(one for one in self.pay if one != value), page=1)
        if name == "code":
            return replace(self, codes=tuple(code for code in self.codes if code != value), page=1)
        left = tuple(one for one in self.facets.get(name, ()) if one != value)
        others = {facet: values for facet, values in self.facets.items() if facet != name}
        return replace(self, facets={**others, name: left} if left else others, page=1)

    def mentions(self) -> list[Mention]:
        """The code intervals of the parameter `code`."""
        return [mention for code in self.codes for mention in parse_query_code(code)]


def read_search(args: MultiDict[str, str], known: Vocabularies) -> tuple[SearchRequest, dict[str, str]]:
    """The search that `args` ask for, with what is wrong by parameter; wrong values are left out.

    An address of an older version is read in today's words.
    """
    args = MultiDict(of_today(args.items(multi=True)))
    wrong = {name: "is not a parameter of this search" for name in args if name not in PARAMETERS}
    if (version := args.get(VERSION)) is not None and not is_version(version):
        wrong[VERSION] = f"is a version of the address: a whole number from 1 to {CURRENT}"
    q = args.get("q", "")
    if len(q) > LONGEST_QUERY:
        wrong["q"] = f"is longer than {LONGEST_QUERY} characters"
        q = q[:LONGEST_QUERY]
    facets = {}
    for facet in FACETS:
        values = _facet_values(facet, args.getlist(facet), known, wrong)
        if values:
            facets[facet] = values
    size = _number(args, "size", 20, LARGEST_SIZE, wrong)
    page = _number(args, "page", 1, DEEPEST, wrong)
    if (page - 1) * size >= DEEPEST:
        wrong["page"] = (
            f"is too deep: only the first {DEEPEST:,} openings can be paged through; narrow the search"
        )
        page = 1
    near = read_near(args, wrong)
    sort = args.get("sort", "")
    if sort and sort not in SORTS:
        wrong["sort"] = f"is one of {', '.join(SORTS)}"
        sort = ""
    if sort == "distance" and not near:
        wrong["sort"] = "by distance needs a place: near, such as 33602 or Tampa, FL"
        sort = ""
    request = SearchRequest(
        q=q,
        facets=facets,
        codes=_codes(args, wrong),
        posted=read_days(args, "posted", POSTED_DAYS, wrong),
        closing=read_days(args, "closing", CLOSING_DAYS, wrong),
        near=near,
        within=read_within(args, wrong),
        pay=read_pay(args, wrong),
        sort=sort,
        page=page,
        size=size,
        as_of=read_as_of(args, wrong),
        literal=_switch(args, "literal", wrong),
        explain=_switch(args, "explain", wrong),
        plain=_plain(args),
        values=args.get("values", "")[:LONGEST_VALUE].strip(),
    )
    return request, wrong


def _switch(args: MultiDict[str, str], name: str, wrong: dict[str, str]) -> bool:
    text = args.get(name, "")
    if text not in {"", "0", "1"}:
        wrong[name] = "is 1 or 0"
    return text == "1"


def _facet_values(
    facet: str, given: list[str], known: Vocabularies, wrong: dict[str, str]
) -> tuple[str, ...]:
    values = []
    for text in dict.fromkeys(given):
        value = text.strip()
        if not value:
            continue
        if facet in STATE_FACETS:
            value = value.lower() if value.lower() == NOT_STATED else value.upper()
            fits = value in _state_codes() or value == NOT_STATED
        elif facet in {"city", "chapter", "block"}:
            canonical = city_value(value) if facet == "city" else chapter_value(facet, value)
            value, fits = canonical or value, canonical is not None
        elif facet in BANDED:
            value = value.lower()
            fits = value in BANDED[facet] or value == NOT_STATED
        else:
            value = value.lower()
            fits = value in known[facet] or value == NOT_STATED
        if fits:
            values.append(value)
        else:
            wrong[facet] = f"has no value {text!r}"
    return tuple(dict.fromkeys(values))


def _state_codes() -> frozenset[str]:
    return frozenset(state.code for state in states())


def _codes(args: MultiDict[str, str], wrong: dict[str, str]) -> tuple[str, ...]:
    found = []
    for text in dict.fromkeys(args.getlist("code")):
        if not text.strip():
            continue
        if len(text) <= 40 and parse_query_code(text):
            found.append(text.strip())
        else:
            wrong["code"] = f"is a code, a family or a range, which {text[:40]!r} is not"
    return tuple(found)


def _plain(args: MultiDict[str, str]) -> tuple[str, ...]:
    given = (folded(words[:LONGEST_QUERY]) for words in args.getlist("plain")[:MOST_PLAIN])
    return tuple(dict.fromkeys(filter(None, given)))


def _number(args: MultiDict[str, str], name: str, default: int, most: int, wrong: dict[str, str]) -> int:
    text = args.get(name, "")
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= most:
        wrong[name] = f"is a whole number from 1 to {most}"
        return default
    return int(text)
