"""Articles on single codes: Markdown files in our own words, for codes whose official text may not be shipped.

An article begins with TOML between two lines of `+++` (system, code, title, summary, reviewed, and if wanted account,
members), its Markdown follows, cut into sections by headings of the second level. Files in the data folder's
`articles/` add to the shipped ones and replace those on the same code.
"""

from __future__ import annotations

import importlib.resources
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jobboard.codes.article_sections import HEADINGS, SUMMARY, Section, kind_named, sections_of
from jobboard.codes.records import CodeFileError
from jobboard.codes.rules import ACCOUNT, EVERYONE, MEMBERS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FENCE: Final = "+++"
MOST_CHARACTERS: Final = 100_000
_TEXTS: Final = ("system", "code", "title", "summary")


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `reviewed` is the day on which somebody last checked what it says.

    `codes` are all that it is about where it is about several, `code` the one under which it is looked up. `title` and
    `summary` (a sentence or two, plain) are for everyone. `sections` begin with the summary, which is for
    everyone too.
    """

    system: str
    code: str
    title: str
    summary: str
    reviewed: date
    sections: tuple[Section, ...]
    codes: tuple[str, ...] = ()


def with_summary_first(sections: list[Section], summary: str) -> tuple[Section, ...]:
    """Sections as an article has them: the summary first and for everyone, `summary` where none was written."""
    own = "\n\n".join(each.text for each in sections if each.kind == SUMMARY)
    first = Section(SUMMARY, HEADINGS[SUMMARY], EVERYONE, own or summary)
    return (first, *(each for each in sections if each.kind != SUMMARY))


def load_articles(data_folder: Path | None = None) -> dict[tuple[str, str], Article]:
    """All articles by (system, code); raises CodeFileError naming the file and the field or line.

    One about several codes stands under each of them that has none of its own; of two such in one folder none may be
    about the same code.
    """
    folders: list[Traversable] = [importlib.resources.files("jobboard.codes") / "articles"]
    if data_folder is not None and (data_folder / "articles").is_dir():
        folders.append(data_folder / "articles")
    articles: dict[tuple[str, str], Article] = {}
    grouped: dict[tuple[str, str], Article] = {}
    for folder in folders:
        found: dict[tuple[str, str], str] = {}
        in_folder: dict[str, set[str]] = {}
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if not file.name.endswith(".md"):
                continue
            article = read_article(file.read_bytes(), file.name)
            key = (article.system, article.code)
            if key in found:
                raise CodeFileError(file.name, "field code", f"{article.code} already has {found[key]}")
            found[key] = file.name
            if not article.codes:
                articles[key] = article
                continue
            for code in article.codes:
                if code in (taken := in_folder.setdefault(article.system, set())):
                    raise CodeFileError(
                        file.name, "field codes", f"{code} is in another article on several codes"
                    )
                taken.add(code)
                grouped[article.system, code] = replace(article, code=code)
    return dict(sorted({**grouped, **articles}.items()))


def read_article(content: bytes, file: str) -> Article:
    """Read one article; `file` is its name for messages. Raises CodeFileError."""
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CodeFileError(file, "", "is not text in UTF-8") from error
    if len(text) > MOST_CHARACTERS:
        raise CodeFileError(file, "", f"is longer than {MOST_CHARACTERS} characters")
    opening, _, rest = text.partition("\n")
    head, fence, body = rest.partition(f"\n{FENCE}\n")
    if opening.strip() != FENCE or not fence:
        raise CodeFileError(file, "line 1", f"an article begins with its fields between two lines of {FENCE}")
    try:
        fields = tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        raise CodeFileError(
            file, "fields", f"not valid TOML ({error}, counted from the line after {FENCE})"
        ) from error
    unknown = sorted(fields.keys() - {*_TEXTS, "codes", "reviewed", ACCOUNT, MEMBERS})
    if unknown:
        raise CodeFileError(file, f"field {unknown[0]}", "is not known")
    system, code, title, summary = (_text_field(fields, name, file) for name in _TEXTS)
    reviewed = fields.get("reviewed")
    if type(reviewed) is not date:
        raise CodeFileError(file, "field reviewed", "a date such as 2026-11-22 is needed, without quotes")
    if not body.strip():
        raise CodeFileError(file, "", "has no text below its fields")
    sections = sections_of(body, _audiences(fields, file))
    _refuse_unused(fields, sections, file)
    codes = tuple(each.upper() for each in _list_field(fields, "codes", file))
    if codes and code.upper() not in codes:
        raise CodeFileError(file, "field codes", f"{code} is not among them")
    return Article(
        system, code.upper(), title, summary, reviewed, with_summary_first(sections, summary), codes
    )


def _audiences(fields: dict[str, Any], file: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for audience in (ACCOUNT, MEMBERS):
        for name in _list_field(fields, audience, file):
            key = _key(name)
            if key == SUMMARY:
                raise CodeFileError(file, f"field {audience}", "the summary is always for everyone")
            if found.get(key, audience) != audience:
                raise CodeFileError(file, f"field {audience}", f"{name} is in {ACCOUNT} already")
            found[key] = audience
    return found


def _refuse_unused(fields: dict[str, Any], sections: list[Section], file: str) -> None:
    # A name that is misspelt would give to everyone what was meant for few.
    there = {each.kind for each in sections} | {each.heading.casefold() for each in sections}
    for audience in (ACCOUNT, MEMBERS):
        for name in _list_field(fields, audience, file):
            if _key(name) not in there:
                raise CodeFileError(file, f"field {audience}", f"there is no section {name}")


def _key(name: str) -> str:
    return kind_named(name) or name.strip().casefold()


def _text_field(fields: dict[str, Any], name: str, file: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise CodeFileError(file, f"field {name}", "a text is needed")
    return value.strip()


def _list_field(fields: dict[str, Any], name: str, file: str) -> list[str]:
    value = fields.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise CodeFileError(file, f"field {name}", 'a list of texts is needed, such as ["Risks"]')
    return value
