"""Finds codes by a code in any spelling, its first characters, or words of description and inclusion terms.

Plain SQL that SQLite and PostgreSQL both understand: LIKE over the folded words that the import stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, case, func, or_, select

from jobboard.codes.code_forms import canonical_forms
from jobboard.codes.code_words import END_OF_TERM
from jobboard.codes.edition_choice import editions_on
from jobboard.codes.models import Code
from jobboard.database import db
from jobboard.vocabulary.terms import folded

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
SHORTEST_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One result: a code with its description, or an article's title and summary."""

    system: str
    code: str
    description: str
    billable: bool | None


def tidied(typed: str) -> str:
    """What was typed as one line without control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in typed).split())


def look_up(query: str, system: str | None = None, size: int = 20) -> list[Found]:
    """At most `size` codes that `query` finds in the editions in force, best first.

    A query in the shape of a code finds that code, then those that begin with it; where there are none it is
    read as words. Words must all be there, each as the beginning of a word. Whole descriptions and inclusion terms
    come first, then those that begin with the query, then those that hold it as a phrase; shorter descriptions
    before longer ones, then by order.
    """
    query = tidied(query)[:LONGEST_QUERY]
    if not query:
        return []
    for statement in (_by_code(query, system), _by_words(query, system)):
        if statement is not None and (rows := db.session.scalars(statement.limit(size)).all()):
            return [Found(each.system, each.code, each.long, each.billable) for each in rows]
    return []


def _in_force(system: str | None) -> Select[Code]:
    statement = select(Code).where(Code.edition_id.in_([each.id for each in editions_on().values()]))
    return statement.where(Code.system == system) if system else statement


def _by_code(query: str, system: str | None) -> Select[Code] | None:
    forms = {name: code for name, code in canonical_forms(query).items() if system in (None, name)}
    if not forms:
        return None
    clauses, exact = [], []
    for name, code in forms.items():
        same = (Code.system == name) & (Code.code == code)
        exact.append(same)
        below = f"{code}." if name == "icd10cm" and len(code) == 3 else code
        clauses += [same, (Code.system == name) & Code.code.startswith(below, autoescape=True)]
    rank = case((or_(*exact), 0), else_=1)
    return _in_force(system).where(or_(*clauses)).order_by(rank, Code.position, Code.system)


def _by_words(query: str, system: str | None) -> Select[Code] | None:
    phrase = folded(query)
    words = phrase.split()[:MOST_WORDS]
    if not words:
        return None
    text = Code.search_text
    statement = _in_force(system).where(Code.kind.in_(("category", "code")))
    for word in words:
        statement = statement.where(text.contains(f" {_stem(word)}", autoescape=True))
    rank = case(
        (text.startswith(f" {phrase}{END_OF_TERM}", autoescape=True), 0),
        (text.contains(f"{END_OF_TERM} {phrase}{END_OF_TERM}", autoescape=True), 1),
        (text.startswith(f" {phrase} ", autoescape=True), 2),
        (text.contains(f" {phrase} ", autoescape=True), 3),
        else_=4,
    )
    return statement.order_by(rank, func.length(Code.long), Code.position, Code.system)


def _stem(word: str) -> str:
    """A word without its plural ending, so that "fractures" finds "fracture"; "diabetes" stays."""
    if len(word) <= SHORTEST_STEM or not word.endswith("s") or word.endswith(("ss", "us", "is", "tes")):
        return word
    return word[:-3] if word.endswith("ies") else word[:-1]
