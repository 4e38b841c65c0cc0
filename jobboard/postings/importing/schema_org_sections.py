"""What a JobPosting says in words beside its description, added to it under headings where it is not there yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jobboard.postings.importing import fields
from jobboard.postings.importing.descriptions import LONGEST, markdown, words_of
from jobboard.postings.importing.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

# Field and heading, in the order in which they are added.
SECTIONS: Final = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("educationRequirements", "Education"),
    ("experienceRequirements", "Experience"),
    ("workHours", "Hours"),
    ("jobBenefits", "Benefits"),
    ("incentiveCompensation", "Incentives"),
    ("occupationalCategory", "Occupation"),
    ("industry", "Industry"),
)
_NOT_WORDS = re.compile(r"[\W_]+")
# The number of an occupation in the federal list of occupations is no code of ours.
_OCCUPATION_NUMBER = re.compile(r"\b\d{2}-\d{4}(?:\.\d{2})?\b[\s:,-]*")
_CATEGORIES = {
    "high school",
    "associate degree",
    "bachelor degree",
    "postgraduate degree",
    "professional certificate",
}


def description(value: Mapping[str, Any]) -> str:
    """The description in Markdown with what the other texts add."""
    words = markdown(fields.text(value.get("description"), "description", longest=400_000))
    if not words:
        raise Refused("description", "missing")
    known = _plain(words)
    for name, heading in SECTIONS:
        section = _section(value.get(name), name)
        if section and _plain(section) not in known:
            words = f"{words}\n\n## {heading}\n\n{section}"
            known = f"{known} {_plain(section)}"
    if len(words) > LONGEST:
        raise Refused("description", f"longer than {LONGEST:,} characters with what belongs to it")
    return words


def _section(value: Any, name: str) -> str:
    found = [markdown(words, name) for words in _texts(value, name)]
    found = [words for words in dict.fromkeys(found) if words]
    if len(found) > 1 and all("\n" not in words for words in found):
        return "\n".join(f"- {words}" for words in found)
    return "\n\n".join(found)


def _texts(value: Any, name: str) -> list[str]:
    words = fields.texts(value, name)
    if name == "occupationalCategory":
        words = [_OCCUPATION_NUMBER.sub("", each).strip(" :,-") for each in words]
        return [each for each in words if any(letter.isalpha() for letter in each)]
    if name == "educationRequirements":
        return [each for each in words if words_of(each).casefold() not in _CATEGORIES]
    return words


def _plain(words: str) -> str:
    return f" {_NOT_WORDS.sub(' ', words.casefold()).strip()} "
