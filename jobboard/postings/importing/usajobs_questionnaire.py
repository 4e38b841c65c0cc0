"""Takes a federal questionnaire apart: prose, and questions with the answers to choose from.

Two layouts occur. In one a question's number stands on a line of its own, in the other before its text ("3. Do you …").
Answers are lettered from A on, or begin with a space as list items do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jobboard.postings.importing.usajobs_boilerplate import BODY_BEGINS, BODY_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ALONE = re.compile(r"(\d{1,3})([a-z]?)\.()")
_BEFORE = re.compile(r"(\d{1,3})([a-z]?)\.\s+(\S.*)")
_EITHER = re.compile(r"(\d{1,3})([a-z]?)\.(?:\s+(\S.*))?")
_LETTER = re.compile(r"^\s*([A-Z])\.\s+")
_YES_OR_NO = frozenset({"yes", "no"})


@dataclass
class Question:
    """A numbered question: the lines of its text, and its answers without letters."""

    number: str
    lines: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    @property
    def is_yes_or_no(self) -> bool:
        """Whether one answers it with yes or no alone."""
        return bool(self.answers) and all(
            answer.strip(" .").casefold() in _YES_OR_NO for answer in self.answers
        )


@dataclass
class Prose:
    """Lines that belong to no question: headings, introductions."""

    lines: list[str] = field(default_factory=list)


Part = Prose | Question


def parts(text: str) -> list[Part]:
    """The parts of the assessment in order, without page chrome, eligibilities and preferences.

    Of the ways to tell questions from numbered lists the one counts that finds the most questions with answers.
    """
    body = _body(text)
    ways = [_apart(body, way) for way in (_ALONE, _BEFORE, _EITHER)]
    return max(
        ways, key=lambda found: sum(bool(part.answers) for part in found if isinstance(part, Question))
    )


def _apart(body: Sequence[str], way: re.Pattern[str]) -> list[Part]:
    found: list[Part] = []
    for question, lines in _cut(body, way):
        if question is None:
            found.append(Prose(lines))
            continue
        question.lines, question.answers, rest = _answers(lines)
        found += [question, Prose(rest)]
    return [part for part in found if part.lines]


def _body(text: str) -> list[str]:
    begins = BODY_BEGINS.search(text)
    body = text[begins.end() :] if begins else text
    ends = BODY_ENDS.search(body)
    lines = (body[: ends.start()] if ends else body).split("\n")
    # Runs of spaces are one; that a line begins with one marks an answer.
    return [" " * (line[:1] == " ") + " ".join(line.split()) for line in lines if line.strip()]


def _cut(body: Sequence[str], way: re.Pattern[str]) -> Iterator[tuple[Question | None, list[str]]]:
    question: Question | None = None
    lines: list[str] = []
    last = 0
    for line in body:
        match = way.fullmatch(line)
        number = int(match[1]) if match else 0
        # Numbered lists inside a question begin anew; its own numbers go on.
        if match and (number == last + 1 or (number == last and match[2])):
            yield question, lines
            question, lines, last = Question(match[1] + match[2]), [match[3]] if match[3] else [], number
        else:
            lines.append(line)
    yield question, lines


def _answers(lines: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Text, answers and what follows them: the answers are those lettered from A on, or yes and no, or the last run of
    lines that begin with a space."""
    runs: list[tuple[bool, list[str]]] = []
    letters = _lettered(lines)
    lettered = any(letters)
    for line, has_letter in zip(lines, letters, strict=True):
        is_answer = has_letter if lettered else line[:1] == " "
        if not runs or runs[-1][0] != is_answer or (has_letter and line.lstrip()[0] == "A"):
            runs.append((is_answer, []))
        runs[-1][1].append(line.strip())
    chosen = next((place for place, run in enumerate(runs) if run[0] and _is_yes_or_no(run[1])), None)
    if chosen is None:
        chosen = next((place for place in reversed(range(len(runs))) if runs[place][0]), None)
    if chosen is None:
        return [line.strip() for line in lines], [], []
    stem = [line for _, run in runs[:chosen] for line in run]
    rest = [line for _, run in runs[chosen + 1 :] for line in run]
    answers = runs[chosen][1]
    if _LETTER.match(answers[0]):
        answers = [_LETTER.sub("", line) for line in answers]
    return stem, answers, rest


def _lettered(lines: Sequence[str]) -> Sequence[bool]:
    """Which lines go A, B, C … one after the other, at least to B."""
    letters = [match[1] if (match := _LETTER.match(line)) else "" for line in lines]
    found = [False] * len(lines)
    for start, letter in enumerate(letters):
        if letter != "A":
            continue
        end = start
        while end < len(letters) and letters[end] == chr(ord("A") + end - start):
            end += 1
        if end - start > 1:
            found[start:end] = [True] * (end - start)
    return found


def _is_yes_or_no(run: Sequence[str]) -> bool:
    plain = {_LETTER.sub("", f" {line}").strip(" .").casefold() for line in run}
    return plain <= _YES_OR_NO and bool(plain)
