"""What was understood of a search finds the same, in the same order, on the embedded engine and on a cluster."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from jobboard import clock
from jobboard.database import db
from jobboard.search.finder import find
from jobboard.search.request import read_search
from jobboard.vocabulary import vocabularies
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from tests.search.stands import Stand


def test_concepts_rank_and_filter_alike(stand: Stand) -> None:
    mercy, posted = a_company("Mercy Hospital"), clock.now() - timedelta(days=1)
    remote = {"arrangement": "remote", "posted_at": posted}
    ids = {
        "all but": a_posting(mercy, "Reviewer", eligible_mode="all_but", eligible_states=["CA"], **remote).id,
        "named": a_posting(mercy, "Reviewer", eligible_mode="named", eligible_states=["TX"], **remote).id,
        "all": a_posting(mercy, "Reviewer", eligible_mode="all", **remote).id,
        "silent": a_posting(mercy, "Reviewer", **remote).id,
        "heart": a_posting(mercy, "Reviewer", "Assigns I21.09.", posted_at=posted).id,
        "paid": a_posting(mercy, "Reviewer", pay_basis="hourly", pay_least_cents=3600, posted_at=posted).id,
        "says remote": a_posting(mercy, "Reviewer", "Remote one day.", posted_at=posted).id,
    }
    db.session.commit()
    stand.carry()
    names = {number: name for name, number in ids.items()}

    def found(q: str) -> list[str]:
        asked, _ = read_search(MultiDict([("q", q)]), vocabularies())
        return [names[one.row.id] for one in find(asked, vocabularies()).found]

    assert found("remote coding jobs in Texas") == ["named", "all", "all but"]
    assert found("reviewer remote")[-1] == "says remote"
    assert set(found("reviewer -remote")) == {"heart", "paid", "says remote"}
    assert found("heart attack") == ["heart"]
    assert found("medical coder over $35/hr") == ["paid"]
    asked, _ = read_search(MultiDict([("q", "I21.4")]), vocabularies())
    results = find(asked, vocabularies())
    assert [names[one.row.id] for one in results.found] == ["heart"]
    assert results.widened is not None
    assert results.widened.codes == "I21"
