"""What a posting says of its employer or of other work, told apart from what it says about the opening.

A posting's own text decides, and nothing else: what other postings of the company say may change, and documents must
not change with it. Taken for being about something else are

- what stands under a heading of that kind ("About us", "Our mission", "Equal opportunity"), up to the next heading;
- sentences of the formulas that the law or custom has employers repeat (equal opportunity, accommodation, E-Verify);
- sentences that begin with the company's name and say what it is or has, but not whom it looks for, or that
  begin with the kind of place that it is ("A teaching hospital with …") and say nothing of the work;
- sentences about what is no part of the opening, or seldom is (see `postings.recognition.passing`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jobboard.postings.recognition.passing import (
    begins_with_employer,
    has_sign,
    is_apart,
    is_rare,
    signs_in,
    tells_of_employer,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABOUT = (
    r"about (?:us|our (?:company|team|organi[sz]ation|hospital|practice)|the (?:company|organi[sz]ation|employer))"
    r"|who we are|our (?:mission|vision|values|story|history|culture|commitment)|mission(?: statement)?"
    r"|why (?:join )?us|why work (?:here|for us|with us)|company (?:overview|description|profile)"
    r"|equal (?:employment )?opportunit(?:y|ies)(?: employer| statement)?|eeo(?: statement)?|diversity(?:,? .{0,40})?"
    r"|(?:reasonable )?accommodations?|e-?verify|pay transparency(?: notice| statement)?|legal (?:notice|statement)"
)
_HEADING = re.compile(
    # A line of Markdown, words in bold, words before a colon, or words in capitals before a full stop.
    r"^(?:#{1,6}\s+(?P<marked>.{1,80}?)\s*#*|(?:\*\*|__)(?P<bold>[^*_\n]{1,80}?):?(?:\*\*|__):?(?:\s+(?P<after_bold>.*))?"
    r"|(?P<ended>[A-Z][^.\n:]{1,60}):(?:\s+(?P<after_colon>.*))?"
    r"|(?P<capitals>[A-Z][A-Z &/,'-]{3,60})(?:\.\s+(?P<after_capitals>.*))?)$"
)
_FORMULA = re.compile(
    r"\b(?:equal (?:employment )?opportunit(?:y|ies)|affirmative action|without regard to (?:their |his or her )?"
    r"(?:race|age|sex|religion)|(?:race|colou?r), (?:religion|creed|national origin|sex)|protected veteran"
    r"|all qualified applicants|reasonable accommodations?|e-verify|drug[- ]free work ?place)\b",
    re.IGNORECASE,
)
# What every formula has one of; to look for these takes a fraction of the time, and most texts have none.
_SIGNS = (
    "opportunit", "affirmative action", "without regard to", "race, ", "color, ", "colour, ", "protected veteran",
    "all qualified applicants", "reasonable accommodation", "e-verify", "drug",
)  # fmt: skip
# Looked for by its signs, which takes a quarter of the time of looking behind every blank.
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])")
_SEEKS = re.compile(
    r"\b(?:looking|seek(?:s|ing)|hir(?:es|ing)|search(?:es|ing)|recruit(?:s|ing)|need(?:s|ing))\b"
)
_IS = re.compile(
    r"(?:'s)?,? (?:is|was|has|have|operates|serves|provides|offers|delivers|employs|ranks|believes|cares|brings)\b"
)
_LEADS = ("", "at ", "the ")


def parted(text: str, company: str) -> tuple[list[str], list[str]]:
    """The stretches of `text` about the opening, and those about the employer called `company` ("" where unknown) or
    about other work.
    """
    lowered, named = text.lower(), company.lower()
    begins = tuple(lead + named for lead in _LEADS) if named and named in lowered else ()
    has_formulas = bool([sign for sign in _SIGNS if sign in lowered])
    signs = signs_in(lowered)
    own: list[str] = []
    about: list[str] = []
    under_about = False
    for line in text.splitlines():
        heading, rest = _heading(line.strip())
        if heading is not None:
            under_about = _is_about(heading, company)
            (about if under_about else own).append(heading)
        may_pass = bool(signs) and has_sign(rest.lower(), signs)
        if under_about or not (has_formulas or begins or may_pass or begins_with_employer(rest)):
            # No sentence can be of another kind than its line.
            if rest.strip():
                (about if under_about else own).append(rest)
            continue
        for sentence in _sentences(rest):
            said = (has_formulas and _FORMULA.search(sentence)) or _describes(sentence, begins)
            said = said or tells_of_employer(sentence) or (may_pass and _is_passing(sentence.lower(), signs))
            (about if said else own).append(sentence)
    return _joined(own), _joined(about)


def _sentences(line: str) -> Iterator[str]:
    if not line.strip():
        return
    begin = 0
    for end in _SENTENCE_END.finditer(line):
        yield line[begin : end.start() + 1]
        begin = end.end()
    yield line[begin:]


def _heading(line: str) -> tuple[str | None, str]:
    """The heading that a line is or begins with, None for none, and what follows in the line."""
    found = _HEADING.match(line)
    if found is None:
        return None, line
    words = found["marked"] or found["bold"] or found["ended"] or found["capitals"]
    rest = found["after_bold"] or found["after_colon"] or found["after_capitals"] or ""
    return words.strip(" *_:."), rest


def _is_about(heading: str, company: str) -> bool:
    named = heading.casefold()
    of_company = company and named in {
        f"{word} {company.casefold()}" for word in ("about", "why", "why join")
    }
    return bool(of_company or re.fullmatch(_ABOUT, named))


def _describes(sentence: str, begins: tuple[str, ...]) -> bool:
    if not begins:
        return False
    said = sentence.lower()
    if not said.startswith(begins):
        return False
    begun = next(one for one in begins if said.startswith(one))
    return _IS.match(said, len(begun)) is not None and not _SEEKS.search(sentence)


def _is_passing(lowered: str, signs: tuple[str, ...]) -> bool:
    return has_sign(lowered, signs) and (is_apart(lowered) or is_rare(lowered))


def _joined(sentences: list[str]) -> list[str]:
    return ["\n".join(sentences)] if sentences else []
