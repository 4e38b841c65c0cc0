"""What stands beside the results, asked of every search engine: wider searches, overviews, similar openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict

from jobboard.database import db
from jobboard.search.overview import PaySpan, overview
from jobboard.search.request import read_search
from jobboard.search.similar import similar_openings
from jobboard.search.wider import wider_searches
from jobboard.vocabulary import vocabularies
from tests.search.conftest import a_company, a_posting

if TYPE_CHECKING:
    from jobboard.postings.models import Posting
    from tests.search.stands import Stand


def test_the_engines_say_the_same_beside_the_results(stand: Stand) -> None:
    mercy = a_company("Mercy Hospital")
    lone = a_posting(
        mercy, "Cath coder", "Codes I21.09 and 93458.", terms={"specialty": ["cath-lab-ep"], "credential": ["cpc"]},
        places=[("Austin", "TX")], pay_basis="hourly", pay_most_cents=4000,
    )  # fmt: skip
    heart = a_posting(
        mercy, "Heart coder", "Codes I21.09.", terms={"specialty": ["cardiology"], "credential": ["cpc"]},
        places=[("Dallas", "TX")], pay_basis="hourly", pay_least_cents=2000, pay_most_cents=2500,
    )  # fmt: skip
    remote = a_posting(
        mercy, "Remote coder", terms={"specialty": ["cath-lab-ep"]}, arrangement="remote",
        eligible_mode="all_but", eligible_states=["CA"], openings=4,
    )  # fmt: skip
    a_posting(mercy, "Urology coder", terms={"specialty": ["urology"]}, places=[("Ada", "OH")])
    db.session.commit()
    stand.carry()
    with stand.app.test_request_context("/"):
        said_beside(lone, heart, remote)


def said_beside(lone: Posting, heart: Posting, remote: Posting) -> None:
    words = vocabularies()

    asked, _ = read_search(
        MultiDict([("q", "coder"), ("specialty", "cath-lab-ep"), ("state", "TX"), ("posted", "7")]), words
    )
    assert [(one.words, one.total) for one in wider_searches(asked, 1, words)] == [
        ("Also Cardiology", 2),
        ("Without Specialty: Cath lab / EP", 2),
        ("Without Workplace: Texas", 2),
    ]
    asked, _ = read_search(MultiDict([("specialty", "cath-lab-ep"), ("state", "OH"), ("q", "zebra")]), words)
    assert wider_searches(asked, 0, words) == []

    texas = overview("state", "TX", words)
    assert (texas.total, texas.openings, texas.remote) == (2, 2, 1)
    assert texas.pay == PaySpan(2500, 4000, 2)
    assert texas.usual["credential"] == (("cpc", 2),)
    assert [one.card.id for one in texas.newest] == [heart.id, lone.id]
    assert overview("specialty", "cath-lab-ep", words).openings == 5
    assert overview("credential", "ccs", words).total == 0

    assert [(one.card.id, one.shared) for one in similar_openings(lone)] == [
        (heart.id, ("I21.09", "CPC", "Texas")),
        (remote.id, ("Cath lab / EP",)),
    ]
