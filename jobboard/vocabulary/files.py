"""Reads the vocabulary files: the shipped ones, and those of the data folder that extend or override them."""

import re
import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jobboard.vocabulary.entries import entry_problems, group_from, merged, term_from
from jobboard.vocabulary.terms import Term, Vocabularies, Vocabulary, WordGroup, folded

SHIPPED = Path(__file__).parent / "data"
WORDS = "words"
FACETS = (
    "specialty",
    "credential",
    "role",
    "side",
    "arrangement",
    "employment",
    "system",
    "setting",
    "tool",
    "schedule",
    "education",
    "pay_basis",
    "chart_type",
    "benefit",
    "close_reason",
    "report_kind",
)

_LINE = re.compile(r"at line (\d+)")
_KEY = re.compile(r"\s*\"?([\w-]+)\"?\s*=")


class VocabularyError(ValueError):
    """Vocabulary files that cannot be used; `problems` are sentences that name file and entry."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def load(data_dir: Path | None = None) -> Vocabularies:
    """The shipped vocabularies, extended and overridden by `data_dir/vocabulary/*.toml`.

    A file of the data folder has the name of a shipped one. An entry with a known slug changes that term: its
    lists (aliases, cautious, ambiguous, near) are added to, its other keys replace. An entry with a new slug is
    a new term at the end. Raises VocabularyError with every problem found.
    """
    folders = [SHIPPED] + ([data_dir / "vocabulary"] if data_dir is not None else [])
    problems: list[str] = []
    entries: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in (*FACETS, WORDS)}
    origins: dict[tuple[str, str], Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            if path.stem not in entries:
                problems.append(f"{path}: there is no vocabulary of this name; known: {', '.join(entries)}")
                continue
            for slug, entry in _read(path, problems).items():
                known = entries[path.stem]
                found = entry_problems(path.stem, slug, entry, is_new=slug not in known)
                problems += [f"{path}: {slug}: {problem}" for problem in found]
                if not found:
                    known[slug] = merged(known.get(slug, {}), entry)
                    origins[path.stem, slug] = path
    by_facet = {
        name: Vocabulary(name, tuple(term_from(*entry) for entry in entries[name].items())) for name in FACETS
    }
    groups = tuple(group_from(slug, entry) for slug, entry in entries[WORDS].items())
    for vocabulary in by_facet.values():
        problems += _claims(vocabulary, origins)
        problems += _references(vocabulary, origins)
    problems += _stray_cautions(groups, origins)
    if problems:
        raise VocabularyError(problems)
    return Vocabularies(MappingProxyType(by_facet), groups)


@cache
def shipped() -> Vocabularies:
    """The vocabularies as they come with the program, read once."""
    return load(None)


def _read(path: Path, problems: list[str]) -> dict[str, Any]:
    table = "groups" if path.stem == WORDS else "terms"
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path}: {_entry_of(error, text)}{error}")
        return {}
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{path}: cannot be read: {error}")
        return {}
    problems += [
        f"{path}: unknown table or key '{key}'; expected [{table}]" for key in content if key != table
    ]
    entries = content.get(table, {})
    if not isinstance(entries, dict):
        problems.append(f"{path}: '{table}' must be a table")
        return {}
    return entries


def _entry_of(error: tomllib.TOMLDecodeError, text: str) -> str:
    """The key on the line of a syntax error; a repeated slug is such an error ("cannot overwrite a value")."""
    line = _LINE.search(str(error))
    lines = text.splitlines()
    if line is None or int(line[1]) > len(lines):
        return ""
    key = _KEY.match(lines[int(line[1]) - 1])
    if key is None:
        return ""
    repeated = sum(1 for other in lines if (match := _KEY.match(other)) and match[1] == key[1]) > 1
    return f"{key[1]}: duplicate entry: " if repeated else f"{key[1]}: "


def _claims(vocabulary: Vocabulary, origins: dict[tuple[str, str], Path]) -> list[str]:
    """Words that two terms of one vocabulary claim: a lookup by them would depend on the order of a file."""
    owners: dict[str, Term] = {}
    problems = []
    for term in vocabulary:
        for words in dict.fromkeys((term.slug, *term.words)):
            owner = owners.setdefault(folded(words), term)
            if owner is not term:
                path = origins[vocabulary.facet, term.slug]
                problems.append(f"{path}: {term.slug}: '{words}' is already claimed by '{owner.slug}'")
    return problems


def _references(vocabulary: Vocabulary, origins: dict[tuple[str, str], Path]) -> list[str]:
    problems = []
    for term in vocabulary:
        path = origins[vocabulary.facet, term.slug]
        stray = [word for word in (*term.cautious, *term.ambiguous) if word not in (*term.words, term.slug)]
        problems += [
            f"{path}: {term.slug}: '{word}' is marked but is no word of this entry" for word in stray
        ]
        unsupported = [*term.ambiguous, *(word for word in term.cautious if word == word.casefold())]
        if unsupported and not term.near:
            problems.append(f"{path}: {term.slug}: '{unsupported[0]}' can never be recognised without 'near'")
        if term.apprentice_of is not None and term.apprentice_of not in vocabulary:
            problems.append(f"{path}: {term.slug}: apprentice_of names the unknown '{term.apprentice_of}'")
    return problems


def _stray_cautions(groups: tuple[WordGroup, ...], origins: dict[tuple[str, str], Path]) -> list[str]:
    return [
        f"{origins[WORDS, group.slug]}: {group.slug}: '{word}' is marked but is no word of this entry"
        for group in groups
        for word in group.cautious
        if word not in group.words
    ]
