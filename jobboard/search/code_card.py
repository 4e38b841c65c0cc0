"""The card of a code that was searched for alone: its title, its page, and how many openings need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from jobboard.codes.code_forms import canonical
from jobboard.codes.library import article_on
from jobboard.codes.queries import code_in_force
from jobboard.postings.named_codes import is_named
from jobboard.search.concept_codes import mentions_of

if TYPE_CHECKING:
    from jobboard.codes.linker import Mention
    from jobboard.search.code_widening import Widened
    from jobboard.vocabulary import Vocabularies


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A code as it is shown, the title that may be shown, and its page if it has one."""

    system: str
    code: str
    title: str
    url: str
    openings: int
    widened: Widened | None = None


def code_card(written: str, openings: int, widened: Widened | None, words: Vocabularies) -> CodeCard | None:
    """The card for what was typed or chosen; of several systems the one that knows the code. None for no code."""
    cards = [_card(one, openings, widened, words) for one in mentions_of(written)]
    return next((one for one in cards if one.url), cards[0] if cards else None)


def _card(mention: Mention, openings: int, widened: Widened | None, words: Vocabularies) -> CodeCard:
    shown = f"{mention.start}-{mention.end}" if mention.end else mention.start
    wanted = canonical(mention.system, shown)
    title, has_page = "", False
    if wanted is not None:
        row = code_in_force(mention.system, wanted)
        article = article_on(mention.system, wanted)
        title = row.long if row else article.title if article else ""
        has_page = bool(row or article) or is_named(mention.system, wanted)
    return CodeCard(
        system=words["system"].label(mention.system),
        code=shown.replace("-", "\u2013") + (" and below" if mention.family else ""),
        title=title,
        url=url_for("pages.code", system=mention.system, code=wanted) if has_page else "",
        openings=0 if widened else openings,
        widened=widened,
    )
