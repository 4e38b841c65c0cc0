"""What is sought: every code of the editions that count today with all words that lead to it, read from the database.

The same stream feeds the engine's documents and the table of words that ranks what the engine finds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Result, Row, select

from jobboard import clock
from jobboard.codes.book_models import IndexTerm
from jobboard.codes.datasets import NOTES
from jobboard.codes.edition_choice import editions_on, loaded_editions, readable_editions
from jobboard.codes.library import articles
from jobboard.codes.models import Code, CodeEdition, CodeNote, CodeRelation
from jobboard.codes.rules import ANYBODY, EVERYONE, may_see
from jobboard.database import db

if TYPE_CHECKING:
    from jobboard.codes.articles import Article

# Where a term comes from, as a number that is kept beside it.
DESCRIPTION, SHORT, INCLUSION, INDEX, NEOPLASMS, DRUGS, EXTERNAL, ARTICLE = range(8)
INDEXES: Final = {"index": INDEX, "neoplasms": NEOPLASMS, "drugs": DRUGS, "external": EXTERNAL}
HCC: Final = "hcc"
# Ids of one edition lie this far apart from those of the next; no edition has so many entries.
EDITION_STRIDE: Final = 10_000_000
_BATCH = 5_000
_STEM_OF_PCS_TABLE = 3


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as it is sought. `id` is `entry_id`, or "system:code" of an article without a code in an edition.

    `terms` are further names, each with its source (`INDEX` …); `labels` the loaded editions that have it; `hcc` the
    categories of risk adjustment that it falls in; `chapter` the entry at the top above it, "" where there is none.
    `seen_by` is `EVERYONE`, or `readers_of` a licensed edition.
    """

    id: str
    system: str
    code: str
    kind: str
    parent: str
    description: str
    billable: bool
    terms: tuple[tuple[int, str], ...] = ()
    labels: tuple[str, ...] = ()
    hcc: tuple[str, ...] = ()
    chapter: str = ""
    seen_by: str = EVERYONE


def entry_id(edition_id: int, position: int) -> str:
    """The id of a code's document: a number, so that engines need not look it up in a store."""
    return str(edition_id * EDITION_STRIDE + position)


def edition_and_position(identity: str) -> tuple[int, int] | None:
    """The edition and position of a code's id; None for an article's."""
    return divmod(int(identity), EDITION_STRIDE) if identity.isdigit() else None


def readers_of(edition: CodeEdition) -> str:
    """The keyword of those who may see a licensed edition."""
    return f"edition-{edition.id}"


def licensed_editions() -> list[CodeEdition]:
    """The editions of codes that not everybody may see and that have not ended."""
    today = clock.today()
    return [
        edition
        for edition in loaded_editions()
        if not may_see(edition, ANYBODY, today) and (edition.ends_on is None or edition.ends_on >= today)
    ]


def entries() -> Generator[CodeEntry]:
    """All entries: categories, codes and modifiers of the editions that count today.

    They come by edition in the order of their positions; articles on codes that none of them has come last. A licensed
    edition has entries of its own, which say who may see them; they carry its own words only. Who may not come to the
    end closes the stream.
    """
    seen: set[tuple[str, str]] = set()
    written = articles()
    open_editions = {edition.id: edition for edition in editions_on().values()}
    chosen = open_editions | {edition.id: edition for edition in licensed_editions()}
    for edition in sorted(chosen.values(), key=lambda one: one.id):
        if edition.id not in open_editions:
            yield from _licensed(edition)
            continue
        terms = _terms_of(edition)
        hcc = _hcc_of(edition)
        labels = _labels_of(edition)
        for row, chapter in _rows_of(edition):
            key = (row.system, row.code)
            seen.add(key)
            found = tuple(_terms_in_turn(row, written.get(key), terms.get(key, ())))
            in_editions = labels.get(row.code, (edition.label,))
            yield _entry(edition, row, chapter, found, in_editions, hcc=tuple(sorted(hcc.get(row.code, ()))))
    for key, article in written.items():
        if key not in seen:
            words = (ARTICLE, article.summary)
            yield CodeEntry(
                f"{article.system}:{article.code}",
                article.system,
                article.code,
                "article",
                "",
                article.title,
                billable=False,
                terms=(words,),
            )


