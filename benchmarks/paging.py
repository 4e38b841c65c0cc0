"""Pages through whole lists of results while openings are being added: every match once, nothing that joined later."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import func, inspect, select

from benchmarks.machine import figure
from benchmarks.searching import prepared
from jobboard import clock
from jobboard.database import db, writing
from jobboard.postings.models import Posting
from jobboard.search.drain import drain
from jobboard.search.finder import query_of
from jobboard.search.index import openings_index
from jobboard.search.moments import settled
from jobboard.search.request import DEEPEST, LARGEST_SIZE, SearchRequest
from jobboard.vocabulary import vocabularies

_SEARCHES, _SEED = 50, 7
_SOURCE = "paging"
# Half of the words are in many titles, the others in few texts.
_WORDS = (
    "coder", "remote", "inpatient", "outpatient", "specialist", "medical", "auditor", "risk adjustment",
    "cardiology", "oncology", "surgery", "radiology", "emergency", "denials", "CPC", "CCS", "epic", "pediatric",
)  # fmt: skip


def figures(size: int) -> Iterator[dict[str, Any]]:
    """How many of the searches came out wrong, of `_SEARCHES` over `size` postings."""
    app = prepared(size)
    with app.app_context():
        last = db.session.scalar(select(func.max(Posting.id))) or 0
        db.session.remove()
        stopped, added = Event(), [0]
        adding = Thread(target=_add, args=(app, last, stopped, added))
        adding.start()
        try:
            chance = random.Random(_SEED)
            searches = [_random_search(chance) for _ in range(_SEARCHES)]
            began = perf_counter()
            wrong, rows, pages = 0, 0, 0
            for request in searches:
                right, found, asked = _paged(request)
                wrong += not right
                rows, pages = rows + found, pages + asked
            taken = perf_counter() - began
        finally:
            stopped.set()
            adding.join()
            _remove()
    yield figure(
        f"searches of {_SEARCHES} whose pages repeat, miss or let in an opening at {size:,}", wrong, "searches", "0",
        wrong == 0, rows=rows, pages=pages, page_ms=round(taken * 1000 / max(pages, 1), 1), added=added[0],
    )  # fmt: skip


def _random_search(chance: random.Random) -> SearchRequest:
    words = " ".join(chance.sample(_WORDS, chance.choice((1, 1, 2, 2, 3))))
    joined = words.replace(" ", " OR ", 1) if chance.random() < 0.3 else words
    facets = {"arrangement": ("remote",)} if chance.random() < 0.2 else {}
    return SearchRequest(
        q=joined, facets=facets, size=LARGEST_SIZE, sort=chance.choice(("", "", "", "newest"))
    )


def _paged(request: SearchRequest) -> tuple[bool, int, int]:
    """Whether all pages of `request` hold each match once and nothing that joined later; rows and pages."""
    index, words = openings_index(), vocabularies()
    ids: list[str] = []
    first = index.search(replace(query_of(request, words), facets=()))
    as_of = settled(first.as_of)
    number, page, totals = 1, first, {first.total}
    while page.ids:
        ids += page.ids
        number += 1
        if number * request.size > DEEPEST:
            break
        further = replace(request, page=number, as_of=as_of)
        page = index.search(replace(query_of(further, words), facets=()))
        totals.add(page.total)
    whole = len(ids) == min(first.total, DEEPEST) and len(set(ids)) == len(ids)
    return whole and len(totals) == 1, len(ids), number - 1


def _add(app: Flask, last: int, stopped: Event, added: list[int]) -> None:
    """Add openings and carry them into the index until told to stop."""
    columns = [column.key for column in inspect(Posting).column_attrs if column.key not in {"id", "version"}]
    with app.app_context():
        while not stopped.wait(0.1):
            with writing():
                for number in range(5):
                    model = db.session.get(Posting, (added[0] * 7919 + number) % last + 1)
                    assert model is not None
                    values = {name: getattr(model, name) for name in columns}
                    now = clock.now()
                    # Half of them come from elsewhere and were posted there long ago.
                    posted = now if number % 2 else model.posted_at
                    values |= {"source": _SOURCE, "source_key": f"paging-{added[0]}", "created_at": now}
                    db.session.add(Posting(**{**values, "posted_at": posted}))
                    added[0] += 1
                db.session.commit()
            with openings_index().writing(30) as index:
                drain(index)
        db.session.remove()


def _remove() -> None:
    """Take away what was added, and carry that too."""
    with writing():
        for posting in db.session.scalars(select(Posting).where(Posting.source == _SOURCE)):
            db.session.delete(posting)
        db.session.commit()
    with openings_index().writing(30) as index:
        drain(index)
    openings_index().rest(now=True)
