"""Every view says whom it is for. One that does not keeps the application from starting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from flask import abort, redirect, request, url_for
from flask_login import current_user

from jobboard.access.return_path import local_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

ViewT = TypeVar("ViewT", bound="Callable[..., Any]")


class Visitor(Protocol):
    """What the door asks about whoever is at it; Flask-Login's `current_user` answers."""

    @property
    def is_authenticated(self) -> bool: ...
    @property
    def is_moderator(self) -> bool: ...


@dataclass(frozen=True)
class Audience:
    """A named group of people; whether one belongs to a thing's owners is decided by loading it."""

    name: str


ANYONE = Audience("anyone")
SIGNED_IN = Audience("signed in")
MODERATORS = Audience("moderators")


class UnlabelledView(RuntimeError):
    """A view that does not say whom it is for."""


def audience(group: Audience) -> Callable[[ViewT], ViewT]:
    """Say whom a view is for. The label goes on the view function itself, below the route."""

    def label(view: ViewT) -> ViewT:
        view.__audience__ = group  # type: ignore[attr-defined]
        return view

    return label


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    """The audience of an endpoint, or None where its view does not say."""
    return getattr(app.view_functions[endpoint], "__audience__", None)


def refuse_unlabelled_views(app: Flask) -> None:
    """Raise `UnlabelledView` naming every endpoint whose view states no audience."""
    if "static" in app.view_functions:
        audience(ANYONE)(app.view_functions["static"])
    silent = sorted(name for name in app.view_functions if audience_of(app, name) is None)
    if silent:
        raise UnlabelledView(f"these views state no audience: {', '.join(silent)}")


def turn_away(app: Flask, endpoint: str) -> Response | None:
    """An answer for somebody who is not in the endpoint's audience, or None for one who is.

    A stranger to the moderators' pages gets 404; who must sign in first is led there and back again.
    """
    group = audience_of(app, endpoint)
    if group is ANYONE:
        return None
    visitor: Visitor = current_user
    if not visitor.is_authenticated:
        reading = request.method in {"GET", "HEAD"}
        back = local_path(request.full_path.rstrip("?") if reading else request.form.get("next"))
        return redirect(url_for("accounts.sign_in", next=back), 302 if reading else 303)
    if group is MODERATORS and not visitor.is_moderator:
        abort(404)
    return None
