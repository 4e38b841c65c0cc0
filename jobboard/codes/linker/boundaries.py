"""Whether a piece stands by itself, and not inside an identifier, an amount, an address or a file's name."""

from __future__ import annotations

from collections.abc import Sequence

from jobboard.codes.linker.atoms import atoms_at
from jobboard.codes.linker.elements import Element
from jobboard.codes.linker.tokens import DASH, GLUED, OPAQUE, WORD, Token
from jobboard.codes.linker.wordlists import words

_FILE_ENDINGS = words(
    """
    PDF DOC DOCX XLS XLSX CSV TXT COM ORG NET GOV EDU PNG JPG ZIP HTM HTML JSON XML PHP ASP
    """
)


def begins_cleanly(tokens: Sequence[Token], at: int, previous_after: int, head_after: int) -> bool:
    """Whether a piece may begin here; the indices behind the last code and the last head tie it to them."""
    if tokens[at].gap != GLUED or at == 0 or at in {previous_after, head_after}:
        return True
    left = tokens[at - 1]
    before = tokens[at - 2] if at > 1 and left.gap == GLUED else None
    if left.kind in {"@", OPAQUE, "$", "€", "£", "~"} or left.kind == WORD:
        return False
    if left.kind == DASH and before is not None and before.kind == WORD:
        tied = at - 1 in {previous_after, head_after} or len(left.raw) > 1
        typographic = left.raw in "–—" and before.value.isalpha() and len(before.value) > 1
        return tied or typographic or (before.raw[1:].islower() and len(before.raw) > 1)
    if left.kind in {".", ":"} and before is not None and before.kind == WORD and at - 1 != previous_after:
        return before.value.isalpha() or at - 1 == head_after
    return True


def ends_the_code(tokens: Sequence[Token], element: Element) -> bool:
    """Whether what is glued behind a code leaves it one."""
    at = element.after
    if at >= len(tokens) or tokens[at].gap != GLUED:
        return True
    sign = tokens[at]
    follower = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].gap == GLUED else None
    if sign.kind in {WORD, "@"}:
        return False
    if follower is None or follower.kind != WORD:
        return True
    if sign.kind == DASH and len(sign.raw) == 1:
        alike = any(atom.shape is element.atom.shape for atom in atoms_at(tokens, at + 1))
        return alike or (
            follower.raw.isalpha()
            and (follower.raw[1:].islower() or follower.raw.isupper())
            and len(follower.raw) > 2
        )
    if sign.kind in {".", ":"}:
        return follower.value.isalpha() and len(follower.value) > 2 and follower.value not in _FILE_ENDINGS
    return True
