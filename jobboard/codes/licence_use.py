"""Counts whom an answer shows text of a licensed edition: whoever shows some says so, and all else is decided here.

A signed-in reader is counted once for each edition, which its owner is told (`jobboard codes licence`). Without an
account only a code's page counts, by browser (`reading`): no list gives a browser a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from flask import after_this_request, g, has_request_context, request
from flask_login import current_user

from jobboard.codes import metering
from jobboard.codes.crawlers import is_crawler
from jobboard.codes.rules import is_licensed

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from jobboard.codes.models import CodeEdition

_SHOWN: Final = "licensed_text_shown"
_OK: Final = 200


def shows(*editions: CodeEdition | None) -> None:
    """Say that the answer to this request shows text of `editions`; costs nothing where none is licensed."""
    shows_some_of(each.id for each in editions if each is not None and is_licensed(each))


def shows_some_of(edition_ids: Iterable[int]) -> None:
    """As `shows`, for whoever knows no more than ids; 0 stands for none.

    When the answer is ready, one statement finds those that are licensed and for which the reader was not counted yet;
    only then something is written. An answer that is an error, leads elsewhere or has no body shows nothing, and one
    to a request that changes something repeats a page that was counted.
    """
    ids = {each for each in edition_ids if each}
    if not ids or not has_request_context() or not current_user.is_authenticated:
        return
    if request.method != "GET" or is_crawler(request.user_agent.string):
        return
    shown: set[int] | None = g.get(_SHOWN)
    if shown is None:
        shown = set()
        setattr(g, _SHOWN, shown)
        _count_when_answered(f"person:{current_user.person_id}", shown)
    shown |= ids


def _count_when_answered(reader: str, shown: set[int]) -> None:
    @after_this_request
    def count(response: Response) -> Response:
        if response.status_code == _OK:
            metering.count_licence_uses(shown, reader)
        return response
