"""Turns the parts of a federal questionnaire into a description: duties, qualifications, questions.

Nothing is added but headings and the lines that lead into a list. Tasks on which applicants rate themselves
stay a list of their own; what questions explain before they ask is the qualifications; what they ask stays a question.
"""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from jobboard.postings.importing.usajobs_boilerplate import (
    NO_ANSWER,
    RATING,
    is_about_the_form,
    is_empty_line,
    is_empty_sentence,
)
from jobboard.postings.importing.usajobs_questionnaire import Question, parts

if TYPE_CHECKING:
    from collections.abc import Iterable

_SENTENCE = re.compile(
    r"(?<=[.?!])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!U\.S\.)(?<!\bD\.)(?<!\bNo\.)(?<!U\.S\.C\.)[\"”)]*\s+(?=[A-Z(\"“\[])"
)
_ITEM = re.compile(
    r"^(?:[*•·▪o–-]\s*(?=[A-Z])|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\s+)|^(?=(?:Ability|Knowledge|Skill"
    r"|Comprehensive knowledge|Advanced knowledge|Extensive knowledge|Thorough knowledge|Leadership)\b)"
)
_INLINE_ITEMS = re.compile(
    r"\s+(?:\*|•|·|▪)\s*(?=[A-Z])|\s+(?=(?:\([a-h1-9]\)|\b(?:ii|iii|iv|v|vi|vii|viii)\.)\s+[A-Z])"
)
_GRADE = re.compile(r"\bGS[- ]?(?:0675[- ]|675[- ]|0669[- ]|669[- ])?0?(\d{1,2})\b")
_ASKS = re.compile(
    r"\b(?:do|are|have|can|did|does|will|would|is|which|what|how)\s+(?:you|your|the|this)\b", re.IGNORECASE
)
_REFERS = re.compile(
    r"\b(?:above|described|listed|below|this requirement|these requirements|KSAs?)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^((?:[A-Z(][\w/&()'’,-]*\s?)(?:(?:[A-Z(&\d][\w/&()'’,-]*|and|or|of|for|the|in|to)\s?){0,8}?)\s*[.:–-]\s+(?=\S)"
)
_LETTERED = re.compile(r"\b(?:in|of|both|either|and)\s+(?:option\s+)?[A-D]\b(?!\.)|\bA/B")
_CHOICE = re.compile(r"(?:;|,|\.)?\s*\b(?:OR|AND|or|and)[,;:]?$|;$")
_PAPERS = re.compile(
    r"\s*\((?:[^()]*\b(?:transcripts?|transcirpts?|documentation|attach|resume)\b[^()]*)\)", re.IGNORECASE
)
_NOT_WORDS = re.compile(r"[\W_]+")
_LONGEST_HEADING: Final = 110
_SHORT_ANSWER: Final = 60
_MOST_ANSWERS: Final = 8
_SHORTEST_ITEM: Final = 6
_NOTHING = re.compile("")
_WORK_LABEL = re.compile(
    r"^(?:Assignments?|(?:Major )?Duties(?: and Responsibilities)?)\s*[.:–-]+\s*", re.IGNORECASE
)
_WORK = re.compile(
    r"(?:Assignments?|(?:Major )?Duties|Employees (?:at|in) this|Coders?\b|Auditors?\b|MRTs?\b|Cancer [Rr]egistrars?\b"
    r"|The (?:incumbent|employee|MRT|coder|auditor|individual|position)\b|Incumbents?\b|CDIS\b|Individuals assigned"
    r"|(?:Lead|Supervisory) (?:MRT|coder|Medical)|Medical [Rr]ecords? [Tt]echnicians?\b|(?:He|She|They|This position)\b)"
    r".{0,200}?\b(?:performs?|reviews?|serves?|selects?|assigns?|facilitates?|provides?|abstracts?|audits?|coordinates?"
    r"|manages?|assists?|collects?|codes?|responsible|plans?|monitors?|supervises?|process(?:es)?|analy[sz]es?)\b",
    re.DOTALL,
)
_DEMANDS = re.compile(
    r"\b(?:must|proficien|certification|hired|appointed|eligib|qualif|applicants?|creditable|equivalent|VHA remains)\b",
    re.IGNORECASE,
)


