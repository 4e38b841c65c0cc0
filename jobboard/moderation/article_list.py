"""The list of articles: those that editors wrote, and those of files, each group of codes once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.codes import article_store as store
from jobboard.codes.article_codes import group_words, key_of
from jobboard.codes.library import filed_articles
from jobboard.moderation.article_forms import due_on

if TYPE_CHECKING:
    from datetime import date

    from jobboard.codes.articles import Article


@dataclass(frozen=True, slots=True)
class Line:
    """An article in the list. `newest` and `published` are 0 for one that comes in a file and was not edited.

    `key` is that of its address, `codes` the words of what it is about.
    """

    system: str
    key: str
    codes: str
    name: str
    newest: int
    published: int
    reviewed: date | None
    due: bool


def lines(today: date) -> list[Line]:
    """All articles by system and code; an editor's stands in the place of a file about the same. One statement."""
    found = {
        key: Line(
            *key, _words(key[1], each.codes), each.title, 0, 0, each.reviewed, due_on(each.reviewed, today)
        )
        for key, each in filed_by_key().items()
    }
    for one in store.standings():
        due = one.reviewed is not None and due_on(one.reviewed, today)
        words = _words(one.key, one.codes)
        found[one.system, one.key] = Line(
            one.system, one.key, words, one.name, one.newest, one.published, one.reviewed, due
        )
    return [found[key] for key in sorted(found)]


def filed_by_key() -> dict[tuple[str, str], Article]:
    """The articles of files by system and key; one on several codes once."""
    return {
        (each.system, key_of(each.codes) if each.codes else each.code): each
        for each in filed_articles().values()
    }


def _words(key: str, codes: tuple[str, ...]) -> str:
    return group_words(codes) if codes else key
