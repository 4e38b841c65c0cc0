"""A posting's public page: open, closed, gone, hidden; its structured data; where the Apply button leads."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from jobboard import clock
from jobboard.database import db
from jobboard.employers import actions as employers
from jobboard.postings import actions, content
from jobboard.postings.models import Origin
from jobboard.postings.requirements import Leaf, Requirement
from tests.postings.test_posting_form import words


def markup_of(response):
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.get_data(as_text=True), re.S
    )
    return json.loads(found[1]) if found else None


def test_an_open_posting_is_shown_at_its_own_address_only(opened, visitor):
    posting = opened()
    path = f"/jobs/{posting.id}-inpatient-coder"
    answer = visitor.get(path)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert f'<link rel="canonical" href="http://localhost{path}">' in page
    assert "noindex" not in page
    for wrong in (f"/jobs/{posting.id}-something-else", f"/jobs/{posting.id}"):
        moved = visitor.get(wrong)
        assert (moved.status_code, moved.location) == (301, path)
    assert visitor.get(f"/jobs/{posting.id}-x?from=letter").location == f"{path}?from=letter"
    raw = visitor.get(f"/jobs/{posting.id}-x", environ_overrides={"QUERY_STRING": "q=\xff"})
    assert (raw.status_code, raw.location.partition("?")[0]) == (301, path)


@pytest.mark.parametrize("path", ["/jobs/999-x", "/jobs/0-x", "/jobs/999999999999999999999-x"])
def test_what_never_was_is_404(visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_draft_is_404_its_people_and_moderators_are_led_on(draft, visitor, ana, eve, mo):
    posting = draft()
    path = f"/jobs/{posting.id}-inpatient-coder"
    assert visitor.get(path).status_code == 404
    assert ana.get(path).status_code == 404
    assert eve.get(path).location == f"/postings/{posting.id}"
    assert mo.get(path).location == f"/moderation/postings/{posting.id}"


def test_a_closed_posting_is_shown_for_a_month_without_markup_then_gone(opened, visitor):
    posting = opened()
    path = f"/jobs/{posting.id}-inpatient-coder"
    actions.close(posting, person_id=posting.created_by_id, reason="filled")
    db.session.commit()
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert "This opening is closed" in words(answer)
    assert "Closed: filled" in words(answer)
    assert "Apply" not in words(answer).replace("Applicants", "")
    assert '<meta name="robots" content="noindex">' in answer.get_data(as_text=True)
    assert markup_of(answer) is None
    with clock.moved_by(timedelta(days=31)):
        assert visitor.get(path).status_code == 410


def test_a_posting_whose_time_is_over_is_closed_before_any_chore_comes_round(opened, visitor):
    posting = opened()
    with clock.stopped_at(posting.closes_at):
        answer = visitor.get(f"/jobs/{posting.id}-inpatient-coder")
    assert "Closed: expired" in words(answer)
    assert markup_of(answer) is None


def test_a_removed_posting_is_gone_at_once(opened, visitor, mo):
    posting = opened()
    actions.take_down(posting, person_id=mo.person_id, reason="It asks for a fee.")
    db.session.commit()
    assert visitor.get(f"/jobs/{posting.id}-inpatient-coder").status_code == 410


def test_a_suspended_companys_posting_is_hidden_and_so_is_the_company(opened, mercy, visitor):
    posting = opened()
    path = f"/jobs/{posting.id}-inpatient-coder"
    assert visitor.get(path).status_code == 200
    assert visitor.get("/employers/mercy-hospital").status_code == 200
    employers.suspend(mercy, "Complaints.")
    db.session.commit()
    assert visitor.get(path).status_code == 404
    assert visitor.get("/employers/mercy-hospital").status_code == 404


def test_the_markup_of_a_posting_on_site(opened, visitor):
    posting = opened(experience_months=24, education="bachelor")
    content.set_requirement(posting, Requirement(Leaf("cpc")))
    db.session.commit()
    found = markup_of(visitor.get(f"/jobs/{posting.id}-inpatient-coder"))
    assert found["title"] == "Inpatient coder"
    assert found["description"].startswith("<p>Code inpatient charts")
    assert found["datePosted"] == clock.today("America/New_York").isoformat()
    assert found["validThrough"].startswith(
        (posting.closes_on + timedelta(days=1)).isoformat() + "T00:00:00-0"
    )
    assert found["employmentType"] == ["FULL_TIME"]
    assert found["directApply"] is True
    assert found["hiringOrganization"] == {
        "@type": "Organization",
        "name": "Mercy Hospital",
        "sameAs": "https://mercy.example.org",
    }
    assert found["jobLocation"][0]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Austin",
        "addressRegion": "TX",
        "addressCountry": "US",
    }
    assert found["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {"@type": "QuantitativeValue", "unitText": "HOUR", "minValue": 28, "maxValue": 34},
    }
    assert found["experienceRequirements"]["monthsOfExperience"] == 24
    assert [one["credentialCategory"] for one in found["educationRequirements"]] == [
        "professional certificate",
        "bachelor degree",
    ]
    assert "jobLocationType" not in found


@pytest.mark.parametrize(
    ("mode", "chosen", "expected"),
    [
        ("named", ["TX", "OK"], ["Texas, USA", "Oklahoma, USA"]),
        ("all", [], "USA"),
        ("", [], None),
    ],
)
def test_the_markup_of_a_remote_posting_names_where_it_may_hire(opened, visitor, mode, chosen, expected):
    posting = opened(arrangement="remote", eligible_mode=mode, eligible_states=chosen)
    found = markup_of(visitor.get(f"/jobs/{posting.id}-inpatient-coder"))
    assert found["jobLocationType"] == "TELECOMMUTE"
    areas = found.get("applicantLocationRequirements")
    told = [area["name"] for area in areas] if isinstance(areas, list) else areas and areas["name"]
    assert told == expected


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("pay_least_cents", 2800, "baseSalary"),
        ("experience_months", 24, "experienceRequirements"),
        ("education", "bachelor", "educationRequirements"),
        ("arrangement", "remote", "jobLocationType"),
    ],
)
def test_what_was_only_read_from_the_text_is_not_in_the_markup_until_confirmed(
    opened, visitor, column, value, key
):
    posting = opened()
    path = f"/jobs/{posting.id}-inpatient-coder"
    setattr(posting, column, None if column == "experience_months" else "")
    content.set_column(posting, column, value, Origin.RECOGNISED)
    db.session.commit()
    assert key not in markup_of(visitor.get(path))
    content.set_column(posting, column, value)
    db.session.commit()
    assert posting.origins[column] == "confirmed"
    assert key in markup_of(visitor.get(path))


def test_pay_per_chart_and_recognised_employment_are_left_out_of_the_markup(opened, visitor):
    posting = opened(pay_basis="chart", pay_least_cents=300, pay_most_cents=400)
    content.set_terms(posting, "employment", [])
    content.set_terms(posting, "employment", ["full-time"], Origin.RECOGNISED)
    db.session.commit()
    answer = visitor.get(f"/jobs/{posting.id}-inpatient-coder")
    assert {"baseSalary", "employmentType"}.isdisjoint(markup_of(answer))
    assert "$3–$4 a chart" in words(answer)
    assert "Full time read from the text" in words(answer)


def test_text_cannot_break_out_of_the_markup(opened, visitor):
    posting = opened(title="</script><script>alert(1)</script>")
    answer = visitor.get(f"/jobs/{posting.id}", follow_redirects=True)
    assert markup_of(answer)["title"] == "</script><script>alert(1)</script>"
    assert "<script>alert(1)" not in answer.get_data(as_text=True)


def test_a_confidential_company_is_named_nowhere(opened, visitor):
    posting = opened(confidential=True)
    answer = visitor.get(f"/jobs/{posting.id}-inpatient-coder")
    assert "Mercy" not in answer.get_data(as_text=True)
    assert markup_of(answer)["hiringOrganization"]["name"] == "confidential"
    assert "Inpatient coder" not in words(visitor.get("/employers/mercy-hospital"))


@pytest.mark.parametrize(
    ("columns", "href", "seen"),
    [
        ({"apply_by": "here"}, "/jobs/1/apply", "Apply for this opening"),
        (
            {"apply_by": "address", "apply_url": "https://careers.mercy.example.org/9"},
            "/jobs/1/leave",
            "Apply at careers.mercy.example.org",
        ),
        (
            {"apply_by": "mail", "apply_email": "jobs@mercy.example.org"},
            "mailto:jobs@mercy.example.org?subject=Inpatient%20coder",
            "Apply by mail",
        ),
    ],
)
def test_apply_leads_where_the_employer_said(opened, visitor, columns, href, seen):
    answer = visitor.get(f"/jobs/{opened(**columns).id}-inpatient-coder")
    assert f'href="{href}"' in answer.get_data(as_text=True)
    assert seen in words(answer)
    assert ("directApply" in markup_of(answer)) == (columns["apply_by"] == "here")


def test_a_company_without_people_takes_no_applications_here(draft, visitor):
    company = employers.find_or_found_for_import("County Hospital")
    posting = draft()
    posting.company_id = company.id
    actions.publish(posting, opens_on=clock.today("America/New_York"))
    db.session.commit()
    answer = visitor.get(f"/jobs/{posting.id}-inpatient-coder")
    assert f"/jobs/{posting.id}/apply" not in answer.get_data(as_text=True)
    assert "directApply" not in markup_of(answer)


def test_everybody_can_report_and_its_people_manage(opened, visitor, eve):
    posting = opened()
    path = f"/jobs/{posting.id}-inpatient-coder"
    assert f"/jobs/{posting.id}/report" in visitor.get(path).get_data(as_text=True)
    assert "Manage this opening" not in words(visitor.get(path))
    assert "Manage this opening" in words(eve.get(path))