class _Sheet:
    """What has been found so far; everything is said once."""

    def __init__(self) -> None:
        self.work: list[str] = []
        self.duties: list[str] = []
        self.qualifications: list[str] = []
        self.questions: list[str] = []
        self.heading = ""
        self._said: set[str] = set()
        self._joins = False

    def head(self, words: str) -> None:
        self.heading = words.strip(" .:;-–*")
        self.qualifications.append(f"### {self.heading}")

    @property
    def has_fresh_heading(self) -> bool:
        """Whether a heading waits for its first line."""
        return bool(self.qualifications) and self.qualifications[-1].startswith("### ")

    def say(self, words: str) -> None:
        """A line of the qualifications: an item or a paragraph. What "or" joins are items, the last one too."""
        if _WORK.match(words) and not _DEMANDS.search(words):
            if self._is_new(words):
                self.work.append(_safe(_WORK_LABEL.sub("", words)))
            return
        match = _ITEM.match(words)
        joins, self._joins = self._joins, bool(_CHOICE.search(words))
        if match is None and (joins or self._joins):
            match = _NOTHING.match(words)
        plain = words[match.end() :].strip() if match else words
        if len(plain) < _SHORTEST_ITEM or not self._is_new(plain):
            return
        self.qualifications.append(f"- {plain}" if match else _safe(plain))

    def item(self, words: str, to: list[str]) -> None:
        if len(words) >= _SHORTEST_ITEM and self._is_new(words):
            to.append(f"- {words}")

    def ask(self, words: str) -> None:
        words = words.strip(" -*:") + ("…" if words.endswith(":") else "")
        about = self.heading if len(self.heading) < _SHORT_ANSWER else ""
        if about and about not in words and (_REFERS.search(words) or _GRADE.search(about)):
            words = f"{about}: {words}"
        if self._is_new(f"? {words}"):
            self.questions.append(f"- {words}")

    def _is_new(self, words: str) -> bool:
        key = ("?" if words.startswith("? ") else "") + _NOT_WORDS.sub(" ", words.casefold()).strip()
        if key in self._said:
            return False
        self._said.add(key)
        return True


def description(text: str) -> str:
    """The questionnaire as Markdown; '' where it asks nothing that concerns the opening."""
    sheet = _Sheet()
    for part in parts(text):
        if isinstance(part, Question):
            _question(part, sheet)
        else:
            _prose(part.lines, sheet)
    return _written(sheet)


def _prose(lines: Iterable[str], sheet: _Sheet) -> None:
    for line in _lines(lines):
        if _is_heading(line):
            sheet.head(line)
        else:
            _sentences_of(line, sheet)


def _question(question: Question, sheet: _Sheet) -> None:
    stem = " ".join(question.lines)
    if is_about_the_form(stem) or any(is_about_the_form(answer) for answer in question.answers):
        return
    lines = _lines(question.lines)
    if sum(bool(RATING.search(answer)) for answer in question.answers) > 1:
        for line in lines:
            _rated(line, sheet)
        return
    asked = len(sheet.questions)
    _stem(lines, sheet)
    if question.answers and not question.is_yes_or_no:
        _choices(question, sheet, asks=len(sheet.questions) > asked)


def _rated(line: str, sheet: _Sheet) -> None:
    if line.endswith("?"):
        sheet.ask(line)
    else:
        sheet.item(_ITEM.sub("", line), sheet.duties)


def _stem(lines: list[str], sheet: _Sheet) -> None:
    for place, line in enumerate(lines):
        label = _label(line)
        if place == 0 and _is_heading(line) and len(lines) > 1:
            sheet.head(line)
        elif place == 0 and label and len(line) > len(label) + 2:
            sheet.head(label)
            _sentences_of(line[_LABEL.match(line).end() :], sheet)  # type: ignore[union-attr]
        elif line.endswith(":") and len(line) < _SHORT_ANSWER and not _ASKS.search(line) and place:
            continue
        else:
            _sentences_of(line, sheet)


