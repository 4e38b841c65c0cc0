"""The form of a posting: what is typed, what is complained about, and that nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from jobboard.database import db
from jobboard.postings.models import Posting, State
from tests.postings.conftest import TEXT


def typed(company_id: int, **fields: object) -> dict[str, object]:
    """What a browser sends for a complete posting; `fields` replace or add."""
    given: dict[str, object] = {
        "title": "Inpatient coder",
        "company": company_id,
        "description": TEXT,
        "specialties": ["inpatient-acute"],
        "roles": ["production-coder"],
        "employment": ["full-time"],
        "arrangement": "on-site",
        "places-0-city": "Austin",
        "places-0-state": "TX",
        "eligible_mode": "",
        "pay_basis": "hourly",
        "pay_least": "28",
        "pay_most": "$34.50",
        "apply_by": "here",
        "do": "save",
    }
    return {**given, **fields}


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def only_posting() -> Posting:
    return db.session.scalars(db.select(Posting)).one()


def test_a_draft_may_say_almost_nothing(eve, mercy):
    answer = eve.post("/postings/new", {"company": mercy.id, "do": "save", "title": "Coder"})
    assert answer.status_code == 303
    posting = only_posting()
    assert (posting.state, posting.title, posting.company_id) == (State.DRAFT, "Coder", mercy.id)
    assert eve.get(answer.location).status_code == 200


def test_what_is_typed_is_what_is_stored(eve, mercy):
    more = {
        "credentials_all": "RHIT",
        "credentials_any": "CCS, cic",
        "experience_months": "24",
        "eligible_mode": "named",
        "eligible_states": ["TX", "OK"],
        "hours_per_week_least": "36",
        "hours_per_week_most": "40",
        "accuracy_percent": "95",
        "workloads-0-chart_type": "inpatient",
        "workloads-0-least": "2.5",
        "workloads-0-most": "3",
        "qa_appeal": "yes",
        "ceu_paid": "no",
        "benefits": ["retirement"],
        "places-1-postal_code": "73102",
    }
    answer = eve.post("/postings/new", typed(mercy.id, **more))
    assert answer.status_code == 303, words(answer)
    posting = only_posting()
    assert (posting.pay_least_cents, posting.pay_most_cents) == (2800, 3450)
    assert set(posting.slugs("credential")) == {"rhit", "ccs", "cic"}
    assert posting.credential_requirement == {
        "required": {"all": [{"credential": "rhit"}, {"any": [{"credential": "ccs"}, {"credential": "cic"}]}]}
    }
    assert [(place.city, place.state) for place in posting.places] == [
        ("Austin", "TX"),
        ("Oklahoma City", "OK"),
    ]
    assert all(place.latitude for place in posting.places)
    assert (posting.eligible_mode, sorted(posting.eligible_states)) == ("named", ["OK", "TX"])
    assert [(w.chart_type, w.charts_per_hour_least, w.charts_per_hour_most) for w in posting.workloads] == [
        ("inpatient", 2.5, 3.0)
    ]
    assert (posting.qa_appeal, posting.ceu_paid, posting.dues_paid) == (True, False, None)
    page = words(eve.get(f"/postings/{posting.id}/preview"))
    for fact in (
        "$28–$34.50 an hour",
        "RHIT and either CCS or CIC",
        "May hire in Texas and Oklahoma",
        "36–40 hours a week",
        "2.5–3 charts an hour",
        "95 %",
        "Can be appealed",
        "Retirement plan",
        "2 years of coding",
    ):
        assert fact in page


def test_the_form_of_a_stored_posting_sent_again_unchanged_changes_nothing(eve, mercy, draft):
    posting = draft(education="associate", qa_appeal=True, starts_on=None, hours_per_week_least=37.5)
    page = eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)
    before = {c.name: getattr(posting, c.name) for c in Posting.__table__.columns}
    terms = sorted((t.facet, t.slug, t.origin) for t in posting.terms)
    answer = eve.post(f"/postings/{posting.id}/edit", sent_by(page) | {"do": "save"})
    assert answer.status_code == 303
    db.session.expire_all()
    after = {c.name: getattr(posting, c.name) for c in Posting.__table__.columns}
    assert {k for k in before if before[k] != after[k]} == {"version", "changed_at"}
    assert sorted((t.facet, t.slug, t.origin) for t in posting.terms) == terms


def sent_by(page: str) -> dict[str, object]:
    """What a browser would send from the page's last form, without its buttons."""
    import html5lib

    tree = html5lib.parse(page, namespaceHTMLElements=False)
    form = [f for f in tree.iter("form") if f.find(".//input[@name='title']") is not None][-1]
    found: dict[str, list[str]] = {}
    for element in form.iter():
        name = element.get("name")
        if not name or name == "csrf_token":
            continue
        if element.tag == "textarea":
            found.setdefault(name, []).append((element.text or "").removeprefix("\n"))
        elif element.tag == "select":
            chosen = [o.get("value") for o in element.iter("option") if o.get("selected") is not None]
            first = [o.get("value") for o in element.iter("option")][:1]
            found.setdefault(name, []).extend(chosen or first)
        elif element.tag == "input" and (
            element.get("type") not in {"checkbox", "radio"} or element.get("checked") is not None
        ):
            found.setdefault(name, []).append(element.get("value") or "")
    return dict(found)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"pay_least": "40", "pay_most": "30"}, "The most is less than the least"),
        ({"pay_least": "28.555"}, "at most two digits"),
        ({"pay_least": "much"}, "amount in dollars"),
        ({"pay_least": "65000", "pay_most": "80000"}, "Not plausible as pay an hour"),
        ({"pay_basis": ""}, "Say what the amount is for"),
        (
            {"arrangement": "on-site", "places-0-city": "Austin", "places-0-state": ""},
            "Choose the state of Austin",
        ),
        ({"places-0-postal_code": "00000"}, "no such ZIP code"),
        ({"places-0-postal_code": "10001"}, "This ZIP code lies in New York, NY"),
        ({"eligible_mode": "named"}, "Choose the states"),
        ({"eligible_states": ["TX"]}, "You chose states"),
        ({"eligible_states": ["ZZ"], "eligible_mode": "named"}, "not a valid choice"),
        ({"specialties": ["astrology"]}, "not a valid choice"),
        ({"credentials_any": "CCS, PhD"}, "Not a credential this board knows: PhD"),
        ({"apply_by": "address", "apply_url": "http://jobs.example.org"}, "begins with https://"),
        ({"apply_by": "address", "apply_url": "https://localhost/"}, "no web address"),
        ({"apply_by": "address", "apply_url": "https://user:x@example.org/"}, "no web address"),
        ({"apply_by": "mail", "apply_email": "nobody"}, "Mail address to apply to"),
        ({"closes_on": "2020-01-01", "opens_on": "2020-02-01"}, "close before it opens"),
        ({"closes_on": "2999-01-01"}, "at most 180 days"),
        ({"closes_on": "30 June"}, "Closes on"),
        ({"hours_per_week_least": "40", "hours_per_week_most": "20"}, "less than the least"),
        ({"hours_per_week_least": "400"}, "from 1 to 90"),
        ({"workloads-0-least": "5", "workloads-0-most": "2"}, "less than the least"),
        ({"experience_months": "two"}, "Not a valid integer"),
        ({"openings": "0"}, "from 1 to 500"),
        ({"title": "x" * 201}, "200"),
        ({"description": "x" * 20_001}, "20000"),
        ({"client_name": "Some Hospital"}, "marked as an agency"),
        ({"qa_appeal": "perhaps"}, "Choose yes, no or not stated"),
        ({"arrangement": "moonbase"}, "Not a valid choice"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_stored(eve, mercy, fields, complaint):
    answer = eve.post("/postings/new", typed(mercy.id, **fields))
    assert answer.status_code == 400
    assert complaint in words(answer)
    assert "Nothing was saved yet" in words(answer)
    assert db.session.query(Posting).count() == 0


def test_handing_in_demands_what_a_listing_needs_and_keeps_what_was_typed(eve, mercy):
    fields = {
        "specialties": [],
        "roles": [],
        "employment": [],
        "description": "Short.",
        "places-0-city": "",
        "places-0-state": "",
        "do": "submit",
    }
    answer = eve.post("/postings/new", typed(mercy.id, **fields))
    assert answer.status_code == 400
    for complaint in (
        "80 characters",
        "one specialty",
        "Choose the role",
        "employment type",
        "place of the work",
    ):
        assert complaint in words(answer)
    assert 'value="Inpatient coder"' in answer.get_data(as_text=True)
    assert db.session.query(Posting).count() == 0


def test_a_complete_posting_is_handed_in_with_one_button(eve, mercy):
    answer = eve.post("/postings/new", typed(mercy.id, do="submit"))
    assert answer.status_code == 303
    assert only_posting().state == State.IN_REVIEW
    assert "In review" in words(eve.get(answer.location))


def test_the_preview_shows_what_is_typed_and_stores_nothing(eve, mercy):
    answer = eve.post(
        "/postings/new", typed(mercy.id, do="preview", description="Some **bold** words for E11.9.")
    )
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "<strong>bold</strong>" in page
    assert "nothing is saved yet" in page
    assert db.session.query(Posting).count() == 0


def test_more_rows_of_places_are_offered_without_saving(eve, mercy):
    answer = eve.post("/postings/new", typed(mercy.id, do="add_place"))
    assert 'name="places-1-city"' in answer.get_data(as_text=True)
    assert db.session.query(Posting).count() == 0


def test_an_agency_posts_for_a_client_that_is_a_company_without_people(eve, mercy):
    from jobboard.employers.queries import has_people

    mercy.is_agency = True
    db.session.commit()
    answer = eve.post("/postings/new", typed(mercy.id, client_name="County Hospital"))
    assert answer.status_code == 303
    posting = only_posting()
    assert (posting.company.name, posting.posted_by_company_id) == ("County Hospital", mercy.id)
    assert not has_people(posting.company_id)
    page = eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)
    assert 'value="County Hospital"' in page


