"""`GET /api/v1/jobs`: the search of the page, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, jsonify, request

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.api.problems import problem
from jobboard.postings.addresses import posting_path_of
from jobboard.postings.labels import CONFIDENTIAL
from jobboard.search.finder import Found, find, highlights_of
from jobboard.search.reading import reading_of
from jobboard.search.request import read_search
from jobboard.vocabulary import vocabularies
from search_index import Unavailable

if TYPE_CHECKING:
    from flask import Flask

    from jobboard.search.code_widening import Widened
    from jobboard.search.concepts import Concept
    from jobboard.search.facets import FacetShown
    from jobboard.search.lenience import Lenience


def register(app: Flask) -> None:
    """Add the view to `app`."""
    app.add_url_rule("/api/v1/jobs", endpoint="api.jobs", view_func=jobs)


@limited("search", "120/minute", methods=("GET",))
@audience(ANYONE)
def jobs() -> Response:
    """Openings that match; a wrong value or an unknown parameter is 400 and named."""
    words = vocabularies()
    asked, wrong = read_search(request.args, words)
    if wrong:
        return problem(400, "This search cannot be understood", wrong)
    try:
        results = find(asked, words)
    except Unavailable:
        answer = problem(503, "The search is away for the moment")
        answer.headers["Retry-After"] = "10"
        return answer
    base = current_app.extensions["settings"].base_url or request.url_root.rstrip("/")
    return jsonify(
        total=results.total,
        as_of=str(results.as_of) if results.as_of else None,
        **_lenience(results.lenience),
        concepts=[_concept(one) for one in reading_of(asked, words).concepts],
        widened=_widened(results.widened),
        results=[
            _result(found, base) | (_reasons(found) if asked.explain else {}) for found in results.found
        ],
        facets={facet.name: _values(facet) for facet in results.facets},
    )


def _lenience(done: Lenience | None) -> dict[str, object]:
    """What was done where few matched: words corrected, words left out, and how many match without any of that."""
    if done is None:
        return {"corrected": {}, "relaxed": [], "did_you_mean": None}
    return {
        "exact": done.exact,
        "corrected": dict(done.replaced),
        "relaxed": list(done.left_out),
        "did_you_mean": done.suggested or None,
    }


def _result(found: Found, base: str) -> dict[str, object]:
    row = found.row
    return {
        "id": str(row.id),
        "identifier": row.source_key or str(row.id),
        "title": row.title,
        "company": CONFIDENTIAL if row.confidential else row.company.name,
        "url": base + posting_path_of(row.id, row.title),
        "posted": row.posted_on.isoformat() if row.posted_on else None,
        "highlights": highlights_of(found),
    }


def _concept(one: Concept) -> dict[str, object]:
    return {
        "words": one.words,
        "excluded": one.excluded,
        "meanings": [
            {"parameter": each.parameter, "values": each.values, "label": each.label} for each in one.meanings
        ],
    }


def _widened(wider: Widened | None) -> dict[str, str] | None:
    return {"kind": wider.kind, "codes": wider.codes} if wider else None


def _reasons(found: Found) -> dict[str, object]:
    """Why it is here: words found, in which fields, and whether they were typed or mean the same."""
    return {"why": [{"words": one.words, "fields": one.fields, "typed": one.typed} for one in found.reasons]}


def _values(facet: FacetShown) -> list[dict[str, object]]:
    return [
        {"value": one.value, "label": one.label, "count": one.count, "openings": one.openings}
        for one in facet.values
    ]
