"""The front page counts what is listed; a company's page shows its openings."""

from __future__ import annotations

from sqlalchemy import event

from jobboard import keeping
from jobboard.database import db
from jobboard.pages import front_counts
from jobboard.postings import actions
from tests.postings.test_posting_form import words


def statements(app, get) -> int:
    """How many statements a page asks of the database."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert get().status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in seen if not one.startswith(("BEGIN", "COMMIT", "ROLLBACK"))])


def test_the_front_page_stands_on_an_empty_board(visitor):
    assert "Nothing is listed yet" in words(visitor.get("/"))


def test_the_front_page_counts_listed_postings_by_specialty(opened, draft, visitor):
    opened()
    closed = opened(title="Closed one")
    actions.close(closed, person_id=closed.created_by_id, reason="filled")
    draft(title="Still a draft")
    db.session.commit()
    page = visitor.get("/")
    assert '<a href="/jobs?specialty=inpatient-acute">' in page.get_data(as_text=True)
    assert "Inpatient acute care 1 openings" in words(page)
    assert "1 open at 1 company" in words(page)
    assert "Closed one" not in words(page)
    assert "Still a draft" not in words(page)


def test_the_front_page_keeps_its_counts_for_a_while_where_counting_takes_long(
    app, opened, visitor, monkeypatch
):
    opened()
    monkeypatch.setattr(front_counts, "QUICK_SECONDS", 0.0)
    assert "1 open at 1 company" in words(visitor.get("/"))
    opened(title="Another one")
    db.session.commit()
    assert "1 open at 1 company" in words(visitor.get("/"))
    kept = app.extensions["front_counts"]
    monkeypatch.setattr(keeping.time, "monotonic", lambda: 1e12)
    # Whoever finds the counts old is not kept waiting for the new ones.
    assert "1 open at 1 company" in words(visitor.get("/"))
    kept.making.join()
    assert "2 open at 1 company" in words(visitor.get("/"))


def test_a_company_page_shows_what_it_says_and_its_openings(opened, mercy, visitor, eve):
    mercy.about = "We are **large**. <script>alert(1)</script>"
    db.session.commit()
    assert "Nothing is open here just now" in words(visitor.get("/employers/mercy-hospital"))
    opened()
    page = visitor.get("/employers/mercy-hospital")
    assert "<strong>large</strong>" in page.get_data(as_text=True)
    assert "<script>alert" not in page.get_data(as_text=True)
    assert "1 open posting" in words(page)
    assert "Inpatient coder" in words(page)
    assert 'rel="nofollow ugc noopener"' in page.get_data(as_text=True)
    assert "Post an opening" in words(eve.get("/employers/mercy-hospital"))
    assert visitor.get("/employers/nobody").status_code == 404
    assert visitor.get("/employers/mercy-hospital?page=2").status_code == 404
    assert visitor.get("/employers/mercy-hospital?page=x").status_code == 200


def test_an_agencys_page_shows_what_it_posts(draft, mercy, lakeside, visitor, mo):
    posting = draft(company_id=lakeside.id, posted_by_company_id=mercy.id)
    actions.submit(posting, person_id=posting.created_by_id)
    actions.approve(posting, person_id=mo.person_id)
    db.session.commit()
    for slug in ("mercy-hospital", "lakeside-clinic"):
        assert "Inpatient coder" in words(visitor.get(f"/employers/{slug}"))


def test_many_openings_take_pages_and_no_more_statements_than_one(app, opened, visitor):
    opened()
    pages = {"/": lambda: visitor.get("/"), "employer": lambda: visitor.get("/employers/mercy-hospital")}
    one = {name: statements(app, get) for name, get in pages.items()}
    for number in range(29):
        opened(title=f"Coder {number}")
    thirty = {name: statements(app, get) for name, get in pages.items()}
    assert thirty == one
    assert max(one.values()) <= 10
    second = visitor.get("/employers/mercy-hospital?page=2")
    assert "noindex" in second.get_data(as_text=True)
    assert second.get_data(as_text=True).count('class="job-card"') == 10
