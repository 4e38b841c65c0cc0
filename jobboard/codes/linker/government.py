"""Which introducing words govern the place that the reader has reached.

`CPT`, `ICD-10 codes`, `modifiers`, `ZIP` govern what follows until an ordinary word comes; "such as", a colon or
an opening bracket renew a government that a few words have weakened ("modifier usage (25, 59)"). A full stop
or an empty line ends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jobboard.codes.linker.heads import Head, Kind
from jobboard.codes.linker.tokens import BLANK_LINE, DASH, RANGE_DOTS, WORD, Token
from jobboard.codes.linker.wordlists import words

JOINING_SIGNS = frozenset({",", ";", "/", "&", "+", "•", "·", "*", "**", "|", "‣", "▪", "→", "\\", "◦", "●"})
JOINING_WORDS = words("AND OR VS VERSUS PLUS NOR THEN NOT ALSO")
_QUIET_SIGNS = frozenset(
    {
        "®",
        "™",
        "©",
        "#",
        '"',
        "'",
        "“",
        "”",
        "‘",
        "’",
        "`",
        "[",
        "]",
        "{",
        "}",
        "=",
        ">",
        "<",
        DASH,
        RANGE_DOTS,
    }
)
_NARROW = words(
    """
    NUMBER NUMBERS NO NOS IS OF THE FROM RANGE RANGES RANGING SERIES FAMILY FAMILIES PAIR PAIRS BOTH
    EITHER CODE CODES SET SETS ADD ON ALL ANY ONLY AS
    """
)
_WIDE = words(
    """
    COMMON FREQUENT TYPICAL USUAL NEW ESTABLISHED LEVEL LEVELS CHAPTER CHAPTERS BLOCK BLOCKS SECTION
    SECTIONS TABLE TABLES ROOT STEM WITHIN IN UNDER ETC CODING LIKELY PRINCIPAL PRIMARY SECONDARY AND/OR
    BE WERE WAS FOR GROUP GROUPS COMBINATION CATEGORY CATEGORIES SURGICAL UNLISTED BETWEEN SPECIFIC VALID
    INVALID DELETED FULL SEVEN CHARACTER 7 TO WITH BILLABLE ALWAYS
    """
)
_INTRODUCING = words(
    """
    ARE SUCH LIKE INCLUDING INCLUDE INCLUDES INCLUDED EG NAMELY PARTICULARLY ESPECIALLY ESP MAINLY
    PRIMARILY MOSTLY SPECIFICALLY EXAMPLE EXAMPLES INSTANCE IE NOTABLY
    """
)
_NUMBERING = words("NUMBER NUMBERS NO NOS IS ARE CODE CODES")
_TO = words("TO THROUGH THRU")
_REACH = 4  # words that a renewing sign bridges
_REACH_OF_COLON = 7  # words between "Requisition number for this position" and its colon


_SILENT_SIGNS = JOINING_SIGNS | _QUIET_SIGNS | {"."}
_SILENT_WORDS = JOINING_WORDS | _NARROW | _TO


@dataclass(slots=True)
class Government:
    """The heads in force. `narrow` holds for bare numbers, `wide` for shapes that say more of themselves."""

    heads: tuple[Head, ...] = ()
    narrow: bool = False
    wide: bool = False
    words: int = 0
    joined: bool = False
    elements: int = 0
    renewed: bool = False  # words stand between the head and here, and a sign or "such as" bridges them
    _bracket: tuple[tuple[Head, ...], bool, bool, int] | None = field(default=None)

    def clear(self) -> None:
        """Nothing governs any more."""
        self.heads, self.narrow, self.wide, self.words, self._bracket = (), False, False, 0, None
        self.joined = self.renewed = False
        self.elements = 0

    def begin(self, head: Head) -> None:
        """A head was read."""
        last = self.heads[-1].kind if self.heads else None
        systems = (Kind.SYSTEM, Kind.FOREIGN)
        named = last in systems or (last is Kind.PLACE and head.kind is Kind.CODE)
        if head.kind in (Kind.CODE, Kind.VERB) and named and self.wide and not self.elements:
            self.narrow = self.narrow and head.kind is Kind.CODE
            return
        if head.kind is Kind.NOUN and last is Kind.SYSTEM and self.wide and not self.elements:
            self.narrow = False
            return
        union = head.kind in systems and last in systems and self.joined and not self.elements
        self.heads = (*self.heads[-7:], head) if union else (head,)
        self.narrow = self.wide = self.joined = True
        self.words = self.elements = 0
        self.renewed = False

    def take_element(self) -> None:
        """A code was read: what governs goes on behind it."""
        self.elements += 1
        self.joined = False

    def pass_over(self, tokens: Sequence[Token], at: int) -> None:
        """A token that is neither head nor code was read."""
        token = tokens[at]
        kind = token.kind
        if kind == "(":
            self._open(tokens, at)
        elif kind == ")":
            self._close()
        elif kind == ":":
            self._renew(_REACH_OF_COLON)
        elif token.value == "ARE" and self._is_unnamed_thing() and self.heads[-1].kind is Kind.NOUN:
            self.clear()  # a thing has one number
        elif kind == WORD and token.value in _INTRODUCING:
            self._renew(_REACH)
        elif self._is_unnamed_thing() and (kind in {",", ";"} or token.value in JOINING_WORDS):
            self.clear()
        elif self._is_unnamed_thing() and self.heads[-1].kind is Kind.NOUN and self._leaves_noun(token):
            self.narrow = self.wide = False
            self.words += 1
        elif kind == WORD and token.value in _WIDE and not (token.value in _TO and self.elements):
            self.narrow = False
        elif kind not in _SILENT_SIGNS and not (kind == WORD and token.value in _SILENT_WORDS):
            self.narrow = self.wide = self.joined = False
            self.words += 1

    def _is_unnamed_thing(self) -> bool:
        """Whether a place or noun governs that no number has followed yet: a comma or "and" ends it."""
        return bool(self.heads) and self.heads[-1].kind in (Kind.PLACE, Kind.NOUN) and not self.elements

    def _leaves_noun(self, token: Token) -> bool:
        """A noun names a number only directly or as "number", "is": not "part of 99213"."""
        return token.kind == WORD and token.value not in _NUMBERING

    def new_line(self, tokens: Sequence[Token], at: int) -> None:
        """Called before a token that begins a line."""
        if (
            self._is_unnamed_thing()
            and self.heads[-1].kind is Kind.NOUN
            and not (at and tokens[at - 1].kind == ":")
        ):
            self.clear()
        if tokens[at].gap == BLANK_LINE and not (at and tokens[at - 1].kind == ":"):
            self.clear()

    def _open(self, tokens: Sequence[Token], at: int) -> None:
        if self.elements and self._bracket is None:
            self._bracket = (self.heads, self.narrow, self.wide, self.words)
        if self.heads and self.heads[-1].kind is Kind.NOUN:
            self.clear()
        elif self.heads and self.heads[-1].kind is Kind.PLACE:
            if self.words:
                self.clear()
        else:
            self._renew(_REACH)

    def _close(self) -> None:
        if self._bracket is not None:
            self.heads, self.narrow, self.wide, self.words = self._bracket
            self._bracket = None

    def _renew(self, reach: int) -> None:
        if not self.heads or self.words > reach:
            return
        if self.heads[-1].kind in (Kind.PLACE, Kind.NOUN) and self.words and reach != _REACH_OF_COLON:
            return
        if self.heads[-1].kind is Kind.NOUN and self.words:
            self.clear()
            return
        self.renewed = self.renewed or self.words > 0 or not self.narrow
        self.narrow = self.wide = True
        self.words = 0
