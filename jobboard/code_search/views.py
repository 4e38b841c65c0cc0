"""`/codes`: the search of all codes, and what completes its box."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Response, current_app, redirect, render_template, request, url_for

from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.code_search.choices import choices_of
from jobboard.code_search.finder import audiences_of, find, only_code
from jobboard.code_search.index import table_keeper
from jobboard.code_search.request import LONGEST_VALUE, CodeSearch
from jobboard.code_search.showing import folded
from jobboard.code_search.suggesting import LONGEST, Body, CodeSuggester, CodeSuggestion
from jobboard.codes import queries
from jobboard.codes.browsing import counts_of
from jobboard.codes.edition_choice import LISTED_BY
from jobboard.codes.library import NOTICES, articles_together
from jobboard.codes.licence_use import shows, shows_some_of
from jobboard.codes.lookup import LONGEST_QUERY, tidied
from jobboard.codes.service_day import PARAMETER, asked_day, dated_url
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from jobboard.code_search.finder import CodeResults
    from jobboard.code_search.showing import Hit
    from jobboard.codes.models import CodeEdition
    from jobboard.codes.rules import Viewer

_SUGGESTERS = "code_suggesters"
_KEPT_SECONDS = 60
_PATIENCE_SECONDS = 0.5
# Of each system so many results are shown together; its own page has more.
SHOWN_TOGETHER = 10


def register_views(app: Flask) -> None:
    """Add the views; the search stands among the pages of the room `codes`."""
    app.add_url_rule("/codes", endpoint="codes.index", view_func=index)
    app.add_url_rule("/codes/suggest", endpoint="codes.suggest", view_func=suggest)


@audience(ANYONE)
@limited("codes", "120/minute", methods=("GET",))
def index() -> str | AnyResponse:
    """The search box over all systems, with its results, or the systems themselves. A code leads to its page."""
    search, day = _asked(), asked_day()
    viewer = current_viewer()
    if search.q and not search.filters and (code := only_code(search.q, search.system, viewer, day.day)):
        return redirect(dated_url("pages.code", system=code[0], code=code[1]))
    results = find(search, viewer) if search.q else None
    if results is not None:
        together = results.hits if search.system else _shown_together(results)
        shows_some_of({hit.edition_id for hit in together})
    choices, editions = choices_of(search, viewer), queries.editions_in_force(day.day, viewer)
    shows(choices.named_by)
    home = editions.get(LISTED_BY["modifier"])
    return render_template(
        "codes/index.html",
        search=search,
        systems=code_systems(),
        results=results,
        folded=folded,
        shown_together=SHOWN_TOGETHER,
        choices=choices,
        editions=editions,
        others=[] if results is None or day.is_today else _of_the_day_alone(search.system, editions, viewer),
        articles=[] if search.q else articles_together(),
        modifiers=counts_of("modifier", home).modifiers if home and not search.q else 0,
        notices=NOTICES,
        day=day,
    )


def _shown_together(results: CodeResults) -> list[Hit]:
    return [hit for hits in results.by_system.values() for hit in hits[:SHOWN_TOGETHER]]


def _of_the_day_alone(system: str, editions: dict[str, CodeEdition], viewer: Viewer) -> list[CodeEdition]:
    """Those of `editions`, of a day, for which others count today: the index has only the latter."""
    today = {one.id for one in queries.editions_in_force(viewer=viewer).values()}
    own = LISTED_BY.get(system, system)
    return [one for one in editions.values() if one.id not in today and own in ("", one.system)]


def _asked() -> CodeSearch:
    """What the address asks; a value that a filter cannot have narrows nothing."""
    given = {
        name: tidied(request.args.get(name, ""))[:LONGEST_VALUE]
        for name in ("system", "billable", "edition", "hcc", "chapter")
    }
    if given["system"] not in code_systems():
        given["system"] = ""
    if given["billable"] not in {"yes", "no"}:
        given["billable"] = ""
    return CodeSearch(
        tidied(request.args.get("q", ""))[:LONGEST_QUERY],
        given["system"],
        given["billable"],
        given["edition"],
        given["hcc"],
        given["chapter"],
    )


@audience(ANYONE)
@limited("suggest", "300/minute", methods=("GET",))
def suggest() -> Response:
    """`{"query": …, "suggestions": [{value, label, kind, system, detail, url}, …]}` for what `q` begins.

    `system`, which may come several times, keeps to these systems; addresses keep the day of service, `on`.
    A process that has only begun to read the words suggests nothing for a moment. What licensed editions say is
    suggested to those only who may see it, and kept by nobody.
    """
    viewer = current_viewer()
    suggester = _suggester(viewer)
    # As it was sent: what is remembered is found without reading the address.
    asked = (request.query_string, request.script_root)
    body = suggester.bodies.get(asked) if suggester is not None else None
    if body is None:
        body = _asked_body(suggester)
        if suggester is not None and len(request.query_string) <= LONGEST:
            suggester.remember(asked, body)
    shows_some_of(body.edition_ids)
    is_public = suggester is not None and viewer.person_id is None
    kept = f"public, max-age={_KEPT_SECONDS}" if is_public else "private, no-store"
    return Response(body.text, headers={"Cache-Control": kept}, content_type="application/json")


def _asked_body(suggester: CodeSuggester | None) -> Body:
    named = request.args.getlist("system")
    wanted = sorted({each if each in code_systems() else "" for each in named} if any(named) else ())
    typed = request.args.get("q", "")
    found = suggester.suggest(typed, *wanted) if suggester is not None else ()
    return _body(typed, found, url_for("codes.index"), asked_day().typed)


def _body(typed: str, found: Sequence[CodeSuggestion], base: str, day: str) -> Body:
    systems, query = code_systems(), f"?{PARAMETER}={day}" if day else ""
    suggestions = [
        {
            "value": one.code,
            "label": one.code,
            "kind": systems.label(one.system),
            "system": one.system,
            "detail": one.description,
            "url": f"{base}/{one.system}/{one.code}{query}",
        }
        for one in found
    ]
    text = json.dumps({"query": typed, "suggestions": suggestions}).encode()
    return Body(text, frozenset(one.edition_id for one in found))


def _suggester(viewer: Viewer) -> CodeSuggester | None:
    """What completes for whoever asks; None while the words are read for the first time."""
    table = table_keeper().get(_PATIENCE_SECONDS)
    if table is None:
        return None
    audiences = audiences_of(viewer)
    kept: dict[tuple[str, ...], tuple[object, CodeSuggester]] = current_app.extensions.setdefault(
        _SUGGESTERS, {}
    )
    made = kept.get(audiences)
    if made is None or made[0] is not table:
        made = kept[audiences] = (table, CodeSuggester(table, audiences))
    return made[1]
