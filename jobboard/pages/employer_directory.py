"""The employers that have something open: by name, specialty and state of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.mail.addresses import base_url
from jobboard.places import state, states
from jobboard.postings.hiring import hiring
from jobboard.search.suggesting import known_within
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

    from jobboard.employers.models import Company

ON_A_PAGE = 30
LONGEST_NAME = 200
# So long a visit waits for the first counting of what openings carry.
_PATIENCE_SECONDS = 2.0


def register(app: Flask) -> None:
    """Add the page to `app`."""
    app.add_url_rule("/employers", endpoint="pages.employers", view_func=employers)


@audience(ANYONE)
@limited("employers", "120/minute", methods=("GET",))
def employers() -> ResponseReturnValue:
    """A page of employers, those with the most openings first; what the address says and is not known is ignored."""
    words, there = vocabularies(), known_within(_PATIENCE_SECONDS)
    name = request.args.get("q", "")[:LONGEST_NAME].strip()
    specialty = request.args.get("specialty", "").lower()
    specialty = specialty if specialty in words["specialty"] else ""
    home = state(request.args.get("state", "").upper())
    page = max(1, request.args.get("page", 1, type=int))
    # A number beyond any list, which a database could not hold, is as good as one.
    offset = min(page - 1, 1_000_000) * ON_A_PAGE
    code = home.code if home else ""
    found = hiring(name, specialty, code, limit=ON_A_PAGE, offset=offset)
    pages = max(1, -(-found.total // ON_A_PAGE))
    if page > 1 and not found.companies:
        abort(404)
    chosen = {"q": name, "specialty": specialty, "state": code}
    # Until what openings carry is counted for the first time, everything may be chosen.
    carried = there.carried if there is not None else None
    open_in = {*carried.terms.get("specialty", {}), specialty} if carried else words["specialty"].slugs
    open_at = {*carried.states, code} if carried else {one.code for one in states()}
    return render_template(
        "pages/employers.html",
        companies=[(company, _line(company), number) for company, number in found.companies],
        total=found.total,
        name=name,
        specialty=specialty,
        state=code,
        specialties=[(one.slug, one.label) for one in words["specialty"] if one.slug in open_in],
        states=[(one.code, one.name) for one in states() if one.code in open_at],
        is_filtered=any(chosen.values()),
        page=page,
        pages=pages,
        url_of=lambda number: _address({**chosen, "page": str(number) if number > 1 else ""}),
        canonical=base_url() + url_for("pages.employers"),
    )


def _address(parameters: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in parameters.items() if value})
    return url_for("pages.employers") + (f"?{query}" if query else "")


def _line(company: Company) -> str:
    """ "Hospital · Austin, TX · An agency that posts for others"."""
    setting = vocabularies()["setting"].label(company.setting) if company.setting else ""
    place = ", ".join(filter(None, (company.city, company.state)))
    agency = "An agency that posts for others" if company.is_agency else ""
    return " · ".join(filter(None, (setting, place, agency)))
