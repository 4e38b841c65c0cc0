"""Why an opening is among the results: which words it has, in what spelling and where, and how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jobboard.search.facets import TITLES
from search_index import parts, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.vocabulary import Vocabularies
    from search_index import Query

_PLACES = {
    "title": "title",
    "specialties": "specialty or role",
    "credentials": "credentials",
    "employer": "employer’s name",
    "codes": "codes and their titles",
    "code": "codes",
    "places": "place or arrangement",
    "body": "text",
    "about": "what the employer says about itself",
}


@dataclass(frozen=True)
class Reason:
    """Words found, and the fields that have them; `typed` unless they are another way to write what was."""

    words: str
    fields: tuple[str, ...]
    typed: bool = True

    @property
    def line(self) -> str:
        """The reason in words."""
        where = [_PLACES.get(name) or TITLES.get(name, name).lower() for name in self.fields]
        places = " and ".join(filter(None, (", ".join(where[:-1]), where[-1])))
        return f"“{self.words}”{'' if self.typed else ', meant as well,'} in {places}"


def reasons(told: Mapping[str, tuple[str, ...]], query: Query, words: Vocabularies) -> tuple[Reason, ...]:
    """The reasons in an engine's explanation `told` of one opening, those with the words as typed first."""
    typed = {
        " ".join(tokens(part.text)): part.text
        for text in (query.text, *query.below)
        for part in parts(text, query.synonyms)
    }
    written = _written(words)
    found = [Reason(typed[key], fields) for key, fields in told.items() if key in typed]
    found += [
        Reason(written[key], fields, typed=False)
        for key, fields in told.items()
        if key not in typed and key in written
    ]
    # A code that was asked for by itself is told as it is written.
    found += [Reason(key, fields) for key, fields in told.items() if fields == ("code",) and key not in typed]
    return tuple(found)


@lru_cache(maxsize=4)
def _written(words: Vocabularies) -> dict[str, str]:
    """The trade's words as written, by their tokens."""
    written = [text for facet in words for term in facet for text in term.words]
    written += [text for group in words.groups for text in group.words]
    return {" ".join(tokens(text)): text for text in reversed(written)}
