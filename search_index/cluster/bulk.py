"""Writes many documents with few calls, and tells apart what became of each."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from search_index.cluster.failures import Overloaded, Refusal, reason_of
from search_index.cluster.link import Link
from search_index.documents import Outcome, Written
from search_index.errors import MissingIndex, Unavailable

MOST_BYTES = 5_000_000
MOST_CHANGES = 1_000
_TRIES = 6
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
_OLDER = 409
# A call that is refused whole for one document in it, or for its size.
_REFUSED_WHOLE = {400, 413}
_BUSY = {429, 503}


@dataclass(frozen=True, slots=True)
class Line:
    """A change as it goes over the wire."""

    id: str
    version: int
    source: bytes

    @property
    def wire(self) -> bytes:
        """The action and the document, a line each."""
        action = {"index": {"_id": self.id, "version": self.version, "version_type": "external_gte"}}
        return orjson.dumps(action) + b"\n" + self.source + b"\n"

    def written(self, outcome: Outcome, error: str = "") -> Written:
        """Say what became of it."""
        return Written(self.id, self.version, outcome, error)


def send(link: Link, alias: str, lines: Iterable[Line]) -> list[Written]:
    """Write `lines` through `alias` and return what became of each, in order.

    What an overloaded server puts off is sent again, later and later. Raises `MissingIndex` where the alias leads
    nowhere, `Unavailable` where the server cannot be reached, stays overloaded, or takes no writes (a full disk).
    """
    results: list[Written] = []
    for batch in _batches(lines):
        results += _sent(link, alias, batch)
    return results


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    batch: list[Line] = []
    size = 0
    for line in lines:
        length = len(line.source) + len(line.id) + 80
        if batch and (size + length > MOST_BYTES or len(batch) >= MOST_CHANGES):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += length
    if batch:
        yield batch


def _sent(link: Link, alias: str, batch: Sequence[Line]) -> list[Written]:
    outcomes: dict[int, Written] = {}
    waiting = list(range(len(batch)))
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_pause(attempt))
        try:
            items = _called(link, alias, [batch[nth] for nth in waiting])
        except Overloaded:
            continue
        except Refusal as refusal:
            if refusal.status not in _REFUSED_WHOLE:
                raise Unavailable(f"the search cluster took no writes: {refusal}") from None
            return _halved(link, alias, batch, refusal)
        put_off: list[int] = []
        for nth, item in zip(waiting, items, strict=True):
            told = _outcome(batch[nth], item)
            if told is None:
                put_off.append(nth)
            else:
                outcomes[nth] = told
        waiting = put_off
        if not waiting:
            return [outcomes[nth] for nth in range(len(batch))]
    raise Unavailable(
        f"the search cluster stays overloaded: it put off {len(waiting)} documents {_TRIES} times"
    )


def _called(link: Link, alias: str, lines: Sequence[Line]) -> list[Mapping[str, Any]]:
    body = b"".join(line.wire for line in lines)
    told = link.call("POST", f"/{alias}/_bulk", body, require_alias="true")
    return [item["index"] for item in told["items"]]


def _outcome(line: Line, item: Mapping[str, Any]) -> Written | None:
    """Return what became of a line, None where it is to be sent again."""
    status, error = int(item["status"]), item.get("error")
    if status < 300:
        return line.written(Outcome.WRITTEN)
    kind = str(error.get("type", "")) if isinstance(error, dict) else ""
    reason = reason_of(error)
    if kind == "index_not_found_exception":
        raise MissingIndex(reason)
    if kind == "cluster_block_exception":
        raise Unavailable(f"the search cluster takes no writes: {reason}")
    if status == _OLDER:
        return line.written(Outcome.OLDER)
    if status in _BUSY:
        return None
    if status >= 500:
        raise Unavailable(f"the search cluster failed: {status} {kind}: {reason}")
    return line.written(Outcome.REFUSED, f"{kind}: {reason}")


def _halved(link: Link, alias: str, batch: Sequence[Line], refusal: Refusal) -> list[Written]:
    """Send in two what was refused whole, until the document that is to blame stands alone."""
    if len(batch) == 1:
        return [batch[0].written(Outcome.REFUSED, str(refusal))]
    middle = len(batch) // 2
    return [*_sent(link, alias, batch[:middle]), *_sent(link, alias, batch[middle:])]


def _pause(attempt: int) -> float:
    wait = min(_FIRST_WAIT * 2.0 ** (attempt - 1), _LONGEST_WAIT)
    # Several writers that were put off together must not come back together.
    return wait * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
