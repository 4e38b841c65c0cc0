"""`python -m tests.relevance`: measure the answers to the judged searches, look into one, check them, move the mark."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tests.relevance.baseline import losses, record, recorded
from tests.relevance.board import judged_board
from tests.relevance.judged import JUDGED, is_held_out
from tests.relevance.measure import answer, answers, parted, summary
from tests.relevance.writing import postings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.relevance.measure import Answered


def main() -> int:
    """0, or 1 where a check fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.relevance")
    parser.add_argument(
        "--check", action="store_true", help="fail where a mean lost more than 0.01 against the mark"
    )
    parser.add_argument("--move", action="store_true", help="make what is measured now the mark")
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="show the N searches answered worst"
    )
    parser.add_argument(
        "--query", metavar="WORDS", help="show the first ten results of one judged search, with grades"
    )
    parser.add_argument(
        "--held-out",
        action="store_true",
        help="look at the searches kept unseen: what is tuned afterwards is tuned to them",
    )
    options = parser.parse_args()
    with judged_board() as app:
        if options.query:
            with app.test_request_context("/jobs"):
                return _look_into(options.query, may_look=options.held_out)
        answered = answers(app)
        seen, held_out = parted(answered)
        for name, part in (("seen", seen), ("held out", held_out)):
            of = summary(part)
            print(
                f"{name}: {of.searches} searches, nDCG@10 {of.ndcg:.4f}, without a result {of.without_result:.1%}"
            )
        _show_worst(held_out if options.held_out else seen, options.worst)
        if options.move:
            record(answered)
        if options.check:
            return _check(answered)
    return 0


def _show_worst(answered: Sequence[Answered], most: int) -> None:
    for one in sorted(answered, key=lambda one: one.ndcg)[:most]:
        print(f"{one.ndcg:.3f}  {one.judged.query}  ({one.total} results: {' '.join(map(str, one.grades))})")


def _look_into(query: str, *, may_look: bool) -> int:
    judged = next((one for one in JUDGED if one.query == query), None)
    if judged is None:
        print(f"{query!r} is not among the judged searches")
        return 1
    if is_held_out(query) and not may_look:
        print(f"{query!r} is held out; --held-out shows it")
        return 1
    written = {one.truth.number: one for one in postings()}
    found = answer(judged)
    print(f"nDCG@10 {found.ndcg:.3f}, {found.total} results")
    best = sorted(written.values(), key=lambda one: -judged.grade(one.truth))
    missed = [one.truth.number for one in best if one.truth.number not in found.ids][:10]
    for name, ids in (("found", found.ids), ("best of the rest", missed)):
        print(name)
        for number in ids:
            one = written[number]
            truth = one.truth
            facts = (
                f"{'/'.join(truth.topics) or 'all'}, {truth.side}, {truth.role}, {truth.arrangement or '?'}"
            )
            print(f"  {judged.grade(truth)}  #{number} {one.title}  [{facts}, {truth.city} {truth.state}]")
    return 0


def _check(answered: Sequence[Answered]) -> int:
    if worse := losses(answered):
        print("Answers to the judged searches became worse:", *worse, sep="\n", file=sys.stderr)
        return 1
    before, now = recorded()["means"]["seen"]["ndcg"], summary(parted(answered)[0]).ndcg
    if now > before + 0.01:
        print(f"nDCG@10 rose from {before:.4f}: --move keeps the gain")
    return 0


if __name__ == "__main__":
    sys.exit(main())
