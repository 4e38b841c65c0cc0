"""What a schema.org JobPosting becomes, form by form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from jobboard import clock
from jobboard.postings.models import Origin
from tests.postings.importing.conftest import posting_object

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_march(app):
    with clock.stopped_at(NOW):
        yield


def origin(posting, facet, slug):
    return next(term.origin for term in posting.terms if (term.facet, term.slug) == (facet, slug))


def test_a_complete_posting_keeps_what_it_says(one):
    posting = one(totalJobOpenings="3", employmentType=["FULL_TIME", "PER_DIEM"], jobStartDate="2026-04-01")
    assert (posting.source, posting.source_key, posting.title) == ("schema-org", "R-1001", "Inpatient Coder")
    assert posting.company.name == "Mercy Hospital"
    assert (
        posting.description == "Code **inpatient** charts of a trauma center with ICD-10-CM and ICD-10-PCS."
    )
    assert (posting.openings, posting.starts_on) == (3, date(2026, 4, 1))
    assert set(posting.slugs("employment")) == {"full-time", "per-diem"}
    assert origin(posting, "employment", "full-time") == Origin.STATED
    assert (posting.apply_by, posting.apply_url) == ("address", "https://jobs.mercy.example.org/1001")
    place = posting.places[0]
    assert (place.city, place.state, place.country) == ("Austin", "TX", "US")
    assert place.latitude is not None
    assert (posting.time_zone, posting.closes_on) == ("America/Chicago", date(2026, 5, 31))
    assert posting.posted_at == datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    assert posting.created_by_id is None


def test_what_markup_cannot_say_is_read_from_the_text_and_marked_so(one):
    posting = one(
        title="Remote Profee Coder",
        description=(
            "Hybrid, 2 days on site. CPC required. 1099 contract. Pays $3.50 per chart. "
            "Code diagnosis E11.9 in TruCode."
        ),
        employmentType="CONTRACTOR",
    )
    assert posting.arrangement == "hybrid"
    assert posting.origins["arrangement"] == Origin.RECOGNISED
    assert posting.slugs("employment") == ["contract-1099"]
    assert origin(posting, "employment", "contract-1099") == Origin.RECOGNISED
    assert posting.slugs("credential") == ["cpc"]
    assert (posting.pay_basis, posting.pay_least_cents) == ("chart", 350)
    assert posting.origins["pay_basis"] == Origin.RECOGNISED
    assert "trucode" in posting.slugs("tool")
    assert [(code.system, code.start) for code in posting.codes] == [("icd10cm", "E11.9")]


def test_what_is_stated_goes_before_what_the_text_says(one):
    posting = one(
        description="<p>Full-time. Pays $20 per hour. Two years of coding experience are required.</p>",
        employmentType="PART_TIME",
        baseSalary={
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {"minValue": 28, "maxValue": 34.5, "unitText": "HOUR"},
        },
        experienceRequirements={"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 36},
    )
    assert posting.slugs("employment") == ["part-time"]
    assert (posting.pay_basis, posting.pay_least_cents, posting.pay_most_cents) == ("hourly", 2800, 3450)
    assert posting.experience_months == 36
    assert not posting.origins.keys() & {"pay_basis", "pay_least_cents", "experience_months"}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("R-1 ", "R-1 "),
        (77012, "77012"),
        ({"@type": "PropertyValue", "value": 5}, "5"),
        ({"value": "00 7"}, "00 7"),
        (["A/1", "B"], "A/1"),
    ],
)
def test_the_identifier_is_kept_exactly(one, given, key):
    assert one(identifier=given).source_key == key


@pytest.mark.parametrize(
    ("given", "basis", "least", "most"),
    [
        (65000, "salary", 6_500_000, 6_500_000),
        (28.5, "hourly", 2850, 2850),
        ("$28.50 - $34 per hour", "hourly", 2850, 3400),
        ("$65,000.00", "salary", 6_500_000, 6_500_000),
        ("65k–80k a year", "salary", 6_500_000, 8_000_000),
        ({"currency": "USD", "value": {"value": "1,200", "unitText": "WEEK"}}, "week", 120_000, 120_000),
        ({"currency": "$", "value": {"minValue": "5,000", "unitText": "MONTH"}}, "month", 500_000, None),
        ({"value": {"maxValue": 300, "unitText": "Day"}}, "day", None, 30_000),
        ({"minValue": 60000, "maxValue": 70000, "unitText": "YEAR"}, "salary", 6_000_000, 7_000_000),
        ([{"value": {"value": 30, "unitText": "per hour"}}], "hourly", 3000, 3000),
        ({"value": 31, "unitText": "HOUR"}, "hourly", 3100, 3100),
        (0, "", None, None),
        ({"value": {"minValue": 65000, "unitText": "HOUR"}}, "", None, None),
        ({"value": {"value": 500}}, "", None, None),
    ],
)
def test_pay_in_every_form(one, given, basis, least, most):
    posting = one(baseSalary=given)
    assert (posting.pay_basis, posting.pay_least_cents, posting.pay_most_cents) == (basis, least, most)


def test_pay_in_another_currency_keeps_it(one):
    posting = one(baseSalary={"currency": "cad", "value": {"value": 40, "unitText": "HOUR"}})
    assert (posting.pay_currency, posting.pay_least_cents) == ("CAD", 4000)


FLORIDA = [("Tampa", "FL", "US")]


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ({"address": {"addressLocality": "Tampa", "addressRegion": "FL", "addressCountry": "USA"}}, FLORIDA),
        ({"address": "12 Main St, Tampa, FL 33602"}, FLORIDA),
        ("Tampa, Florida", FLORIDA),
        (["Tampa, FL", {"address": {"addressLocality": "Boston", "addressRegion": "US-MA"}}],
         [*FLORIDA, ("Boston", "MA", "US")]),
        ({"addressLocality": "Reno, NV", "addressCountry": {"name": "United States"}}, [("Reno", "NV", "US")]),
        ({"address": {"postalCode": 2118, "addressRegion": "MA"}}, [("Boston", "MA", "US")]),
        ({"address": {"addressLocality": "Toronto", "addressRegion": "ON", "addressCountry": "Canada"}},
         [("Toronto", "", "CA")]),
        ([{"address": {"addressRegion": "Texas"}}, {"address": {"addressRegion": "TX"}}], [("", "TX", "US")]),
        ("Remote", []),
        ({"@type": "Place", "name": "Anywhere"}, []),
        ([], []),
    ],
)  # fmt: skip
def test_workplaces_in_every_form(one, given, places):
    posting = one(jobLocation=given)
    assert [(place.city, place.state, place.country) for place in posting.places] == places


@pytest.mark.parametrize(
    ("given", "text", "mode", "states"),
    [
        ({"@type": "State", "name": "Texas"}, "", "named", ["TX"]),
        ([{"@type": "AdministrativeArea", "name": "TX"}, {"name": "FL, USA"}], "", "named", ["TX", "FL"]),
        ({"@type": "Country", "name": "USA"}, "", "all", []),
        ("US", "We hire in all states except California and New York.", "all_but", ["CA", "NY"]),
        ([{"name": "Texas"}], "We cannot hire in California.", "named", ["TX"]),
        (None, "", "", []),
    ],
)
def test_where_a_remote_posting_may_hire(one, given, text, mode, states):
    posting = one(
        jobLocationType="TELECOMMUTE",
        jobLocation=None,
        applicantLocationRequirements=given,
        description=f"Code outpatient charts. {text}",
    )
    assert posting.arrangement == "remote"
    assert "arrangement" not in posting.origins
    assert (posting.eligible_mode, sorted(posting.eligible_states)) == (mode, sorted(states))


def test_telecommuting_gives_way_to_the_finer_word_of_the_text(one):
    posting = one(
        jobLocationType="TELECOMMUTE", description="Remote after 4 weeks of on-site training in Austin."
    )
    assert (posting.arrangement, posting.training_weeks) == ("remote-after-training", 4)


@pytest.mark.parametrize(
    ("given", "slugs"),
    [
        ("FULL_TIME", ["full-time"]),
        ("Full-time, Temporary", ["full-time", "temporary"]),
        (["https://schema.org/PART_TIME", "INTERN"], ["part-time", "internship"]),
        ("PRN", ["per-diem"]),
        ("Contractor", []),
        ("OTHER", []),
    ],
)
def test_employment_in_every_form(one, given, slugs):
    assert sorted(one(employmentType=given).slugs("employment")) == sorted(slugs)


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"url": "http://jobs.mercy.example.org/1"}, ("address", "https://jobs.mercy.example.org/1", "")),
        ({"url": "http://jobs.mercy.example.org:8080/1"}, ("closed", "", "")),
        ({"url": "javascript:alert(1)"}, ("closed", "", "")),
        ({"url": "https://mercy.example.org@evil.example.com/"}, ("closed", "", "")),
        ({"url": None}, ("closed", "", "")),
        (
            {"url": None, "applicationContact": {"email": "jobs@mercy.example.org"}},
            ("mail", "", "jobs@mercy.example.org"),
        ),
        (
            {"applicationContact": {"url": "https://apply.mercy.example.org"}},
            ("address", "https://apply.mercy.example.org", ""),
        ),
    ],
)
def test_how_to_apply(one, fields, way):
    posting = one(**fields)
    assert (posting.apply_by, posting.apply_url, posting.apply_email) == way


@pytest.mark.parametrize(
    ("given", "closes"),
    [
        ("2026-05-31", date(2026, 5, 31)),
        ("2026-05-31T23:59", date(2026, 5, 31)),
        ("2026-05-31T00:00:00", date(2026, 5, 31)),
        ("2026-06-01T04:59:59Z", date(2026, 5, 31)),
        ("2026-06-01T05:00:00Z", date(2026, 5, 31)),
        ("2026-06-01T05:00:01Z", date(2026, 6, 1)),
        ("2026-05-31T23:59:59-10:00", date(2026, 6, 1)),
        ("May 31, 2026", date(2026, 5, 31)),
        ("5/31/2026", date(2026, 5, 31)),
        (None, date(2026, 5, 9)),
    ],
)
def test_the_last_day_is_counted_in_the_zone_of_the_company(one, given, closes):
    posting = one(validThrough=given)
    assert (posting.time_zone, posting.closes_on, posting.state) == ("America/Chicago", closes, "open")


@pytest.mark.parametrize(
    ("given", "posted"),
    [
        ("2026-03-01T00:00:00Z", date(2026, 3, 1)),
        ("2026-03-01T22:30:00-07:00", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
    ],
)
def test_the_day_of_posting_is_the_one_that_is_written(one, given, posted):
    posting = one(datePosted=given)
    assert posting.posted_at.astimezone(ZoneInfo(posting.time_zone)).date() == posted


def test_other_texts_come_in_under_headings_unless_the_description_has_them(one):
    posting = one(
        description="<p>Code charts.</p><p>Benefits: dental insurance.</p>",
        responsibilities="Query physicians.",
        skills=["Epic", "3M 360"],
        qualifications={"@type": "EducationalOccupationalCredential", "name": "CPC"},
        jobBenefits="Dental insurance",
        occupationalCategory="29-2072.00 Medical Records Specialists",
        educationRequirements={"credentialCategory": "associate degree"},
    )
    assert posting.description == (
        "Code charts.\n\nBenefits: dental insurance.\n\n## Responsibilities\n\nQuery physicians.\n\n"
        "## Qualifications\n\nCPC\n\n## Skills\n\n- Epic\n- 3M 360\n\n## Occupation\n\nMedical Records Specialists"
    )
    assert posting.education == "associate"
    assert not posting.codes


@pytest.mark.parametrize(
    "wrap",
    [
        lambda posting: [posting],
        lambda posting: {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, posting]},
        lambda posting: {**posting, "@type": ["Thing", "http://schema.org/JobPosting"]},
    ],
)
def test_a_posting_is_found_in_a_graph_and_in_a_list(imported, wrap):
    assert imported(wrap(posting_object()), publish=True).created == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": None}, "title: missing"),
        ({"title": 7}, "title: expected text"),
        ({"title": "x" * 201}, "title: longer"),
        ({"description": None}, "description: missing"),
        ({"description": ["a"]}, "description: expected text"),
        ({"description": "<div>" * 5000}, "description: its HTML is nested"),
        ({"description": "a " * 40_000}, "description: longer"),
        ({"identifier": True}, "identifier: expected text"),
        ({"identifier": "x" * 301}, "identifier: longer"),
        ({"hiringOrganization": None}, "hiringOrganization: missing"),
        ({"hiringOrganization": {"name": " "}}, "hiringOrganization.name: missing"),
        ({"datePosted": "yesterday"}, "datePosted: “yesterday” is no date"),
        ({"datePosted": 20260301}, "datePosted: expected a date"),
        ({"validThrough": "2026-02-30"}, "validThrough"),
        ({"validThrough": "9999-12-31"}, "validThrough"),
        ({"validThrough": "2026-02-01"}, "validThrough: is before datePosted"),
        ({"baseSalary": True}, "baseSalary: expected a number"),
        ({"baseSalary": {"value": {"minValue": 40, "maxValue": 30}}}, "baseSalary: the least is more"),
        ({"baseSalary": {"value": {"minValue": -4}}}, "baseSalary.minValue: pay is not negative"),
        ({"baseSalary": {"currency": "dollars!", "value": 4}}, "baseSalary.currency"),
        ({"jobLocation": 5}, "jobLocation: expected a place"),
        ({"jobLocation": {"address": 5}}, "jobLocation.address: expected an address"),
        (
            {"jobLocation": {"geo": {"latitude": 999, "longitude": 1}, "address": {}}},
            "jobLocation.geo: no such",
        ),
        ({"employmentType": {"a": 1}}, "employmentType: expected text"),
        ({"totalJobOpenings": "many"}, "totalJobOpenings: expected a number"),
        ({"totalJobOpenings": 10**30}, "totalJobOpenings: the number is too great"),
        (
            {"experienceRequirements": {"monthsOfExperience": [1]}},
            "experienceRequirements.monthsOfExperience",
        ),
        ({"experienceRequirements": 4}, "experienceRequirements: expected an object or text"),
        ({"skills": [4]}, "skills: expected text"),
        ({"@type": "Event"}, "@type: expected JobPosting"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_number_and_field(imported, fields, reason):
    counts = imported(posting_object(identifier="good"), posting_object(**fields), publish=True)
    assert (counts.read, counts.created, counts.refused) == (2, 1, 1)
    number, words = imported.refused[0]
    assert number == 2
    assert words.startswith(reason)
