"""The sections that an article on codes may have, and how a Markdown text falls into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jobboard.codes.rules import EVERYONE

SUMMARY: Final = "summary"
FURTHER: Final = "more"

HEADINGS: Final[dict[str, str]] = {
    SUMMARY: "Common Language Description",
    "purpose": "Purpose",
    "indications": "Indications",
    "preparation": "Preparation",
    "procedure": "Procedure description",
    "tools": "Tools and technology",
    "anesthesia": "Anesthesia",
    "duration": "Duration",
    "setting": "Setting",
    "personnel": "Personnel",
    "risks": "Risks and complications",
    "benefits": "Benefits",
    "recovery": "Recovery",
    "alternatives": "Alternatives and their advantages",
    "experience": "Patient experience, comfort and pain",
    "similar": "Similar codes",
    "coding": "Coding pointers",
    "references": "References",
    FURTHER: "More about it",
}
"""The heading of each kind of section, in the order of a page."""

_OTHER_NAMES: Final = {
    "what it is": SUMMARY,
    "what it is for": "purpose",
    "when it is used": "indications",
    "how it is performed": "procedure",
    "description": "procedure",
    "tools": "tools",
    "technology": "tools",
    "anaesthesia": "anesthesia",
    "time": "duration",
    "staff": "personnel",
    "complications": "risks",
    "alternatives": "alternatives",
    "alternatives and comparative advantages": "alternatives",
    "patient experience": "experience",
    "comfort and pain": "experience",
    "patient experience and comfort": "experience",
    "documentation and coding": "coding",
    "sources": "references",
}
_KINDS: Final = {
    **{heading.casefold(): kind for kind, heading in HEADINGS.items()},
    **{kind: kind for kind in HEADINGS},
    **_OTHER_NAMES,
}
_HEADING: Final = re.compile(r"##[ \t]+(.+?)[ \t]*#*[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its kind (a key of `HEADINGS`), its heading, who may read it, and its Markdown.

    `audience` is "everyone", "account" (whoever has an account) or "members".
    """

    kind: str
    heading: str
    audience: str
    text: str


def kind_named(name: str) -> str | None:
    """The kind that a heading or a word stands for, in whatever letters; None for one of the writer's own."""
    return _KINDS.get(" ".join(name.casefold().split()))


def sections_of(markdown: str, audience_of: dict[str, str] | None = None) -> list[Section]:
    """The sections into which headings of the second level cut a text, as they follow; empty ones are left out.

    What stands before the first heading belongs to the summary. `audience_of` says by kind, or by the words of a
    heading of one's own in small letters, who may read a section; everyone where it does not. A heading within a
    fenced block is text.
    """
    audience_of = audience_of or {}
    found: list[Section] = []
    heading, lines = "", list[str]()
    fence = ""

    def close() -> None:
        text = "\n".join(lines).strip()
        kind = kind_named(heading) if heading else SUMMARY
        if text:
            key = kind or heading.casefold()
            words = HEADINGS[kind] if kind else heading
            found.append(Section(kind or FURTHER, words, audience_of.get(key, EVERYONE), text))

    for line in markdown.splitlines():
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        named = None if fence else _HEADING.fullmatch(line)
        if named is None:
            lines.append(line)
            continue
        close()
        heading, lines = named[1], []
    close()
    return found
