"""What was measured last and recorded: the mark below which no change may bring the answers."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.relevance.judged import JUDGED
from tests.relevance.measure import grades_of, parted, summary
from tests.relevance.writing import digest_source, postings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.relevance.measure import Answered

FILE = Path(__file__).with_name("baseline.json")
# How much a mean may lose.
TOLERANCE = 0.01
MOVE = "python -m tests.relevance --move"


def recorded() -> dict[str, Any]:
    """The recorded measure."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def record(answered: Sequence[Answered]) -> None:
    """Make what was measured the mark."""
    FILE.write_text(json.dumps(measured(answered), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measured(answered: Sequence[Answered]) -> dict[str, Any]:
    """What is recorded: the means, and of the searches that may be looked at each one's nDCG."""
    seen, held_out = parted(answered)
    means = {}
    for name, part in (("seen", seen), ("held_out", held_out)):
        of = summary(part)
        means[name] = {
            "searches": of.searches, "ndcg": round(of.ndcg, 4), "without_result": round(of.without_result, 4)
        }  # fmt: skip
    return {
        "judgments": fingerprint(),
        "means": means,
        "ndcg": {one.judged.query: round(one.ndcg, 3) for one in seen},
    }


def losses(answered: Sequence[Answered]) -> list[str]:
    """What has become worse than the mark, in sentences; empty where nothing has."""
    mark, now = recorded(), measured(answered)
    if mark["judgments"] != now["judgments"]:
        return [f"the corpus or its judgments are not those of the recorded measure; {MOVE} measures anew"]
    found = []
    for part, means in now["means"].items():
        before = mark["means"][part]
        if means["ndcg"] < before["ndcg"] - TOLERANCE:
            found.append(f"{part}: nDCG@10 was {before['ndcg']:.4f} and is {means['ndcg']:.4f}")
        if means["without_result"] > before["without_result"] + TOLERANCE:
            found.append(
                f"{part}: {before['without_result']:.1%} of searches found nothing, now {means['without_result']:.1%}"
            )
    if found:
        worse = sorted((value - mark["ndcg"][query], query) for query, value in now["ndcg"].items())
        found += [f"  {query!r} lost {-change:.3f}" for change, query in worse[:10] if change < -TOLERANCE]
    return found


def fingerprint() -> str:
    """A number of the corpus, the searches, and the grade of every posting for each of them."""
    made = sha256()
    for written in postings():
        made.update(repr(digest_source(written)).encode())
    for one in JUDGED:
        made.update(f"{one.query} {[*grades_of(one).values()]}".encode())
    return made.hexdigest()[:16]
