"""Companies: founding, editing, names, and who may do it."""

from __future__ import annotations

import re

import pytest

from jobboard.database import db
from jobboard.employers import actions, queries
from jobboard.employers.models import Company, CompanyMember
from jobboard.employers.names import host_of, name_key, slug_for

GOOD = {"name": "Lakeside Clinic", "website": "https://lakeside.example.org", "time_zone": "America/Chicago"}


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mercy Hospital", "mercy-hospital"),
        ("Été & Co.", "ete-co"),
        ("新生", "company"),
        ("New", "new-company"),
    ],
)
def test_a_name_has_an_address(name, slug):
    assert slug_for(name) == slug


def test_two_ways_to_write_a_name_are_one_company():
    assert name_key("  MERCY   Hospital ") == name_key("Mercy Hospital")
    assert host_of("https://WWW.Mercy.example.org:8443/x") == "mercy.example.org"


def test_whoever_adds_a_company_is_its_owner(ana):
    answer = ana.post("/employers/new", GOOD)
    assert (answer.status_code, answer.location) == (303, "/employers/mine")
    company = db.session.scalars(db.select(Company)).one()
    assert (company.name, company.domain, company.time_zone) == (
        "Lakeside Clinic",
        "lakeside.example.org",
        "America/Chicago",
    )
    assert db.session.get_one(CompanyMember, 1).role == "owner"
    assert "Lakeside Clinic" in words(ana.get("/employers/mine"))


def test_companies_of_one_name_have_addresses_of_their_own(ana, ben):
    ana.post("/employers/new", GOOD)
    ben.post("/employers/new", GOOD)
    assert sorted(db.session.scalars(db.select(Company.slug))) == ["lakeside-clinic", "lakeside-clinic-2"]


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"name": "  "}, "Give the company"),
        ({"name": "x" * 201}, "200"),
        ({"website": "http://lakeside.example.org"}, "begins with https://"),
        ({"website": "javascript:alert(1)"}, "begins with https://"),
        ({"website": "https://lakeside"}, "no web address"),
        ({"website": "https://[::"}, "no web address"),
        ({"website": "https://lakeside..example.org/"}, "no web address"),
        ({"website": "https://lakeside.example.org;script-src/"}, "no web address"),
        ({"website": "https://eve@lakeside.example.org/"}, "no web address"),
        ({"time_zone": "Mars/Olympus"}, "Not a valid choice"),
        ({"state": "ZZ"}, "Not a valid choice"),
        ({"about": "x" * 8001}, "8000"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_stored(ana, fields, complaint):
    answer = ana.post("/employers/new", {**GOOD, **fields})
    assert answer.status_code == 400
    assert complaint in words(answer)
    assert db.session.query(Company).count() == 0


def test_after_founding_one_goes_on_to_where_one_was_going(ana):
    answer = ana.post("/employers/new", {**GOOD, "next": "/postings/new"})
    assert answer.location == "/postings/new"
    away = ana.post("/employers/new", {**GOOD, "next": "https://evil.example.org/"})
    assert away.location == "/employers/mine"


def test_an_owner_edits_the_company_and_its_address_stays(eve, mercy):
    path = f"/employers/{mercy.slug}/edit"
    assert eve.get(path).status_code == 200
    answer = eve.post(path, {**GOOD, "name": "Mercy Health", "version": mercy.version})
    assert answer.status_code == 303
    db.session.expire_all()
    assert (mercy.name, mercy.name_key, mercy.slug) == ("Mercy Health", "mercy health", "mercy-hospital")


def test_the_second_editor_of_a_company_is_told_and_loses_nothing(eve, mercy):
    path, version = f"/employers/{mercy.slug}/edit", mercy.version
    assert eve.post(path, {**GOOD, "name": "First", "version": version}).status_code == 303
    answer = eve.post(path, {**GOOD, "name": "Second", "version": version})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "<dt>Name</dt><dd>First</dd>" in page
    assert 'value="Second"' in page


def test_an_import_finds_the_company_without_people_and_never_one_that_has_them(mercy):
    imported = actions.find_or_found_for_import("MERCY  hospital")
    db.session.commit()
    assert imported.id != mercy.id
    assert not queries.has_people(imported.id)
    assert actions.find_or_found_for_import("Mercy Hospital").id == imported.id


def test_an_unknown_fact_of_a_company_is_refused(mercy):
    with pytest.raises(ValueError, match="slug"):
        actions.change(mercy, "Mercy", {"slug": "other"})


WRITES = [
    "/employers/mercy-hospital/edit",
    "/employers/mercy-hospital/people",
    "/employers/mercy-hospital/people/1/role",
    "/employers/mercy-hospital/people/1/remove",
    "/employers/mercy-hospital/invitations/1/call-back",
]


@pytest.mark.parametrize("path", WRITES)
def test_a_stranger_gets_404_a_visitor_is_led_to_signing_in(mercy, olga, visitor, path):
    before = mercy.version
    assert olga.post(path, GOOD).status_code == 404
    assert visitor.post(path, GOOD).location.startswith("/sign-in")
    db.session.expire_all()
    assert mercy.version == before


@pytest.mark.parametrize("path", WRITES)
def test_without_token_or_origin_nothing_is_written(mercy, eve, path):
    assert eve.client.post(path, data=GOOD).status_code == 403
    assert eve.client.post(path, data=GOOD, headers={"Origin": "http://localhost"}).status_code == 400
    assert eve.client.post(path, data=GOOD, headers={"Origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize("path", ["/employers/mercy-hospital/edit", "/employers/mercy-hospital/people"])
def test_company_pages_are_hidden_from_strangers(mercy, olga, eve, path):
    assert eve.get(path).status_code == 200
    assert olga.get(path).status_code == 404


def test_without_a_company_the_list_says_what_to_do(ana):
    assert "Add your company" in words(ana.get("/employers/mine"))
