"""Bare numbers that stand some words behind the name of their system: only lists and ranges of them are sure."""

from __future__ import annotations

from collections.abc import Sequence

from jobboard.codes.linker.elements import ends_cleanly
from jobboard.codes.linker.government import Government
from jobboard.codes.linker.neighbours import is_counted, is_time
from jobboard.codes.linker.plausible import is_modifier
from jobboard.codes.linker.tokens import DASH, GLUED, WORD, Token
from jobboard.codes.linker.wordlists import words

_REACH = 10  # words between the name and the number
_BEFORE_LISTS = words("FOR ON BY WITH COVERS")
_LISTING = frozenset({",", "/", "&", "AND", "OR", "VS", "TO"})


def begins_drgs(tokens: Sequence[Token], at: int, government: Government) -> bool:
    """ "DRG assignment for 207, 208", "a DRG shift from 065 to 064", and not "DRG coders for 325 physicians"."""
    if at < 1 or not _is_three_digits(tokens[at]) or not _is_named("msdrg", government):
        return False
    after = at + 1
    ranged = tokens[after : after + 1] and tokens[after].kind == DASH and _is_range(tokens, after + 1)
    if not (ranged or ends_cleanly(tokens, after)) or is_counted(tokens, after, round_number=False):
        return False
    before, sign = tokens[at - 1].value, tokens[after].value if after < len(tokens) else ""
    if before == "FROM":
        return sign == "TO"
    follows = after + 1 < len(tokens) and _is_three_digits(tokens[after + 1])
    return before in _BEFORE_LISTS and follows and (sign == DASH or sign in _LISTING)


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and _is_three_digits(tokens[at]) and ends_cleanly(tokens, at + 1)


def continues_drgs(tokens: Sequence[Token], at: int, beside: bool) -> bool:
    """Whether the next of three digits stands behind a joining sign, and counts nothing."""
    if at and tokens[at - 1].value in {",", ";"} and tokens[at + 1 : at + 2] and tokens[at + 1].kind == DASH:
        return _is_three_digits(tokens[at]) and _is_range(tokens, at + 2) and tokens[at + 2].gap == GLUED
    joined = beside and at > 0 and tokens[at - 1].value in _LISTING
    return joined and _is_three_digits(tokens[at]) and not is_counted(tokens, at + 1, round_number=False)


def begins_modifiers(tokens: Sequence[Token], at: int, government: Government) -> bool:
    """Whether a list of three modifiers or more begins here ("our modifier sheet covers 22, 51 and 59")."""
    if not _is_named("modifier", government):
        return False
    members = 0
    for here in range(at, min(at + 2 * _REACH, len(tokens))):
        token = tokens[here]
        if token.kind == WORD and is_modifier(token.value) and not token.raw.islower():
            members += 1
        elif token.value not in _LISTING:
            return members > 2 and token.kind != "%" and not is_time(tokens, here)
    return members > 2


def _is_three_digits(token: Token) -> bool:
    digits = len(token.value) == 3 and token.value.isascii() and token.value.isdecimal()
    return digits and int(token.value) % 50 != 0


def _is_named(system: str, government: Government) -> bool:
    heads = government.heads
    return bool(heads) and heads[-1].name == system and not government.narrow and government.words <= _REACH