def test_a_richer_requirement_survives_the_form(eve, draft):
    from jobboard.postings import content
    from jobboard.postings.requirements import AnyOf, Leaf, Requirement, SomeOf

    posting = draft()
    tree = Requirement(SomeOf(2, (Leaf("cpc"), Leaf("ccs"), AnyOf((Leaf("rhit"), Leaf("rhia"))))))
    content.set_requirement(posting, tree)
    db.session.commit()
    before = posting.credential_requirement
    page = eve.get(f"/postings/{posting.id}/edit").get_data(as_text=True)
    assert "at least two of" in page
    assert eve.post(f"/postings/{posting.id}/edit", sent_by(page) | {"title": "Another"}).status_code == 303
    db.session.expire_all()
    assert (posting.title, posting.credential_requirement) == ("Another", before)


def test_whoever_has_no_company_is_led_to_adding_one(ana):
    assert ana.get("/postings/new").location == "/employers/new?next=/postings/new"
    assert ana.get("/postings").location == "/employers/mine"


def test_nobody_posts_for_another_company(olga, lakeside, mercy):
    answer = olga.post("/postings/new", typed(mercy.id))
    assert answer.status_code == 400
    assert db.session.query(Posting).count() == 0


@pytest.mark.parametrize("row", ["²", "9" * 5000, "x", "", "-1"])
def test_a_row_whose_number_is_none_is_left_out(eve, mercy, row):
    answer = eve.post("/postings/new", typed(mercy.id, **{f"places-{row}-city": "Nowhere"}))
    assert answer.status_code == 303
    assert [place.city for place in only_posting().places] == ["Austin"]
