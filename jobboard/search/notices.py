"""What the page of results says of words that were corrected or left out, and the links to search otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.postings.labels import joined
from jobboard.search.addresses import address

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
        literally = address(replace(asked, literal=True, page=1))
        if done.exact:
            first = f"Only {openings_in_words(done.exact)} {_say(done.exact)} “{typed}”; those for"
            said.append(Said(first, f"“{meant}”", address(replace(asked, q=meant, page=1)), "follow below."))
        elif done.corrected:
            said.append(Said(f"Showing results for “{meant}”."))
        else:
            said.append(Said(f"No opening matches “{typed}”, nor “{meant}”."))
        said.append(Said("Search instead for", f"“{typed}”", literally, "as it is typed."))
    if done.left_out:
        words = joined([f"“{word}”" for word in done.left_out], "or")
        full = done.exact + done.corrected
        every = (
            f"Only {openings_in_words(full)} {_match(full)} every word."
            if full
            else "No opening matches every word."
        )
        those = "The one below matches without" if done.relaxed == 1 else "Those below match without"
        said.append(Said(f"{every} {those} {words}."))
    if done.suggested:
        suggestion = _in_words(asked.q, done.suggestions)
        said.append(
            Said(
                "Did you mean",
                f"“{suggestion}”",
                address(replace(asked, q=suggestion, literal=False, page=1)),
                "?",
            )
        )
    return said


def _in_words(q: str, replaced: tuple[tuple[str, str], ...]) -> str:
    """The words as typed with some of them replaced."""
    by = dict(replaced)
    return " ".join(by.get(word, word) for word in q.split())


def openings_in_words(number: int) -> str:
    """ "1 opening", "1,204 openings"."""
    return f"{number:,} opening" if number == 1 else f"{number:,} openings"


def _say(number: int) -> str:
    return "says" if number == 1 else "say"


def _match(number: int) -> str:
    return "matches" if number == 1 else "match"
