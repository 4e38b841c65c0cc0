"""What the page of results says of words that were corrected or left out, and the links to search otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import url_for

if TYPE_CHECKING:
    from jobboard.search.finder import Results
    from jobboard.search.request import SearchRequest


@dataclass(frozen=True)
class Said:
    """One sentence; `before` and `link` make it where there is something to follow."""

    before: str
    link: str = ""
    url: str = ""
    after: str = ""


def said_of(asked: SearchRequest, results: Results) -> list[Said]:
    """What was done to the words of `asked`, in sentences."""
    done = results.lenience
    if done is None:
        return []
    said: list[Said] = []
    typed = asked.q.strip()
    meant = _in_words(asked.q, done.replaced)
    if done.meant:
        literally = _url(replace(asked, literal=True, page=1))
        if done.exact:
            first = f"Only {_openings(done.exact)} {_say(done.exact)} “{typed}”; those for"
            said.append(Said(first, f"“{meant}”", _url(replace(asked, q=meant, page=1)), "follow below."))
        elif done.corrected:
            said.append(Said(f"Showing results for “{meant}”."))
        else:
            said.append(Said(f"No opening matches “{typed}”, nor “{meant}”."))
        said.append(Said("Search instead for", f"“{typed}”", literally, "as it is typed."))
    if done.left_out:
        words = _listed(done.left_out)
        full = done.exact + done.corrected
        every = (
            f"Only {_openings(full)} {_match(full)} every word." if full else "No opening matches every word."
        )
        those = "The one below matches without" if done.relaxed == 1 else "Those below match without"
        said.append(Said(f"{every} {those} {words}."))
    if done.suggested:
        suggestion = _in_words(asked.q, done.suggestions)
        said.append(
            Said(
                "Did you mean",
                f"“{suggestion}”",
                _url(replace(asked, q=suggestion, literal=False, page=1)),
                "?",
            )
        )
    return said


def _in_words(q: str, replaced: tuple[tuple[str, str], ...]) -> str:
    """The words as typed with some of them replaced."""
    by = dict(replaced)
    return " ".join(by.get(word, word) for word in q.split())


def _url(asked: SearchRequest) -> str:
    return f"{url_for('search.jobs')}?{urlencode(asked.pairs())}"


def _openings(number: int) -> str:
    return f"{number:,} opening" if number == 1 else f"{number:,} openings"


def _say(number: int) -> str:
    return "says" if number == 1 else "say"


def _match(number: int) -> str:
    return "matches" if number == 1 else "match"


def _listed(words: tuple[str, ...]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
