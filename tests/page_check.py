"""A browser for tests that looks at every page it is shown: valid HTML and the house's rules."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from jobboard.database import db

_HTML = "{http://www.w3.org/1999/xhtml}"
_NEEDS_LABEL = {"input", "select", "textarea"}
_NEEDS_NONE = {"hidden", "submit", "button", "image", "reset"}


def problems_of(page: str) -> list[str]:
    """What is wrong with a page, in words; empty for a good one."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(page)
    found = [f"{code} at line {place[0]}" for place, code, _ in parser.errors]
    elements = list(tree.iter())
    headings = ["".join(e.itertext()).split() for e in elements if e.tag == f"{_HTML}h1"]
    title = next(("".join(e.itertext()).split() for e in elements if e.tag == f"{_HTML}title"), [])
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 headings")
    elif title[: len(headings[0])] != headings[0]:
        found.append(
            f"the title {' '.join(title)!r} does not start with the heading {' '.join(headings[0])!r}"
        )
    ids = [e.get("id") for e in elements if e.get("id") is not None]
    found += [
        f"the id {name!r} stands {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1
    ]
    found += _labels(elements, set(ids))
    for element in elements:
        tag = str(element.tag).removeprefix(_HTML)
        if any(name.startswith("on") for name in element.attrib):
            found.append(f"<{tag}> has an inline handler")
        if element.get("style") is not None or tag == "style":
            found.append(f"<{tag}> carries inline style")
        if tag == "script" and not element.get("src") and element.get("type") != "application/ld+json":
            found.append("an inline script")
        if tag == "img" and element.get("alt") is None:
            found.append("an image without alt")
        for reference in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for name in (element.get(reference) or "").split():
                if name not in ids:
                    found.append(f"<{tag} {reference}> points at the missing id {name!r}")
        source = element.get("src") or (element.get("href") if tag == "link" else None)
        rel = element.get("rel") or ""
        if (
            source
            and re.match(r"(https?:)?//", source)
            and rel not in {"canonical", "alternate", "next", "prev"}
        ):
            found.append(f"<{tag}> asks another host: {source}")
        if tag == "form" and (element.get("method") or "get").lower() == "post":
            names = {e.get("name") for e in element.iter()}
            if "csrf_token" not in names:
                found.append(f"a form to {element.get('action')!r} without csrf_token")
    return found


def _labels(elements: list[Any], ids: set[str]) -> list[str]:
    labelled = {e.get("for") for e in elements if e.tag == f"{_HTML}label"}
    inside = {c for e in elements if e.tag == f"{_HTML}label" for c in e.iter()}
    found = []
    for element in elements:
        tag = str(element.tag).removeprefix(_HTML)
        if tag not in _NEEDS_LABEL or element.get("type") in _NEEDS_NONE or element in inside:
            continue
        if element.get("id") in labelled or element.get("aria-label") or element.get("aria-labelledby"):
            continue
        found.append(f"<{tag} name={element.get('name')!r}> has no label")
    return found


class CheckedClient(FlaskClient):
    """Every HTML answer is checked; forms are sent from their own origin with their token.

    Each request has an application context of its own, as on a server: what one browser is must not be remembered
    for the next, and what a view stored is read afresh by the test, whose own work is stored before.
    """

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if has_app_context():
            db.session.commit()
        with self.application.app_context():
            response = super().open(*args, **options)
        if has_app_context():
            db.session.expire_all()
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 307, 308}:
            problems = problems_of(response.get_data(as_text=True))
            assert not problems, f"{response.request.path}: " + "; ".join(problems)
        return response

    def post_form(self, path: str, data: dict[str, Any], **options: Any) -> TestResponse:
        """POST as a browser does: same origin, with the session's token."""
        return self.post(
            path, data={**data, "csrf_token": self.token()}, headers={"Origin": "http://localhost"}, **options
        )

    def token(self) -> str:
        """A CSRF token of this browser's session."""
        from flask_wtf.csrf import generate_csrf

        with self.application.app_context(), self.application.test_request_context():
            from flask import session

            with self.session_transaction() as cookie:
                session.update(cookie)
                token = generate_csrf()
                cookie.update(session)
        return str(token)
