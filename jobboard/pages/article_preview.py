"""`/moderation/articles/<system>/<code>/versions/<number>`: a version of an article as members will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template

from jobboard.access.audience import MODERATORS, audience
from jobboard.codes import article_store as store
from jobboard.codes.code_forms import shown
from jobboard.codes.rules import MEMBERS, Viewer
from jobboard.codes.systems import code_systems
from jobboard.codes.viewers import current_viewer
from jobboard.moderation.article_forms import AUDIENCE_WORDS
from jobboard.pages.code_sections import shown_sections

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Add the preview to `app`."""
    app.add_url_rule(
        "/moderation/articles/<system>/<code>/versions/<int:number>",
        endpoint="pages.article_preview",
        view_func=article_preview,
    )


@audience(MODERATORS)
def article_preview(system: str, code: str, number: int) -> str:
    """One version with all its sections, and who may read those that are not for everyone."""
    term, row = code_systems().get(system), store.stored_on(system, code)
    version = store.version_of(row, number) if row is not None else None
    if term is None or row is None or version is None:
        abort(404)
    newest = store.newest_of(row)
    article = store.article_of(row, version)
    member = Viewer(current_viewer().person_id, frozenset({MEMBERS}))
    return render_template(
        "pages/article_preview.html",
        term=term,
        code=code,
        shown=shown(code),
        article=article,
        sections=shown_sections(article, member),
        kept=[
            (each.heading, AUDIENCE_WORDS[each.audience])
            for each in article.sections
            if each.audience != "everyone"
        ],
        number=number,
        is_newest=newest is not None and newest.number == number,
        is_published=row.published_id == version.id,
    )
