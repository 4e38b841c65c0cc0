"""A posting as people read it: frozen values with every label in place, for cards, pages, letters and the API.

All fields are text, numbers, booleans or tuples of such, so that `snapshot` can keep a posting as JSON and
`from_snapshot` can show it again when the posting itself has changed or gone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jobboard import clock
from jobboard.postings import dates, labels, pay
from jobboard.postings.addresses import code_path, company_path, posting_path
from jobboard.postings.fact_groups import Fact, FactGroup, fact_groups, workload_lines
from jobboard.postings.models import Origin, Posting, PostingCode, State
from jobboard.postings.requirement_words import sentences
from jobboard.postings.requirements import from_json
from jobboard.postings.text import render

if TYPE_CHECKING:
    from markupsafe import Markup

_NEW_FOR = timedelta(days=3)
_CHIPS = 5
_CODES_ON_CARD = 3


@dataclass(frozen=True)
class CodeShown:
    """A linked code. `text` is canonical ("99202–99215"), `url` empty where there is no page."""

    id: int | None
    system: str
    system_label: str
    text: str
    url: str
    origin: str


@dataclass(frozen=True)
class Card:
    """A posting in a list; `title` and `highlights` may be replaced by marked ones.

    `facts_html` and `end_html` hold what the template drew of the rest, for a card that is kept and shown again.
    """

    id: int
    title: str | Markup
    url: str
    company_name: str
    place_line: str
    arrangement_label: str
    pay_line: str
    posted_line: str
    closes_line: str
    chips: tuple[str | tuple[str, str], ...]
    codes: tuple[CodeShown, ...]
    is_new: bool
    note: str = ""
    highlights: tuple[Markup, ...] = ()
    facts_html: Markup | None = None
    end_html: Markup | None = None


@dataclass(frozen=True)
class Details:
    """Everything a posting's page says. Days are ISO; sentences are ready to show; '' is not stated."""

    id: int
    title: str
    url: str
    company_name: str
    company_url: str
    agency_name: str
    agency_url: str
    description: str
    posted_on: str
    posted_line: str
    closes_line: str
    arrangement_label: str
    place_line: str
    places: tuple[str, ...]
    eligible_line: str
    pay_line: str
    hourly_line: str
    hourly_formula: str
    requirement: tuple[str, ...]
    workload: tuple[Fact, ...]
    groups: tuple[FactGroup, ...]
    codes: tuple[CodeShown, ...]
    specialties: tuple[str, ...]
    apply_by: str
    apply_host: str
    apply_email: str
    note: str = ""
    taken_at: str = field(default="")
    not_comparable: str = field(default="")

    @property
    def description_html(self) -> Markup:
        """The text, sanitised when it is shown."""
        return render(self.description)


def card(posting: Posting) -> Card:
    """The posting as an entry of a list; load company, agency, terms, codes, places beforehand."""
    return Card(
        id=posting.id,
        title=posting.title or "Untitled",
        url=posting_path(posting),
        company_name=labels.company_name(posting),
        place_line=labels.place_line(posting),
        arrangement_label=labels.arrangement_line(posting),
        pay_line=pay.pay_line(posting),
        posted_line=posted_line(posting),
        closes_line=closes_line(posting),
        chips=_chips(posting),
        codes=codes_shown(posting)[:_CODES_ON_CARD],
        is_new=posting.posted_at is not None and clock.now() - posting.posted_at < _NEW_FOR,
        note=note(posting),
    )


def details(posting: Posting) -> Details:
    """The posting in full; load company, agency, terms, codes, places and workloads beforehand."""
    agency = posting.posted_by_company
    rate = pay.hourly(posting) if posting.pay_basis != "hourly" else None
    posted = dates.in_zone(posting.posted_at, posting.time_zone).date() if posting.posted_at else None
    return Details(
        id=posting.id,
        title=posting.title or "Untitled",
        url=posting_path(posting),
        company_name=labels.company_name(posting),
        company_url="" if posting.confidential else company_path(posting.company.slug),
        agency_name=agency.name if agency else "",
        agency_url=company_path(agency.slug) if agency else "",
        description=posting.description,
        posted_on=posted.isoformat() if posted else "",
        posted_line=posted_line(posting),
        closes_line=dates.closing_words(posting),
        arrangement_label=labels.arrangement_line(posting),
        place_line=labels.place_line(posting),
        places=tuple(labels.place_in_full(place) for place in posting.places),
        eligible_line=labels.eligible_line(posting),
        pay_line=pay.pay_line(posting),
        hourly_line=f"{pay.amounts(rate.least, rate.most)} an hour" if rate else "",
        hourly_formula=rate.formula if rate else "",
        not_comparable=pay.why_not_comparable(posting),
        requirement=requirement_sentences(posting),
        workload=workload_lines(posting),
        groups=fact_groups(posting),
        codes=codes_shown(posting),
        specialties=labels.labels("specialty", posting.slugs("specialty")),
        apply_by=posting.apply_by,
        apply_host=apply_host(posting),
        apply_email=posting.apply_email,
        note=note(posting),
    )


