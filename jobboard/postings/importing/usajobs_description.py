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
from jobboard.postings.importing.usajobs_sheet import GRADE, ITEM, SHORT, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

_SENTENCE = re.compile(
    r"(?<=[.?!])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!U\.S\.)(?<!\bUS\.)(?<!\bD\.)(?<!\bNo\.)(?<!U\.S\.C\.)[\"”)]*\s+(?=[A-Z(\"“\[])"
)
_INLINE_ITEMS = re.compile(
    r"\s+(?:\*|•|·|▪)\s*(?=[A-Z])|\s+(?=(?:\([a-h1-9]\)|\b(?:ii|iii|iv|v|vi|vii|viii)\.)\s+[A-Z])"
)
_ASKS = re.compile(
    r"\b(?:do|are|have|can|did|does|will|would|is|which|what|how)\s+(?:you|your|the|this)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^([A-Z(][\w/&()'’,-]*(?:\s[A-Z(&\d][\w/&()'’,-]*|\s(?:and|or|of|for|the|in|to)){0,8}?)\s*[.:–-]\s+(?=\S)"
)
_LETTERED = re.compile(r"\b(?:in|of|both|either|and)\s+(?:option\s+)?[A-D]\b(?!\.)|\bA/B")
_PAPERS = re.compile(
    r"\s*\((?:[^()]*\b(?:transcripts?|transcirpts?|documentation|attach|resume)\b[^()]*)\)", re.IGNORECASE
)
_LONGEST_HEADING: Final = 110
_MOST_ANSWERS: Final = 8
_SHORTEST_LABEL: Final = 3
_KNOWING = re.compile(r"(?:[\w-]+ )?(?:ability|knowledge|skills?)\b", re.IGNORECASE)
_CONTINUES = re.compile(r"[a-z](?![.)])")


def description(text: str) -> str:
    """The questionnaire as Markdown; '' where it asks nothing that concerns the opening."""
    sheet = Sheet()
    for part in parts(text):
        if isinstance(part, Question):
            _question(part, sheet)
        else:
            _prose(part.lines, sheet)
    return _written(sheet)


def _prose(lines: Iterable[str], sheet: Sheet) -> None:
    sheet.lists = False
    for line in _lines(lines):
        if _is_heading(line):
            sheet.head(line)
        else:
            _sentences_of(line, sheet)


def _question(question: Question, sheet: Sheet) -> None:
    stem = " ".join(question.lines)
    if is_about_the_form(stem) or any(is_about_the_form(answer) for answer in question.answers):
        return
    sheet.lists = False
    lines = _lines(question.lines)
    if sum(bool(RATING.search(answer)) for answer in question.answers) > 1:
        for line in lines:
            _rated(line, sheet)
        return
    asked = len(sheet.questions)
    chooses = bool(question.answers) and not question.is_yes_or_no
    _stem(lines, sheet, has_more=chooses or len(lines) > 1)
    if chooses:
        _choices(question, sheet, asks=len(sheet.questions) > asked)


def _rated(line: str, sheet: Sheet) -> None:
    if line.endswith("?"):
        sheet.ask(line)
    else:
        sheet.item(ITEM.sub("", line), sheet.duties)


def _stem(lines: list[str], sheet: Sheet, *, has_more: bool) -> None:
    for place, line in enumerate(lines):
        label = _label(line)
        if place == 0 and _is_heading(line) and has_more:
            sheet.head(line)
        elif place == 0 and label and len(line) > len(label) + 2:
            sheet.head(label)
            _sentences_of(line[_LABEL.match(line).end() :], sheet)  # type: ignore[union-attr]
        elif line.endswith(":") and len(line) < SHORT and not _ASKS.search(line) and place:
            continue
        else:
            _sentences_of(line, sheet)


def _sentences_of(line: str, sheet: Sheet) -> None:
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


def _choices(question: Question, sheet: Sheet, *, asks: bool) -> None:
    answers = [words for answer in question.answers for words in _without_question(_clean(answer), sheet)]
    answers = [answer for answer in answers if not NO_ANSWER.search(answer)]
    if not answers:
        return
    lengths = sorted(len(answer) for answer in answers)
    if lengths[len(lengths) // 2] >= SHORT:
        # Abilities are asked for together; anything else is one way among several.
        together = sum(bool(_KNOWING.match(answer)) for answer in answers) * 2 > len(answers)
        if not sheet.leads_in:
            grade = GRADE.search(" ".join(question.lines))
            if not sheet.has_fresh_heading and not together and len(answers) > 1:
                sheet.head(f"GS-{int(grade[1])}" if grade else "Experience and education")
            if len(answers) > 1 and not together:
                sheet.qualifications.append("One of these:")
        lettered = any(_LETTERED.search(answer) for answer in answers)
        for letter, answer in zip(ascii_uppercase, answers, strict=False):
            words = ITEM.sub("", answer)
            sheet.item(f"{letter}. {words}" if lettered else words, sheet.qualifications)
    elif asks and len(answers) <= _MOST_ANSWERS:
        sheet.questions[-1] += f" ({'; '.join(answers)})"


def _without_question(answer: str, sheet: Sheet) -> list[str]:
    """The answer without the question that some layouts put behind the last one."""
    sentences = _SENTENCE.split(answer)
    if len(sentences) > 1 and sentences[-1].endswith("?"):
        sheet.ask(sentences.pop())
    return [words] if (words := " ".join(sentences)) else []


def _whole_lines(lines: Iterable[str]) -> list[str]:
    """Lines that were broken within a sentence put together again."""
    whole: list[str] = []
    for line in lines:
        if whole and _CONTINUES.match(line) and not whole[-1].endswith((".", ":", ";", "?")):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole


def _lines(lines: Iterable[str]) -> list[str]:
    found: list[str] = []
    for line in _whole_lines(lines):
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
    if len(line) > _LONGEST_HEADING or ITEM.match(line) or line.endswith(("?", ";", ",")):
        return False
    if line.endswith(".") and len(line.split()) > 5:
        return False
    return len(line.split()) <= 14 and line[:1].isupper() and not _ASKS.search(line)


def _label(line: str) -> str:
    match = _LABEL.match(line)
    if not match or len(match[1]) < _SHORTEST_LABEL or _ASKS.search(match[1]):
        return ""
    return match[1].strip()


def _written(sheet: Sheet) -> str:
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
