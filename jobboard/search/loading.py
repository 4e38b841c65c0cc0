"""Loads pages of postings into a half-built index; a server takes in one page while the next is read."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from jobboard.search.documents import documents
from jobboard.search.rows import titles_of_codes
from jobboard.vocabulary import vocabularies
from search_index import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from jobboard.search.rows import PostingRow
    from search_index import Build, Written


@dataclass
class Loaded:
    """What became of a page: how many rows it had, how many documents went in, and which were refused and why."""

    rows: int = 0
    documents: int = 0
    refusals: dict[int, tuple[int, str]] = field(default_factory=dict)


class PageLoader:
    """Writes pages from a thread of its own, which never touches the database.

    `with PageLoader(build, ahead=…) as loader`; whatever a page's writing raises comes out of the call that waits
    for it. Without `ahead` each page is waited for at once: an engine in this process gains nothing from the thread.
    """

    def __init__(self, build: Build, *, ahead: bool) -> None:
        self._build = build
        self._ahead = ahead
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="load")
        self._sent: tuple[Future[list[Written]], Loaded] | None = None

    def send(self, rows: Sequence[PostingRow]) -> Loaded:
        """Send `rows` once the page before is written, and tell what became of the one that was waited for."""
        unmade: dict[int, str] = {}
        made = list(documents(rows, titles_of_codes(rows), vocabularies(), unmade))
        page = Loaded(len(rows))
        page.refusals = {row.id: (row.version, unmade[row.id]) for row in rows if row.id in unmade}
        before = self.finish()
        self._sent = self._thread.submit(self._build.write, made), page
        return before if self._ahead else self.finish()

    def finish(self) -> Loaded:
        """Wait for what was sent, and tell what became of it; nothing is on its way then."""
        if self._sent is None:
            return Loaded()
        (future, page), self._sent = self._sent, None
        outcomes = future.result()
        refused = [one for one in outcomes if one.outcome is Outcome.REFUSED]
        page.refusals |= {int(one.id): (one.version, one.error) for one in refused}
        page.documents = len(outcomes) - len(refused)
        return page

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=True)
