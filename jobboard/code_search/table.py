"""All words that lead to codes, packed into arrays: it ranks what the engine finds, and completes what is typed.

Every process keeps one. A term (a description, an inclusion term, a line of an index) is a run of token numbers; an
entry is a run of terms, its description first. Nothing here knows the database.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from jobboard.code_search.entries import DESCRIPTION, EDITION_STRIDE
from jobboard.codes.rules import EVERYONE
from search_index import tokens
from search_index.likeness import WordsByLength

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from jobboard.code_search.entries import CodeEntry

    Ints = NDArray[np.int32]
    Floats = NDArray[np.float32]

# Words that tell codes apart less than their number says: they stand for what the book leaves open.
_FAINT: Final = (
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with",
    "due", "nec", "nos", "not", "elsewher", "classifi", "specifi", "unspecifi", "other", "type", "see", "also",
)  # fmt: skip
_FAINTNESS: Final = 0.3
_PCS_LENGTH: Final = 7
# A text has no more distinct words than this many bits.
OTHER, UNSPECIFIED, BILLABLE, SEVENTH = 1, 2, 4, 8


@dataclass(frozen=True, eq=False)
class Table:
    """The arrays, all in the order of the entries.

    numbers     ids of entries as numbers, ascending; an article's is negative
    names       for an article, its id
    systems     the names that `system` counts; `audiences` those that `audience` counts
    system      the system of each entry
    code        its code, in ASCII
    parent      the entry above, or -1
    family      what it has in common with its neighbours: the number of its category
    audience    which of `audiences` may see it
    flags       OTHER, UNSPECIFIED, BILLABLE, SEVENTH
    first_term  where its terms begin; one more closes the last
    first_token where each term's tokens begin; one more closes the last
    source      where each term comes from (`entries.INDEX` …)
    token       the tokens of all terms, each once in a term
    vocabulary  the tokens by their numbers
    text        the descriptions in UTF-8; `first_sign` says where each begins
    named       what ICD-10-PCS calls otherwise, tokens joined by blanks (`other_names`)
    """

    numbers: NDArray[np.int64]
    names: Sequence[str]
    systems: Sequence[str]
    audiences: Sequence[str]
    system: NDArray[np.uint8]
    audience: NDArray[np.uint8]
    code: NDArray[np.bytes_]
    parent: Ints
    family: Ints
    flags: NDArray[np.uint8]
    first_term: Ints
    first_token: Ints
    source: NDArray[np.uint8]
    token: Ints
    vocabulary: Sequence[str]
    text: NDArray[np.uint8]
    first_sign: Ints
    made_of: str = field(default="")
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def answers(self) -> dict[Hashable, object]:
        """What was answered with this very table, for whoever remembers it."""
        return {}

    @cached_property
    def other_names(self) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """`named` as runs of tokens."""
        return {
            tuple(name.split()): tuple(tuple(one.split()) for one in values)
            for name, values in self.named.items()
        }

    @cached_property
    def token_numbers(self) -> dict[str, int]:
        """The number of each token."""
        return {token: number for number, token in enumerate(self.vocabulary)}

    @cached_property
    def ordered(self) -> list[str]:
        """The tokens of letters that a term carries which everybody may see, by the alphabet."""
        return sorted(
            token
            for token, count in zip(self.vocabulary, self.carried, strict=True)
            if count and token.isalpha()
        )

    @cached_property
    def by_length(self) -> WordsByLength:
        """The `ordered` tokens by their length."""
        return WordsByLength(self.ordered)

    @cached_property
    def code_lengths(self) -> NDArray[np.uint8]:
        """How many letters each code has, its dot included: the fewer, the more general it is.

        A table of ICD-10-PCS is no code that means all of its codes, and counts as long as they are.
        """
        lengths = np.char.str_len(self.code).astype(np.uint8)
        if "icd10pcs" in self.systems:
            lengths[self.system == self.systems.index("icd10pcs")] = _PCS_LENGTH
        return lengths

    @cached_property
    def weights(self) -> Floats:
        """What each token tells: log2(1 + terms / terms with it), less for faint words."""
        counts = self.carried
        told = np.log2(1 + len(self.source) / np.maximum(counts, 1))
        for word in _FAINT:
            if (number := self.token_numbers.get(word)) is not None:
                told[number] *= _FAINTNESS
        return told.astype(np.float32)

    @cached_property
    def carried(self) -> NDArray[np.int64]:
        """How many terms that everybody may see carry each token: licensed words tell nobody anything."""
        open_rows = self.audience == self.audiences.index(EVERYONE) if EVERYONE in self.audiences else []
        per_term = np.repeat(open_rows, np.diff(self.first_term))
        per_token = np.repeat(per_term, np.diff(self.first_token))
        return np.bincount(self.token[per_token.astype(bool)], minlength=len(self.vocabulary))

    @cached_property
    def term_weights(self) -> Floats:
        """The sum of the weights of each term's tokens; never 0."""
        sums = np.add.reduceat(np.append(self.weights[self.token], np.float32(0)), self.first_token[:-1])
        sums[np.diff(self.first_token) == 0] = 1
        return np.maximum(sums, np.float32(0.01))

    @cached_property
    def main_token(self) -> Ints:
        """The first token of each term, -1 where it has none."""
        padded = np.append(self.token, np.int32(-1))
        return np.where(np.diff(self.first_token) > 0, padded[self.first_token[:-1]], np.int32(-1))

    @cached_property
    def _articles(self) -> dict[str, int]:
        start = len(self) - len(self.names)
        return {name: start + number for number, name in enumerate(self.names)}

    def row(self, identity: str) -> int:
        """The row of a document's id, or -1."""
        return int(self.rows((identity,))[0])

    def rows(self, identities: Sequence[str]) -> NDArray[np.intp]:
        """The row of each id, or -1."""
        end = len(self) - len(self.names)
        wanted = np.array([int(one) if one.isdigit() else -1 for one in identities], dtype=np.int64)
        places = np.searchsorted(self.numbers[:end], wanted)
        places[places == end] = max(end - 1, 0)
        found = np.where(self.numbers[places] == wanted, places, -1) if end else np.full(len(wanted), -1)
        for nth in np.nonzero(wanted < 0)[0]:
            found[nth] = self._articles.get(identities[int(nth)], -1)
        return found.astype(np.intp)

    def is_article(self, row: int) -> bool:
        """Whether an entry is an article on a code that no edition here has."""
        return row >= len(self) - len(self.names)

    def edition_of(self, row: int) -> int:
        """The id of the edition that has an entry, 0 for an article."""
        return 0 if self.is_article(row) else int(self.numbers[row]) // EDITION_STRIDE

    def description(self, row: int) -> str:
        """The description of an entry."""
        return bytes(self.text[self.first_sign[row] : self.first_sign[row + 1]]).decode()

    def system_of(self, row: int) -> str:
        """The system of an entry."""
        return self.systems[int(self.system[row])]

    def code_of(self, row: int) -> str:
        """The code of an entry."""
        code: bytes = self.code[row].item()
        return code.decode()