def _sentences_of(line: str, sheet: _Sheet) -> None:
    said: list[str] = []
    for sentence in _SENTENCE.split(line):
        if _is_asked(sentence):
            sheet.ask(sentence)
        else:
            said.append(sentence)
    if said:
        sheet.say(" ".join(said))


def _is_asked(sentence: str) -> bool:
    if sentence.rstrip('"”) ').endswith("?") or _ASKS.match(sentence):
        return True
    return sentence.endswith(":") and bool(_ASKS.search(sentence))


def _choices(question: Question, sheet: _Sheet, *, asks: bool) -> None:
    answers = [_clean(answer) for answer in question.answers]
    answers = [answer for answer in answers if answer and not NO_ANSWER.search(answer)]
    if not answers:
        return
    lengths = sorted(len(answer) for answer in answers)
    if lengths[len(lengths) // 2] >= _SHORT_ANSWER:
        if not sheet.has_fresh_heading:
            grade = _GRADE.search(" ".join(question.lines))
            sheet.head(f"GS-{int(grade[1])}" if grade else "Experience and education")
        if len(answers) > 1:
            sheet.qualifications.append("One of these:")
        lettered = any(_LETTERED.search(answer) for answer in answers)
        for letter, answer in zip(ascii_uppercase, answers, strict=False):
            words = _ITEM.sub("", answer)
            sheet.item(f"{letter}. {words}" if lettered else words, sheet.qualifications)
    elif asks and len(answers) <= _MOST_ANSWERS:
        sheet.questions[-1] += f" ({'; '.join(answers)})"


def _lines(lines: Iterable[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if is_empty_line(line):
            continue
        found += filter(None, map(_clean, _INLINE_ITEMS.split(line)))
    return found


def _clean(line: str) -> str:
    words = _PAPERS.sub("", " ".join(line.split()))
    if is_empty_line(words):
        return ""
    kept = [sentence for sentence in _SENTENCE.split(words) if not is_empty_sentence(sentence)]
    return " ".join(kept).strip()


def _is_heading(line: str) -> bool:
    if len(line) > _LONGEST_HEADING or _ITEM.match(line) or line.endswith(("?", ";", ",")):
        return False
    if line.endswith(".") and len(line.split()) > 5:
        return False
    return len(line.split()) <= 14 and line[:1].isupper() and not _ASKS.search(line)


def _label(line: str) -> str:
    match = _LABEL.match(line)
    if not match or len(match[1]) < _SHORTEST_ITEM or _ASKS.search(match[1]):
        return ""
    return match[1].strip()


def _safe(paragraph: str) -> str:
    return paragraph.lstrip("#>*-+ ")


def _written(sheet: _Sheet) -> str:
    sections = []
    if sheet.work:
        sections.append("## Duties\n\n" + "\n\n".join(sheet.work))
    if sheet.duties:
        lead = "Applicants are asked how much experience they have with each of these."
        sections.append(f"## Tasks and skills\n\n{lead}\n\n" + "\n".join(sheet.duties))
    if qualifications := _joined(sheet.qualifications):
        sections.append(f"## Qualifications\n\n{qualifications}")
    if sheet.questions:
        sections.append("## Questions you will be asked\n\n" + "\n".join(sheet.questions))
    return "\n\n".join(sections)


def _joined(blocks: list[str]) -> str:
    kept: list[str] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else "###"
        if block.startswith("### ") and following.startswith("### "):
            continue
        if block == "One of these:" and not following.startswith("- "):
            continue
        kept.append(block)
    words = ""
    for place, block in enumerate(kept):
        both_items = place and block.startswith("- ") and kept[place - 1].startswith("- ")
        words += ("\n" if both_items else "\n\n" if place else "") + block
    return words
