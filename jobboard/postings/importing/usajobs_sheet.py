"""The sheet on which the description of a federal opening is gathered, line by line; everything is said once."""

from __future__ import annotations

import re
from typing import Final

ITEM = re.compile(
    r"^(?:[*•·▪o–-]\s*(?=[A-Z])|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\s+)|^(?=(?:Ability|Knowledge|Skill"
    r"|Comprehensive knowledge|Advanced knowledge|Extensive knowledge|Thorough knowledge|Leadership)\b)"
)
GRADE = re.compile(r"\bGS[- ]?(?:0675[- ]|675[- ]|0669[- ]|669[- ])?0?(\d{1,2})\b")
_REFERS = re.compile(
    r"\b(?:above|described|listed|below|this requirement|these requirements|KSAs?)\b", re.IGNORECASE
)
_CHOICE = re.compile(r"(?:;|,|\.)?\s*\b(?:OR|AND|or|and)[,;:]?$|;$")
_NOT_WORDS = re.compile(r"[\W_]+")
_SHORTEST_ITEM: Final = 6
_NOTHING = re.compile("")
_ENDS_LIST = re.compile(
    r"(?:note|in addition|candidates|employees|current|you|to be|for|this|these|if|stand|certification)\b",
    re.IGNORECASE,
)
_WORK_LABEL = re.compile(
    r"^(?:Assignments?|(?:Major )?Duties(?: and Responsibilities)?)\s*[.:–-]+\s*", re.IGNORECASE
)
_WORK = re.compile(
    r"(?:Assignments?|(?:Major )?Duties|Employees (?:at|in) this|Coders?\b|Auditors?\b|MRTs?\b|Cancer [Rr]egistrars?\b"
    r"|The (?:incumbent|employee|MRT|coder|auditor|individual|position)\b|Incumbents?\b|CDIS\b|Individuals assigned"
    r"|(?:Lead|Supervisory) (?:MRT|coder|Medical)|Medical [Rr]ecords? [Tt]echnicians?\b"
    r"|(?:He|She|They|This position)\b)"
    r".{0,200}?\b(?:performs?|reviews?|serves?|selects?|assigns?|facilitates?|provides?|abstracts?|audits?"
    r"|coordinates?|manages?|assists?|collects?|codes?|responsible|plans?|monitors?|supervises?"
    r"|process(?:es)?|analy[sz]es?)\b",
    re.DOTALL,
)
_DEMANDS = re.compile(
    r"\b(?:must|proficien|certification|hired|appointed|eligib|qualif|applicants?|creditable|equivalent|VHA remains)\b",
    re.IGNORECASE,
)
SHORT: Final = 60


class Sheet:
    """What has been found so far; everything is said once."""

    def __init__(self) -> None:
        self.work: list[str] = []
        self.duties: list[str] = []
        self.qualifications: list[str] = []
        self.questions: list[str] = []
        self.heading = ""
        self._said: set[str] = set()
        self._joins = False
        # Whether the last line led into a list.
        self.lists = False

    def head(self, words: str) -> None:
        """Begin a part of the qualifications."""
        self.heading = words.strip(" .:;-–*")
        self.qualifications.append(f"### {self.heading}")

    @property
    def has_fresh_heading(self) -> bool:
        """Whether a heading waits for its first line."""
        return bool(self.qualifications) and self.qualifications[-1].startswith("### ")

    @property
    def leads_in(self) -> bool:
        """Whether the last line ends in a colon and waits for a list."""
        return bool(self.qualifications) and self.qualifications[-1].endswith(":")

    def say(self, words: str) -> None:
        """A line of the qualifications: an item or a paragraph. What "or" joins are items, the last one too."""
        if _WORK.match(words) and not _DEMANDS.search(words):
            if self._is_new(words):
                self.work.append(_safe(_WORK_LABEL.sub("", words)))
            return
        match = ITEM.match(words)
        joins, self._joins = self._joins, bool(_CHOICE.search(words))
        listing = self.lists and not _ENDS_LIST.match(words) and not words.endswith(":")
        if match is None and (joins or self._joins or listing):
            match = _NOTHING.match(words)
        self.lists = listing or words.endswith(":")
        plain = words[match.end() :].strip() if match else words
        if len(plain) < _SHORTEST_ITEM or not self._is_new(plain):
            return
        self.qualifications.append(f"- {plain}" if match else _safe(plain))

    def item(self, words: str, to: list[str]) -> None:
        """An entry of a list."""
        if len(words) >= _SHORTEST_ITEM and self._is_new(words):
            to.append(f"- {words}")

    def ask(self, words: str) -> None:
        """A question; with its heading where it would not be understood alone."""
        words = words.strip(" -*:") + ("…" if words.endswith(":") else "")
        about = self.heading if len(self.heading) < SHORT else ""
        if about and about not in words and (_REFERS.search(words) or GRADE.search(about)):
            words = f"{about}: {words}"
        if self._is_new(f"? {words}"):
            self.questions.append(f"- {words}")

    def _is_new(self, words: str) -> bool:
        key = ("?" if words.startswith("? ") else "") + _NOT_WORDS.sub(" ", words.casefold()).strip()
        if key in self._said:
            return False
        self._said.add(key)
        return True


def _safe(paragraph: str) -> str:
    return paragraph.lstrip("#>*-+ ")
