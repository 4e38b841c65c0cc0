"""New postings against a million saved searches, beside a plain Python loop over the same searches.

The loop is a fair one: each search is compiled to sets that are compared in C, the cheapest first, and left at the
first that fails. It runs over a sample, and its time is scaled to all. What it finds is compared with the matcher
search by search: the sample on all postings, and all searches on a few. `SIZE=1m` compares every search with every
posting as well, by bits over the postings (`every_pair.py`).
"""

from __future__ import annotations

import gc
import itertools
import random
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from benchmarks.every_pair import differences
from benchmarks.machine import figure
from benchmarks.saved_searches import searches
from benchmarks.searching import FOLDER, prepared
from jobboard.search.documents import documents
from jobboard.search.index import openings_index
from jobboard.search.rows import listed_rows, titles_of_codes
from jobboard.search.saved import SavedSearch
from jobboard.vocabulary import vocabularies
from search_index import AnyOf, Condition, Document, Schema, StoredQuery
from search_index.intervals import query_terms
from search_index.matching import Matcher
from search_index.matching.facts import Facts
from search_index.matching.meaning import holds, meets
from search_index.query_text import Clause, Term

POSTINGS, SAMPLE, ASKED, FEW = 1_000, 20_000, 2_000, 20
_CHUNK = 50_000


def figures(size: int) -> Iterator[dict[str, Any]]:
    """One posting against all saved searches: time, memory, loading, and differences."""
    number = 1_000_000 if size >= 100_000 else size * 10
    app = prepared(POSTINGS)
    with app.app_context():
        path, making = _stored(number)
        rows = listed_rows()
        postings = list(documents(rows, titles_of_codes(rows), vocabularies(), {}))
        index = openings_index()
        schema = index.schema
        before = _resident()
        began = time.perf_counter()
        matcher = Matcher(schema)
        for identity, saved in _saved(path):
            matcher.add(identity, 1, saved.sought)
        loading = time.perf_counter() - began
        gc.collect()
        kept = _resident() - before
        found, taken = _matched(matcher, postings)
        sample = sorted(random.Random(3).sample(range(number), min(SAMPLE, number)))
        loop, compared, different = _brute_force(schema, path, sample, postings, found)
        _, others, more = _brute_force(schema, path, range(number), postings[:FEW], found[:FEW])
        wrong = different + more
        ratio = median(taken) / (loop * number)
        yield figure(
            f"one posting against {number:,} saved searches : a plain loop", ratio, "ratio", "≤ 0.04", ratio <= 0.04,
            times_faster=round(1 / ratio), median_ms=round(median(taken) * 1000, 2),
            mean_ms=round(mean(taken) * 1000, 2), slowest_ms=round(max(taken) * 1000, 1),
            loop_ms=round(loop * number * 1000), loop_measured_on=len(sample),
            matches_a_posting=round(mean(map(len, found))),
        )  # fmt: skip
        yield figure(
            "saved searches that match otherwise than in the loop", wrong, "pairs", "0", wrong == 0,
            on_all_postings=len(sample), on_a_few=number, pairs=compared + others,
        )  # fmt: skip
        if size >= 1_000_000:
            began = time.perf_counter()
            pairs, wrong = differences(schema, path, postings, found)
            yield figure(
                "saved searches that match otherwise than worked out for every pair", wrong, "pairs", "0", wrong == 0,
                searches=number, postings=len(postings), pairs=pairs, seconds=round(time.perf_counter() - began),
            )  # fmt: skip
        chosen = random.Random(5).sample(range(number), min(ASKED, number))
        wrong = _otherwise_than_engine(index.reader.search, path, chosen, found)
        yield figure(
            "saved searches whose page counts others than matched", wrong, "searches", "0", wrong == 0,
            postings=len(postings), searches=len(chosen),
        )  # fmt: skip
        yield figure(
            f"memory of {number:,} saved searches", kept / 2**20, "MiB", "< 2048", kept < 2 * 2**30,
            bytes_a_search=round(kept / number),
        )  # fmt: skip
        yield {
            "figure": f"loading {number:,} saved searches", "value": round(loading, 1), "unit": "seconds", "goal": None,
            "met": None, "us_a_search": round(loading / number * 1e6, 1),
            "stored_mib": round(path.stat().st_size / 2**20), "resolving_us_a_search": making,
        }  # fmt: skip