def _licensed(edition: CodeEdition) -> Iterator[CodeEntry]:
    for row, chapter in _rows_of(edition):
        short = ((SHORT, row.short),) if row.short and row.short != row.long else ()
        yield _entry(edition, row, chapter, short, (edition.label,), seen_by=readers_of(edition))


def _entry(
    edition: CodeEdition,
    row: Row[Any],
    chapter: str,
    terms: tuple[tuple[int, str], ...],
    labels: tuple[str, ...],
    *,
    hcc: tuple[str, ...] = (),
    seen_by: str = EVERYONE,
) -> CodeEntry:
    return CodeEntry(
        entry_id(edition.id, row.position),
        row.system,
        row.code,
        row.kind,
        row.parent or "",
        row.long,
        row.billable,
        terms,
        labels,
        hcc,
        chapter,
        seen_by,
    )


def _terms_in_turn(
    row: Row[Any], article: Article | None, terms: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    if row.short and row.short != row.long:
        yield SHORT, row.short
    yield from _words_of(article) if article else ()
    yield from dict.fromkeys(terms)


def _words_of(article: Article) -> Iterator[tuple[int, str]]:
    yield ARTICLE, article.title
    yield ARTICLE, article.summary


def _rows_of(edition: CodeEdition) -> Iterator[tuple[Row[Any], str]]:
    """The columns of the rows to be sought, each with its chapter."""
    tops: dict[str, str] = {}
    columns = select(
        Code.system, Code.code, Code.kind, Code.parent, Code.short, Code.long, Code.billable, Code.position
    )
    statement = columns.where(Code.edition_id == edition.id).order_by(Code.position)
    rows: Result[Any] = db.session.execute(statement.execution_options(yield_per=_BATCH))
    with rows:
        for row in rows:
            chapter = tops[row.code] = tops.get(row.parent or "", row.parent or "") or row.code
            if row.kind not in {"chapter", "block"}:
                yield row, "" if chapter == row.code else chapter


def _terms_of(edition: CodeEdition) -> Mapping[tuple[str, str], list[tuple[int, str]]]:
    """Inclusion terms and lines of the indexes by (system, code); a family's stand with its stem."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    system = edition.system
    if notes := editions_on(kind=NOTES).get(system):
        statement = select(CodeNote.code, CodeNote.text).where(
            CodeNote.edition_id == notes.id, CodeNote.kind.in_(("inclusion", "includes"))
        )
        for code, text in db.session.execute(statement):
            found[system, code].append((INCLUSION, text))
    for kind, source in INDEXES.items():
        index = editions_on(kind=kind).get(system)
        if index is None:
            continue
        columns = select(IndexTerm.path, IndexTerm.column, IndexTerm.code)
        for path, column, printed in db.session.execute(
            columns.where(IndexTerm.edition_id == index.id, IndexTerm.code != "").order_by(IndexTerm.position)
        ):
            found[system, _stem(system, printed)].append((source, _phrase(path, column)))
    return found


def _phrase(path: str, column: str) -> str:
    """A line of an index as one phrase: its terms from the main one down, and the column of its code."""
    words = path.replace(" > ", ", ")
    return f"{words}, {column}" if column else words


def _stem(system: str, printed: str) -> str:
    """The entry for a code as an index prints it: "C79.8-" stands for C79.8, a stem of ICD-10-PCS for its table."""
    if system == "icd10pcs":
        return printed if len(printed) == 7 else printed[:_STEM_OF_PCS_TABLE]
    return printed.rstrip("-").rstrip(".")


def _hcc_of(edition: CodeEdition) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    mapping = editions_on(kind=HCC).get(edition.system)
    if mapping is not None:
        statement = select(CodeRelation.code, CodeRelation.to_code).where(
            CodeRelation.edition_id == mapping.id, CodeRelation.kind == HCC
        )
        for code, category in db.session.execute(statement):
            found[code].add(category)
    return found


def _labels_of(edition: CodeEdition) -> Mapping[str, tuple[str, ...]]:
    """The labels of all loaded editions by code; empty where there is only one."""
    editions = readable_editions(edition.system)
    if len(editions) < 2:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for one in editions:
        for code in db.session.scalars(select(Code.code).where(Code.edition_id == one.id)):
            found[code] = (*found.get(code, ()), one.label)
    return found
