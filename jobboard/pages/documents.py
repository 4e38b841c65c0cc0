"""The site's own texts as pages, and what robots are told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import nh3
from flask import Response, abort, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from jobboard.access.audience import ANYONE, audience
from jobboard.mail.addresses import full_address
from jobboard.site_documents import NAMES, site_document

if TYPE_CHECKING:
    from flask import Flask

# Pages of one person or one step, where a robot finds nothing; what may be found but not listed says noindex itself.
_NOT_FOR_ROBOTS = (
    "/account",
    "/api/",
    "/applications",
    "/confirm",
    "/employers/mine",
    "/employers/new",
    "/forgotten",
    "/invitations/",
    "/jobs/*/apply",
    "/jobs/*/leave",
    "/jobs/*/report",
    "/jobs/suggest",
    "/join",
    "/letters/",
    "/mailbox",
    "/moderation",
    "/postings",
    "/reset/",
    "/sign-in",
)
_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def register(app: Flask) -> None:
    """Add the site's texts and robots.txt to `app`."""
    names = ",".join(NAMES)
    app.add_url_rule(f"/<any({names}):name>", endpoint="pages.document", view_func=document)
    app.add_url_rule("/robots.txt", endpoint="pages.robots", view_func=robots)


@audience(ANYONE)
def document(name: str) -> str:
    """About, Terms, Privacy, Accessibility or Licences."""
    try:
        found = site_document(name)
    except LookupError:
        abort(404)
    return render_template("pages/document.html", title=found.title, html=rendered(found.markdown))


@audience(ANYONE)
def robots() -> Response:
    """What robots may read."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {full_address('pages.sitemap')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@lru_cache(maxsize=32)
def rendered(markdown: str) -> Markup:
    """Markdown as HTML of a short list of tags; tags in the text itself come out as words."""
    html = nh3.clean(_markdown.render(markdown), tags=_TAGS, attributes={"a": {"href"}})
    return Markup(html)  # noqa: S704 - sanitised in the line above
