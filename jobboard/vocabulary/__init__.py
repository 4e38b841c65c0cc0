"""The trade's words: specialties, credentials, tools and the rest, as data files with names, aliases and status."""

from jobboard.vocabulary.current import vocabularies
from jobboard.vocabulary.files import VocabularyError, load, shipped
from jobboard.vocabulary.terms import Term, Vocabularies, Vocabulary, WordGroup, folded

__all__ = [
    "Term",
    "Vocabularies",
    "Vocabulary",
    "VocabularyError",
    "WordGroup",
    "folded",
    "load",
    "shipped",
    "vocabularies",
]