def snapshot(posting: Posting) -> dict[str, Any]:
    """The posting as it is now, JSON-safe."""
    return {**asdict(details(posting)), "taken_at": clock.now().isoformat()}


def from_snapshot(kept: dict[str, Any]) -> Details:
    """What `snapshot` kept. Fields that are missing (of an older form) are empty, unknown ones are left out."""
    empty: dict[str, Any] = {name: _EMPTY.get(kind, "") for name, kind in _KINDS.items()}
    values = {**empty, **{name: value for name, value in kept.items() if name in _KINDS}}
    values["codes"] = tuple(CodeShown(**code) for code in values["codes"])
    values["workload"] = tuple(Fact(**fact) for fact in values["workload"])
    values["groups"] = tuple(
        FactGroup(group["title"], tuple(Fact(**fact) for fact in group["facts"]))
        for group in values["groups"]
    )
    for name in ("places", "requirement", "specialties"):
        values[name] = tuple(values[name])
    return Details(**values)


_KINDS = {name: spec.type for name, spec in Details.__dataclass_fields__.items()}
_EMPTY: dict[Any, Any] = {
    "int": 0,
    **dict.fromkeys(
        ("tuple[str, ...]", "tuple[Fact, ...]", "tuple[FactGroup, ...]", "tuple[CodeShown, ...]"), ()
    ),
}


def requirement_sentences(posting: Posting) -> tuple[str, ...]:
    """ "Required: RHIT and either CCS or CIC" and so on; empty where nothing is stated."""
    return sentences(from_json(posting.credential_requirement), lambda slug: labels.label("credential", slug))


def codes_shown(posting: Posting) -> tuple[CodeShown, ...]:
    """The linked codes that were not dismissed, each once, in their order; a family ends in "-" ("E11.-")."""
    found: dict[tuple[str, str], CodeShown] = {}
    for code in posting.codes:
        if code.dismissed:
            continue
        shown = code_shown(code)
        found.setdefault((shown.system, shown.text), shown)
    return tuple(found.values())


def code_shown(code: PostingCode) -> CodeShown:
    """One linked code with its labels."""
    text = code.start
    if code.end and code.end != code.start:
        text = f"{code.start}–{code.end}"
    elif code.is_family:
        text = f"{code.start}-" if "." in code.start or code.system != "icd10cm" else f"{code.start}.-"
    return CodeShown(
        code.id, code.system, labels.label("system", code.system), text, code_path(code), code.origin
    )


def posted_line(posting: Posting) -> str:
    """ "Posted 2 days ago", by the employer's days; '' for what was never open."""
    return f"Posted {dates.ago_words(posting.posted_at, posting.time_zone)}" if posting.posted_at else ""


def closes_line(posting: Posting) -> str:
    """ "Closes 30 June"; '' where it is closed or has no day."""
    if posting.closes_on is None or posting.state == State.CLOSED:
        return ""
    return f"Closes {dates.day_words(posting.closes_on)}"


def note(posting: Posting) -> str:
    """Words above a posting that is not open: "Closed: filled"."""
    over = posting.closes_at is not None and posting.closes_at <= clock.now()
    if posting.state == State.CLOSED:
        return f"Closed: {labels.label('close_reason', posting.closed_reason).lower()}".removesuffix(": ")
    return "Closed: expired" if posting.state == State.OPEN and over else ""


def apply_host(posting: Posting) -> str:
    """The host of the employer's address, shown before leaving; '' where one applies otherwise."""
    return (urlsplit(posting.apply_url).hostname or "") if posting.apply_by == "address" else ""


def _chips(posting: Posting) -> tuple[str, ...]:
    credentials = labels.labels("credential", posting.slugs("credential")[:3])
    specialties = labels.labels("specialty", posting.slugs("specialty")[:2])
    employment = labels.labels("employment", posting.slugs("employment")[:1])
    welcome = ("Apprentices welcome",) if posting.apprentice_welcome else ()
    return (*specialties, *credentials, *welcome, *employment)[:_CHIPS]


def is_said(posting: Posting, column: str) -> bool:
    """Whether a column's value was stated or confirmed, not just read from the text."""
    return bool(posting.origins.get(column, Origin.STATED) != Origin.RECOGNISED)
