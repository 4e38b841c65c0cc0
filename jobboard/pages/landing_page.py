"""Pages of the openings in a state, in a specialty or for a credential, each with its figures; and the list of them.

A page is there only where something is open: who asks for a known state, specialty or credential without openings is
led to the search, which offers wider ones; so is everybody while the engine is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import abort, redirect, render_template, url_for

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.mail.addresses import base_url
from jobboard.pages.landing_addresses import landing_path, state_slug
from jobboard.places import states
from jobboard.postings import pay
from jobboard.search.facets import value_label
from jobboard.search.overview import Overview, overview
from jobboard.search.suggesting import known
from jobboard.vocabulary import vocabularies
from search_index import Unavailable

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

MOVED_FOR_GOOD = 301


@dataclass(frozen=True)
class Landing:
    """What a page is of: the facet and its value, and how headings and sentences name it."""

    facet: str
    value: str
    heading: str
    subject: str


def register(app: Flask) -> None:
    """Add the pages to `app`."""
    app.add_url_rule("/jobs/in/<slug>", endpoint="pages.jobs_in_state", view_func=jobs_in_state)
    app.add_url_rule(
        "/jobs/specialty/<slug>", endpoint="pages.jobs_of_specialty", view_func=jobs_of_specialty
    )
    app.add_url_rule(
        "/jobs/credential/<slug>", endpoint="pages.jobs_for_credential", view_func=jobs_for_credential
    )
    app.add_url_rule("/jobs/browse", endpoint="pages.browse", view_func=browse)


@audience(ANYONE)
@limited("landing", "120/minute", methods=("GET",))
def jobs_in_state(slug: str) -> ResponseReturnValue:
    """Openings with a workplace in a state, by its name or two letters."""
    asked = slug.casefold()
    state = next((one for one in states() if asked in {state_slug(one), one.code.casefold()}), None)
    if state is None:
        abort(404)
    where = f"in {state.name}"
    return _page(slug, Landing("state", state.code, f"Medical coding openings {where}", where))


@audience(ANYONE)
@limited("landing", "120/minute", methods=("GET",))
def jobs_of_specialty(slug: str) -> ResponseReturnValue:
    """Openings of a specialty."""
    term = vocabularies()["specialty"].get(slug.casefold()) or abort(404)
    return _page(slug, Landing("specialty", term.slug, f"{term.name}: coding openings", f"in {term.label}"))


@audience(ANYONE)
@limited("landing", "120/minute", methods=("GET",))
def jobs_for_credential(slug: str) -> ResponseReturnValue:
    """Openings that name a credential."""
    term = vocabularies()["credential"].get(slug.casefold()) or abort(404)
    heading = f"{term.label} openings" if term.name == term.label else f"{term.label} ({term.name}) openings"
    return _page(slug, Landing("credential", term.slug, heading, f"naming the {term.label}"))


@audience(ANYONE)
@limited("landing", "120/minute", methods=("GET",))
def browse() -> ResponseReturnValue:
    """All states, specialties and credentials for which something is open."""
    carried, words = known().carried, vocabularies()
    counts = {**carried.terms, "state": carried.states}
    groups = [
        (
            title,
            facet,
            [
                (value_label(facet, value, words), landing_path(facet, value), number)
                for value, number in sorted(
                    counts.get(facet, {}).items(),
                    key=lambda one: value_label(facet, one[0], words).casefold(),
                )
                if landing_path(facet, value)
            ],
        )
        for title, facet in (("States", "state"), ("Specialties", "specialty"), ("Credentials", "credential"))
    ]
    return render_template("pages/browse.html", groups=groups, canonical=base_url() + url_for("pages.browse"))


def _page(slug: str, landing: Landing) -> ResponseReturnValue:
    path = landing_path(landing.facet, landing.value)
    search_url = f"{url_for('search.jobs')}?{urlencode({landing.facet: landing.value})}"
    words = vocabularies()
    try:
        found = overview(landing.facet, landing.value, words)
    except Unavailable:
        return redirect(search_url)
    if not found.total:
        return redirect(search_url)
    if path.rpartition("/")[2] != slug:
        return redirect(path, MOVED_FOR_GOOD)
    usual = {
        facet: [
            (value_label(facet, value, words), landing_path(facet, value), number) for value, number in values
        ]
        for facet, values in found.usual.items()
    }
    return render_template(
        "pages/landing.html",
        landing=landing,
        found=found,
        shown=sum(1 + len(opening.also) for opening in found.newest),
        pay_figures=pay.amounts(found.pay.least, found.pay.most) if found.pay else "",
        usual=usual,
        search_url=search_url,
        remote_url=url_for(
            "search.jobs", arrangement=["remote", "remote-after-training"], hires_in=landing.value
        ),
        canonical=base_url() + path,
        description=_description(landing, found, usual),
    )


def _pay_words(found: Overview) -> str:
    """ "between $24 and $41.50 an hour", or ''."""
    if found.pay is None:
        return ""
    least, most = pay.money(found.pay.least), pay.money(found.pay.most)
    return f"{least} an hour" if least == most else f"between {least} and {most} an hour"


def _description(landing: Landing, found: Overview, usual: dict[str, list[tuple[str, str, int]]]) -> str:
    counted = f"{found.total:,} open {'posting' if found.total == 1 else 'postings'} for medical coders"
    parts = [f"{counted} {landing.subject}"]
    if found.pay:
        parts.append(f"best hourly rates {_pay_words(found)}")
    if credentials := usual.get("credential"):
        parts.append(f"often asked for: {', '.join(label for label, _, _ in credentials[:4])}")
    return "; ".join(parts) + "."
