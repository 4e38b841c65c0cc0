"""What a term of the trade is, and an ordered vocabulary of them; pure values without files or requests."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

_BREAKS = re.compile(r"[^\w&+]+")


def folded(words: str) -> str:
    """`words` as they are compared: small letters without accents, every run of punctuation or space one space.

    "CCS-P", "ccs p" and "CCS–P" are equal; "E/M" and "E&M" stay two words.
    """
    if not words.isascii():
        words = unicodedata.normalize("NFKD", words)
        words = "".join(letter for letter in words if not unicodedata.combining(letter))
    return _BREAKS.sub(" ", words.casefold()).strip()


@dataclass(frozen=True)
class Term:
    """One entry of a vocabulary.

    `name` is the canonical name, `label` the short form for chips and facets. `aliases` are other ways to write
    it. Words with another meaning are `cautious` (in capitals exactly as given they speak for themselves, in
    small letters they need one of `near` beside them) or `ambiguous` (they always need one). `markup` is the
    value of schema.org where it has one, `kind` tells an EHR from an encoder, `apprentice_of` names the full
    credential that an apprentice one leads to.
    """

    slug: str
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    cautious: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    status: str = "active"
    issuer: str | None = None
    kind: str | None = None
    markup: str | None = None
    apprentice_of: str | None = None

    @property
    def active(self) -> bool:
        """False for what its issuer has retired: understood in texts, no longer offered in forms."""
        return self.status == "active"

    @property
    def words(self) -> tuple[str, ...]:
        """Name, label and aliases as written, each once."""
        return tuple(dict.fromkeys((self.name, self.label, *self.aliases)))


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one facet, in the order in which they are shown."""

    facet: str
    terms: tuple[Term, ...]

    @cached_property
    def _by_slug(self) -> Mapping[str, Term]:
        return MappingProxyType({term.slug: term for term in self.terms})

    @cached_property
    def _by_words(self) -> Mapping[str, Term]:
        found: dict[str, Term] = {}
        for term in self.terms:
            for words in (term.slug, *term.words):
                found.setdefault(folded(words), term)
        return MappingProxyType(found)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    def __getitem__(self, slug: str) -> Term:
        """The term with this slug; KeyError when there is none."""
        return self._by_slug[slug]

    def get(self, slug: str) -> Term | None:
        """The term with this slug, or nothing."""
        return self._by_slug.get(slug)

    def find(self, words: str) -> Term | None:
        """The term whose slug, name, label or alias these words are, without regard to case and punctuation."""
        return self._by_words.get(folded(words))

    def label(self, slug: str) -> str:
        """The short form of a slug; the slug itself where the vocabulary no longer has it."""
        term = self._by_slug.get(slug)
        return term.label if term else slug

    @property
    def slugs(self) -> tuple[str, ...]:
        """All slugs in order, retired ones too."""
        return tuple(self._by_slug)

    @property
    def active(self) -> tuple[Term, ...]:
        """The terms that are not retired, in order."""
        return tuple(term for term in self.terms if term.active)

    def choices(self) -> list[tuple[str, str]]:
        """(slug, label) of the active terms, for forms."""
        return [(term.slug, term.label) for term in self.active]


@dataclass(frozen=True)
class WordGroup:
    """Words that mean the same to a searcher; `cautious` ones only when they are written in capitals as here."""

    slug: str
    words: tuple[str, ...]
    cautious: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Vocabularies:
    """All vocabularies by facet name, and the groups of words that mean the same."""

    by_facet: Mapping[str, Vocabulary]
    groups: tuple[WordGroup, ...] = field(default=())

    @cached_property
    def _groups_by_word(self) -> Mapping[str, tuple[WordGroup, ...]]:
        found: dict[str, tuple[WordGroup, ...]] = {}
        for group in self.groups:
            for word in dict.fromkeys(folded(word) for word in group.words):
                found[word] = (*found.get(word, ()), group)
        return MappingProxyType(found)

    def __getitem__(self, facet: str) -> Vocabulary:
        """The vocabulary of one facet, such as "specialty"; KeyError for an unknown name."""
        return self.by_facet[facet]

    def __iter__(self) -> Iterator[Vocabulary]:
        return iter(self.by_facet.values())

    def synonyms(self, words: str) -> tuple[str, ...]:
        """Other words for these, as written in the files; empty when they stand in no group."""
        key = folded(words)
        others = (word for group in self._groups_by_word.get(key, ()) for word in group.words)
        return tuple(dict.fromkeys(word for word in others if folded(word) != key))
