"""Reads what a person typed into clauses that every engine compiles in the same way; never an error.

All words are required, wherever they stand. `"…"` is a phrase taken literally, `-` before a word or phrase excludes
it, `*` after at least two characters seeks a beginning, `OR` joins what stands beside it. Whatever else was meant is
read as plain words. What is said twice counts once. Function words are only wished for, unless there are no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from search_index.analysis import bound, fold, tokens, variants
from search_index.conditions import Condition
from search_index.intervals import Interval
from search_index.synonyms import NO_SYNONYMS, Alternative, Expression, Synonyms

if TYPE_CHECKING:
    from search_index.query import Query

MOST_WORDS = 64
# Each beginning may stand for thousands of words in each field; further ones are read as plain words.
MOST_BEGINNINGS = 8
LONGEST_TEXT = 4000
# An explanation asks for each expression in each field; so many are asked for.
MOST_EXPLAINED = 400
_FUNCTION_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    )
)
_LEXEME = re.compile(r'(?P<minus>-)?"(?P<phrase>[^"]*)"|(?P<bare>[^\s"]+)')
QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'))
_PREFIX = re.compile(r"[^\W_](?:[\w.&/-]*[\w.-])\*")
# Endings that complete a beginning to a word whose stem is shorter than the beginning itself: therapeuti* must
# find therapeutic, which the index holds as therapeut.
_ENDINGS = ("", "s", "c", "cs", "al", "g", "ng", "ing", "on", "ion", "es", "e", "ed", "y", "st")


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens in a row in one text field, or one of the alternatives. A phrase of a person has no alternatives."""

    tokens: Expression
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Prefix:
    """A token that begins with `beginning`, or is one of `stems`."""

    beginning: str
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compound:
    """All of `parts`, or one of the alternatives for their whole run, which is best met as it was typed, `whole`."""

    parts: tuple[Term, ...]
    alternatives: tuple[Alternative, ...]
    whole: Expression = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `options`, joined by OR."""

    options: tuple[Clause, ...]


Clause = Term | Prefix | Compound | Choice


@dataclass(frozen=True, slots=True)
class TextQuery:
    """What must match, what adds to the score where it matches, and what must not match.

    With `any_word` one of `required` is enough.
    """

    required: tuple[Clause, ...] = ()
    wished: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    any_word: bool = False

    def __bool__(self) -> bool:
        return bool(self.required or self.excluded)

    @property
    def matched(self) -> frozenset[str]:
        """What may be highlighted: tokens, `prefix*`, phrases as tokens joined by spaces."""
        found: set[str] = set()
        for clause in (*self.required, *self.wished):
            found.update(_sought(clause))
        return frozenset(found)

    @property
    def scored(self) -> tuple[Clause, ...]:
        """What a match may be for: required, or wished for."""
        return (*self.required, *self.wished)

    @property
    def conditions(self) -> Iterator[Condition]:
        """All conditions on fields by which some word may be met."""
        for clause in (*self.required, *self.wished, *self.excluded):
            yield from conditions_of(clause)


def conditions_of(clause: Clause) -> Iterator[Condition]:
    """Yield the conditions on fields that are among the alternatives of `clause` and of its parts."""
    match clause:
        case Prefix():
            return
        case Choice(parts) | Compound(parts):
            for part in parts:
                yield from conditions_of(part)
    if isinstance(clause, Term | Compound):
        yield from (one for one in clause.alternatives if not isinstance(one, tuple | Interval))


def _sought(clause: Clause) -> Iterator[str]:
    match clause:
        case Prefix(beginning, stems):
            yield beginning + "*"
            yield from stems
        case Choice(options):
            for option in options:
                yield from _sought(option)
        case Term() | Compound():
            if isinstance(clause, Term):
                yield " ".join(clause.tokens)
            else:
                for part in clause.parts:
                    yield from _sought(part)
            yield from (" ".join(one) for one in clause.alternatives if isinstance(one, tuple))


def spellings(clause: Clause) -> Iterator[Expression]:
    """Yield the other ways to write `clause` or one of its options."""
    if isinstance(clause, Choice):
        for option in clause.options:
            yield from spellings(option)
    elif isinstance(clause, Term | Compound):
        yield from (one for one in clause.alternatives if isinstance(one, tuple))


def label(clause: Clause) -> str:
    """Return the clause as a person would read it in an explanation."""
    match clause:
        case Prefix(beginning):
            return beginning + "*"
        case Choice(options):
            return " OR ".join(map(label, options))
        case Compound(parts):
            return " ".join(map(label, parts))
        case Term(words):
            return " ".join(words)


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """One thing typed, before runs of plain words are looked up together."""

    clause: Term | Prefix
    plain: bool
    excluded: bool
    function_word: bool
    after_or: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """Something required of a text: what stands from `start` to `end`, joined by OR included.

    `plain` where it is words and nothing else: no phrase, no beginning, no choice.
    """

    text: str
    start: int
    end: int
    plain: bool


def parts(text: str, synonyms: Synonyms = NO_SYNONYMS) -> list[Part]:
    """Return what `read` requires of `text`, in order, as it was typed. Each can be left out on its own."""
    found: list[Part] = []
    for joined in _joined(text, synonyms)[0]:
        lexemes = [one for unit in joined for one in unit.lexemes]
        start, end = lexemes[0].start, lexemes[-1].end
        plain = len(joined) == 1 and all(one.plain for one in lexemes)
        found.append(Part(text[start:end], start, end, plain))
    return found


# The same text is often asked twice in a row: with all of its words, and then with any.
@lru_cache(64)
def read(text: str, synonyms: Synonyms = NO_SYNONYMS) -> TextQuery:
    """Return what `text` asks for; at most the first 64 words and 4,000 characters count."""
    required, wished, excluded = _joined(text, synonyms)
    # What is said twice counts once.
    choices = [tuple(dict.fromkeys(unit.clause for unit in one)) for one in required]
    return TextQuery(
        tuple(dict.fromkeys(one[0] if len(one) == 1 else Choice(one) for one in choices)),
        tuple(dict.fromkeys(unit.clause for unit in wished)),
        tuple(dict.fromkeys(excluded)),
    )


def _bounded(lexemes: Iterable[_Lexeme]) -> list[_Lexeme]:
    """Return `lexemes`, of more beginnings than `MOST_BEGINNINGS` the further ones as the words that they are."""
    found: list[_Lexeme] = []
    beginnings: set[Prefix] = set()
    for one in lexemes:
        if isinstance(one.clause, Prefix):
            if len(beginnings) == MOST_BEGINNINGS and one.clause not in beginnings:
                if words := tuple(tokens(one.clause.beginning)):
                    found.append(replace(one, clause=Term(words), plain=True))
                continue
            beginnings.add(one.clause)
        found.append(one)
    return found


def _joined(text: str, synonyms: Synonyms) -> tuple[list[list[_Unit]], list[_Unit], tuple[Clause, ...]]:
    """Return what is required, joined by OR, what is wished for, and what is excluded."""
    lexemes = _bounded(islice(_lexemes(bound(text[:LONGEST_TEXT])), MOST_WORDS))
    excluded = tuple(_enriched(one, synonyms) for one in lexemes if one.excluded)
    units = list(_units([one for one in lexemes if not one.excluded], synonyms))
    demanding = any(not unit.function_word for unit in units)
    wished = [unit for unit in units if unit.function_word and demanding]
    joined: list[list[_Unit]] = []
    for unit in units:
        if unit.function_word and demanding:
            continue
        if unit.after_or and joined:
            joined[-1].append(unit)
        else:
            joined.append([unit])
    return joined, wished, excluded


def read_all(query: Query) -> list[TextQuery]:
    """Return the text of `query` and those below it, which count only where that asks something."""
    first = read(query.text, query.synonyms)
    found = [first, *(read(text, query.synonyms) for text in query.below if first)]
    return loosened(found) if query.any_word else found


def loosened(texts: Iterable[TextQuery]) -> list[TextQuery]:
    """Return `texts`, each with one word being enough."""
    return [replace(one, any_word=True) for one in texts]


def is_too_little(query: Query, texts: Sequence[TextQuery], total: int) -> bool:
    """Whether `total` matches are fewer than `query` has enough of, and looser `texts` may match more."""
    return total < query.enough and any(len(one.required) > 1 and not one.any_word for one in texts)


def _lexemes(text: str) -> Iterator[_Lexeme]:
    pending_or, before = False, False
    for found in _LEXEME.finditer(text.translate(QUOTES)):
        bare = found["bare"]
        if bare == "OR" and before and not pending_or:
            pending_or = True
            continue
        joins, pending_or = pending_or, False
        made = list(_bare(bare) if bare is not None else _quoted(found["phrase"], bool(found["minus"])))
        for nth, (clause, plain, excluded) in enumerate(made):
            function_word = (
                plain and clause.tokens[0] in _FUNCTION_WORDS and (bare == bare.lower() or bare == "OR")
                if isinstance(clause, Term) and bare is not None
                else False
            )
            after_or = joins and nth == 0 and not excluded
            yield _Lexeme(clause, plain, excluded, function_word, after_or, found.start(), found.end())
        before = bool(made) and not made[-1][2]


def _quoted(phrase: str, excluded: bool) -> Iterator[tuple[Term | Prefix, bool, bool]]:
    if found := tuple(tokens(phrase)):
        yield Term(found), False, excluded


def _bare(word: str) -> Iterator[tuple[Term | Prefix, bool, bool]]:
    excluded = len(word) > 1 and word[0] == "-" and word[1] != "-"
    word = word.lstrip("-+")
    if _PREFIX.fullmatch(word):
        beginning = fold(word[:-1])
        stems = dict.fromkeys(
            stem
            for ending in _ENDINGS
            for stem in tokens(beginning + ending)
            if not stem.startswith(beginning) and beginning.isalpha() and beginning[:3] == stem[:3]
        )
        yield Prefix(beginning, tuple(stems)), False, excluded
        return
    if found := tuple(tokens(word)):
        yield Term(found), True, excluded


def _enriched(lexeme: _Lexeme, synonyms: Synonyms) -> Clause:
    if isinstance(lexeme.clause, Prefix) or not lexeme.plain:
        return lexeme.clause
    words = lexeme.clause.tokens
    others: dict[Alternative, None] = dict.fromkeys(synonyms.of(words))
    if len(words) == 1:
        others.update(dict.fromkeys((one,) for one in variants(words[0])))
    return Term(words, tuple(others))


class _Unit(NamedTuple):
    clause: Clause
    function_word: bool
    after_or: bool
    lexemes: list[_Lexeme]


def _units(lexemes: list[_Lexeme], synonyms: Synonyms) -> Iterator[_Unit]:
    """Yield the clauses in order, the longest runs of plain words that have synonyms together."""
    place = 0
    while place < len(lexemes):
        first = lexemes[place]
        run = [first]
        if first.plain:
            for one in lexemes[place + 1 : place + synonyms.longest]:
                if not one.plain or one.after_or:
                    break
                run.append(one)
        while len(run) > 1:
            words = tuple(token for one in run if isinstance(one.clause, Term) for token in one.clause.tokens)
            if others := synonyms.of(words):
                enriched = [_enriched(one, synonyms) for one in run if not one.function_word]
                terms = tuple(term for term in enriched if isinstance(term, Term))
                yield _Unit(Compound(terms, others, words), False, first.after_or, run)
                break
            run.pop()
        else:
            yield _Unit(_enriched(first, synonyms), first.function_word, first.after_or, run)
        place += len(run)
