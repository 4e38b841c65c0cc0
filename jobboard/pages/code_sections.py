"""The sections of an article as one reader is shown them: those that are not for them by their headings alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobboard.codes.article_sections import SUMMARY
from jobboard.codes.rules import ACCOUNT, EVERYONE, may_read
from jobboard.postings.text import render

if TYPE_CHECKING:
    from markupsafe import Markup

    from jobboard.codes.articles import Article
    from jobboard.codes.rules import Viewer


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A heading and its text; `html` is None where the reader may not see it.

    `gated` is true where it is not for everyone, `by_account` where a free account opens it.
    """

    heading: str
    html: Markup | None
    gated: bool
    by_account: bool
    is_summary: bool


def shown_sections(article: Article, viewer: Viewer, *, summary_only: bool = False) -> list[ShownSection]:
    """The article's sections in their order, the common language description first.

    With `summary_only` it alone, which is public whatever a reader has viewed.
    """
    return [
        ShownSection(
            each.heading,
            render(each.text, 3) if may_read(each.audience, viewer) else None,
            gated=each.audience != EVERYONE,
            by_account=each.audience == ACCOUNT,
            is_summary=each.kind == SUMMARY,
        )
        for each in article.sections
        if each.kind == SUMMARY or not summary_only
    ]