def table_of(
    entries: Iterable[CodeEntry], made_of: str = "", named: Mapping[str, Sequence[str]] | None = None
) -> Table:
    """Pack `entries`; articles must come last. Takes some seconds for some hundred thousand."""
    return _Packing().packed(entries, made_of, named or {})


class _Packing:
    """Collects the columns."""

    def __init__(self) -> None:
        self.vocabulary: dict[str, int] = {}
        self.systems: dict[str, int] = {}
        self.audiences: dict[str, int] = {}
        self.families: dict[str, int] = {}
        self.rows: dict[tuple[str, str], int] = {}
        self.columns: dict[str, array[Any]] = {
            name: array(kind)
            for name, kind in (
                ("numbers", "q"), ("system", "B"), ("audience", "B"), ("parent", "i"), ("family", "i"), ("flags", "B"),
                ("first_term", "i"), ("first_token", "i"), ("source", "B"), ("token", "i"), ("first_sign", "i"),
            )
        }  # fmt: skip
        self.codes: list[bytes] = []
        self.names: list[str] = []
        self.text = bytearray()

    def packed(self, entries: Iterable[CodeEntry], made_of: str, named: Mapping[str, Sequence[str]]) -> Table:
        for entry in entries:
            self._add(entry)
        columns = self.columns
        columns["first_term"].append(len(columns["source"]))
        columns["first_token"].append(len(columns["token"]))
        columns["first_sign"].append(len(self.text))
        arrays = {name: np.array(column) for name, column in columns.items()}
        return Table(
            **arrays,
            code=np.array(self.codes or [b""], dtype="S12")[: len(self.codes)],
            names=self.names,
            systems=list(self.systems),
            audiences=list(self.audiences),
            vocabulary=list(self.vocabulary),
            text=np.frombuffer(bytes(self.text), dtype=np.uint8),
            made_of=made_of,
            named=named,
        )

    def _add(self, entry: CodeEntry) -> None:
        columns, row = self.columns, len(self.codes)
        if entry.id.isdigit():
            columns["numbers"].append(int(entry.id))
        else:
            self.names.append(entry.id)
            columns["numbers"].append(-len(self.names))
        self.rows.setdefault((entry.system, entry.code), row)
        self.codes.append(entry.code.encode())
        columns["system"].append(self.systems.setdefault(entry.system, len(self.systems)))
        columns["audience"].append(self.audiences.setdefault(entry.seen_by, len(self.audiences)))
        columns["parent"].append(self.rows.get((entry.system, entry.parent), -1))
        family = f"{entry.system}:{entry.code[:3]}"
        columns["family"].append(self.families.setdefault(family, len(self.families)))
        columns["flags"].append(_flags(entry))
        columns["first_term"].append(len(columns["source"]))
        columns["first_sign"].append(len(self.text))
        self.text += entry.description.encode()
        for source, text in chain([(DESCRIPTION, entry.description)], entry.terms):
            columns["source"].append(source)
            columns["first_token"].append(len(columns["token"]))
            numbers = self.vocabulary
            columns["token"].extend(
                numbers.setdefault(token, len(numbers)) for token in dict.fromkeys(tokens(text))
            )


def _flags(entry: CodeEntry) -> int:
    words = entry.description.lower()
    flags = BILLABLE if entry.billable else 0
    if "other" in words or "not elsewhere" in words:
        flags |= OTHER
    if "unspecified" in words:
        flags |= UNSPECIFIED
    if entry.system == "icd10cm" and len(entry.code) == 8:
        flags |= SEVENTH
    return flags
