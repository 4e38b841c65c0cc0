"""Passwords: hashed with Argon2id, checked with the same work whether there is one or not, and refused when weak."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST = 10
LONGEST = 200
# zxcvbn's scale runs from 0 (among the first guesses) to 4; below 2 is under a million guesses.
_GUESSABLE = 2
# It looks at no more, and its time grows with the square of the length.
_LOOKED_AT = 72
_FEWEST_OF_ITS_OWN = 6

# 19 MiB, two passes, one lane: the smaller of the settings that OWASP's password storage sheet names for Argon2id,
# chosen so that many people signing in at once do not exhaust the memory of a small machine.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# A hash of nothing, in the shape of a real one: verifying against it costs the same and never succeeds.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy10aGlz$" + "A" * 43
_common_words: list[frozenset[str]] = []

# What stands in the place of a hash where no password was ever set.
NONE_SET = "!"


def hash_of(password: str) -> str:
    """The hash to store. Takes tens of milliseconds: not to be called while holding the write lock."""
    return _hasher.hash(_one_spelling(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether `password` is the one behind `stored`; the same work where `stored` is None or no hash."""
    try:
        return _hasher.verify(stored if stored and stored != NONE_SET else _NOBODYS, _one_spelling(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Whether `stored` was made with other parameters than are used today."""
    return _hasher.check_needs_rehash(stored)


def complaint(password: str, about: Sequence[str] = ()) -> str:
    """What is wrong with a new password, in words; empty for a good one.

    `about` are things others may know of the person (address, name, the site's name). The lists of common passwords,
    names and words are those of zxcvbn.
    """
    if len(password) < SHORTEST:
        return f"Use {SHORTEST} characters or more. Three or four unrelated words make a good password."
    if len(password) > LONGEST:
        return f"Use {LONGEST} characters at most."
    # Loaded when first needed: the lists take a moment, and most processes never ask.
    from zxcvbn import zxcvbn
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    if password.lower() in _common(FREQUENCY_LISTS["passwords"]):
        return "This password is on the lists of common ones that are tried first. Choose another."
    known = [part.lower() for words in about for part in (words, *_parts(words)) if len(part) > 2]
    if _beyond(known, password) < _FEWEST_OF_ITS_OWN:
        return "This password is little more than your name or address. Choose another."
    judged = zxcvbn(password[:_LOOKED_AT], user_inputs=known, max_length=_LOOKED_AT)
    if judged["score"] < _GUESSABLE:
        hint = str(judged["feedback"]["warning"] or "").rstrip(".")
        because = f": {hint[0].lower()}{hint[1:]}" if hint else ""
        return f"This password is easy to guess{because}. Add an unrelated word or two."
    return ""


def _common(words: Sequence[str]) -> frozenset[str]:
    if not _common_words:
        _common_words.append(frozenset(words))
    return _common_words[0]


def _beyond(known: Sequence[str], password: str) -> int:
    """How many letters and digits are left of `password` without the words that are known of the person."""
    rest = password.lower()
    for words in sorted(known, key=len, reverse=True):
        rest = rest.replace(words, " ")
    return sum(character.isalnum() for character in rest)


def _parts(words: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in words).split()


def _one_spelling(password: str) -> str:
    # Keyboards write the same letter in one character or in two (NIST SP 800-63B, section 5.1.1.2).
    return unicodedata.normalize("NFKC", password)