def _stored(number: int) -> tuple[Path, float]:
    """A file of so many stored forms, one a line, and the microseconds that one took to be resolved."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"saved-searches-{number}.jsonl"
    words = vocabularies()
    began = time.perf_counter()
    with path.open("w", encoding="utf-8") as file:
        for request in searches(number, words):
            file.write(SavedSearch.of(request, words).to_json() + "\n")
    return path, round((time.perf_counter() - began) / number * 1e6, 1)


def _saved(path: Path) -> Iterator[tuple[int, SavedSearch]]:
    with path.open("rb") as file:
        for identity, line in enumerate(file):
            yield identity, SavedSearch.from_json(line)


def _chosen(path: Path, chosen: Iterable[int]) -> Iterator[tuple[int, StoredQuery]]:
    wanted = set(chosen)
    with path.open("rb") as file:
        for identity, line in enumerate(file):
            if identity in wanted:
                yield identity, SavedSearch.from_json(line).sought


def _resident() -> int:
    """The bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def _matched(matcher: Matcher, postings: Sequence[Document]) -> tuple[list[array[int]], list[float]]:
    """What each posting matches, and the seconds of each; the first ones also file the searches."""
    for posting in postings[:70]:
        matcher.matching(posting)
    found, taken = [], []
    for posting in postings:
        began = time.perf_counter()
        ids = matcher.matching(posting)
        taken.append(time.perf_counter() - began)
        found.append(array("i", ids))
    return found, taken


@dataclass(frozen=True, slots=True)
class Compiled:
    """A search for the plain loop: sets first, whatever is left as it was read."""

    words: frozenset[str]
    keywords: tuple[tuple[str, frozenset[str]], ...]
    terms: frozenset[str]
    clauses: tuple[Clause, ...]
    excluded: tuple[Clause, ...]
    conditions: tuple[Condition, ...]

    @classmethod
    def of(cls, stored: StoredQuery) -> Compiled:
        """Compile `stored`."""
        words = stored.words()
        plain = [one for one in words.required if _is_word(one)]
        keywords = [one for one in stored.filters.values() if isinstance(one, AnyOf)]
        return cls(
            frozenset(token for one in plain if isinstance(one, Term) for token in one.tokens),
            tuple((one.field, frozenset(one.values)) for one in keywords),
            frozenset(query_terms(stored.intervals)),
            tuple(one for one in words.required if not _is_word(one)),
            words.excluded,
            tuple(one for one in stored.filters.values() if not isinstance(one, AnyOf)),
        )

    def matches(self, facts: Facts) -> bool:
        """Say whether a posting of these facts matches."""
        if not self.words <= facts.tokens:
            return False
        for name, values in self.keywords:
            if values.isdisjoint(facts.keywords[name]):
                return False
        if self.terms and all(self.terms.isdisjoint(terms) for terms in facts.terms.values()):
            return False
        for condition in self.conditions:
            if not holds(condition, facts):
                return False
        for clause in self.clauses:
            if not meets(clause, facts):
                return False
        return not any(meets(clause, facts) for clause in self.excluded)


def _is_word(clause: Clause) -> bool:
    return isinstance(clause, Term) and len(clause.tokens) == 1 and not clause.alternatives


def _brute_force(
    schema: Schema,
    path: Path,
    sample: Sequence[int],
    postings: Sequence[Document],
    found: Sequence[Sequence[int]],
) -> tuple[float, int, int]:
    """Seconds of the loop for one posting and search, pairs compared, and pairs that differ."""
    wanted = set(sample)
    told = [wanted.intersection(one) for one in found]
    chosen = _chosen(path, sample)
    seconds, compared, differences = 0.0, 0, 0
    while chunk := [(identity, Compiled.of(one)) for identity, one in itertools.islice(chosen, _CHUNK)]:
        ids = {identity for identity, _ in chunk}
        for posting, matched in zip(postings, told, strict=True):
            began = time.perf_counter()
            facts = Facts.of(schema, posting)
            by_loop = {identity for identity, one in chunk if one.matches(facts)}
            seconds += time.perf_counter() - began
            compared += len(chunk)
            differences += len(by_loop ^ (matched & ids))
    return seconds / compared, compared, differences


def _otherwise_than_engine(
    search: Any, path: Path, chosen: Sequence[int], found: Sequence[Sequence[int]]
) -> int:
    counts = dict.fromkeys(chosen, 0)
    for one in found:
        for identity in counts.keys() & set(one):
            counts[identity] += 1
    return sum(
        search(stored.query(size=0)).total != counts[identity] for identity, stored in _chosen(path, chosen)
    )
