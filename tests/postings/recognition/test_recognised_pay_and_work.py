"""Pay, terms of employment, hours, experience, education, output, and what the employer provides."""

import pytest


@pytest.mark.parametrize(
    ("text", "basis", "least", "most"),
    [
        ("$28–$34/hr", "hourly", 2800, 3400),
        ("Pay is $28.50 - $34.00 per hour", "hourly", 2850, 3400),
        ("Pay range is $26.50/hour to $39.75/hour", "hourly", 2650, 3975),
        ("Hourly rate: $25.00 - $32.00", "hourly", 2500, 3200),
        ("Up to $34/hr", "hourly", None, 3400),
        ("Starting at $28 an hour", "hourly", 2800, None),
        ("$30/hr", "hourly", 3000, 3000),
        ("Between $28 and $34 per hour", "hourly", 2800, 3400),
        ("$62,000 - $75k", "salary", 6_200_000, 7_500_000),
        ("$62k-75k per year", "salary", 6_200_000, 7_500_000),
        ("Compensation $70,000 to $85,000 DOE", "salary", 7_000_000, 8_500_000),
        ("Pays between 52000 and 61000 dollars per year", "salary", 5_200_000, 6_100_000),
        ("$3.50 per chart", "chart", 350, 350),
        ("$0.75 to $1.25 per encounter", "encounter", 75, 125),
        ("You are paid per chart.", "chart", None, None),
        ("$450 per day", "day", 45_000, 45_000),
        ("We saved clients $40M; pay $24–28 an hour", "hourly", 2400, 2800),
        ("Sign-on bonus of $5,000 and $30 per hour", "hourly", 3000, 3000),
        ("$5,000 sign-on bonus", None, None, None),
        ("$2.50/hr shift differential", None, None, None),
        ("A $2 billion health system", None, None, None),
        ("$1,500 annual CEU allowance", None, None, None),
        ("Code 20 charts per hour", None, None, None),
        ("1099", None, None, None),
    ],
)
def test_pay_is_read_in_cents_per_unit(read, text, basis, least, most):
    found = read(text)
    assert (found.pay_basis, found.pay_least_cents, found.pay_most_cents) == (basis, least, most)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Full-time position.", "full-time"),
        ("Full time or part time.", "full-time part-time"),
        ("PRN coder wanted", "per-diem"),
        ("This is a 1099 contract position. No W-2.", "contract-1099"),
        ("W2 contract only, no 1099.", "contract-w2"),
        ("Contract-to-hire", "contract-to-hire"),
        ("A temporary assignment", "temporary"),
        ("Paid internship", "internship"),
        ("1 year of full-time experience", ""),
        ("$1,099 bonus", ""),
        ("Per diem rate for travel", ""),
        ("Temporary disability insurance", ""),
        ("Completion of a prior internship", ""),
        ("Speak to the PT and OT department.", ""),
    ],
)
def test_terms_of_employment(read, text, slugs):
    assert " ".join(read(text).employment) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("No weekends.", ""),
        ("Weekends off.", ""),
        ("Monday through Friday, no nights, weekends or holidays.", "day"),
        ("Every other weekend is required.", "weekend"),
        ("Second shift", "evening"),
        ("Night shift with weekend rotation", "night weekend"),
        ("Flexible schedule", "flexible"),
        ("Flexible spending account", ""),
        ("No overnight travel", ""),
    ],
)
def test_schedule(read, text, slugs):
    assert " ".join(read(text).schedule) == slugs


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("40 hours per week", (40, 40)),
        ("20-25 hours a week", (20, 25)),
        ("Up to 20 hrs/week", (None, 20)),
        ("At least 24 hours per week", (24, None)),
        ("a 36-hour work week", (36, 36)),
        ("Expected hours: 40 per week", (40, 40)),
        ("Hours per week: 20-30", (20, 30)),
        ("80 hours per pay period", (None, None)),
        ("20 charts per hour", (None, None)),
    ],
)
def test_hours_per_week(read, text, hours):
    found = read(text)
    assert (found.hours_per_week_least, found.hours_per_week_most) == hours


@pytest.mark.parametrize(
    ("text", "total", "special"),
    [
        ("2+ years of coding experience", 24, None),
        ("18 months of experience", 18, None),
        ("Minimum of two (2) years inpatient coding experience.", 24, None),
        ("1.5 years experience", 18, None),
        ("Experience: 3 years", 36, None),
        ("2-3 years' experience", 24, None),
        ("3 years of coding experience, including 1 year in interventional radiology.", 36, 12),
        ("2+ years of cardiology coding experience required; 5 years preferred.", 24, 24),
        ("3+ years of professional fee coding, with at least 1 year in urology", 36, 12),
        ("No experience required.", 0, None),
        ("5 years of experience preferred.", None, None),
        ("Must be 18 years of age.", None, None),
        ("We have 30 years of experience.", None, None),
        ("Our team has 50 years of combined experience.", None, None),
        ("CPC within 2 years.", None, None),
        ("A 6 month contract.", None, None),
    ],
)
def test_experience_in_months(read, text, total, special):
    found = read(text)
    assert (found.experience_months, found.specialty_experience_months) == (total, special)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("High school diploma or GED required", "high-school"),
        ("High school diploma required; associate degree preferred.", "high-school"),
        ("High school diploma required, bachelor's degree preferred.", "high-school"),
        ("Bachelor's degree or associate's degree in HIM required.", "associate"),
        ("High school diploma required. Associate degree required.", "associate"),
        ("Bachelor's degree preferred.", None),
        ("No degree needed.", None),
    ],
)
def test_education_is_what_is_required(read, text, slug):
    assert read(text).education == slug


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        (
            "2-3 inpatient charts per hour or 18 ED charts per hour",
            [("inpatient", 2, 3), ("emergency", 18, 18)],
        ),
        ("12 encounters/hr", [(None, 12, 12)]),
        ("Outpatient: 8 charts per hour", [("outpatient", 8, 8)]),
        (
            "2.5 inpatient charts and 8 outpatient charts per hour",
            [("inpatient", 2.5, 2.5), ("outpatient", 8, 8)],
        ),
        ("ED charts 15/hr, SDS 5/hr", [("emergency", 15, 15), ("same-day-surgery", 5, 5)]),
        ("8 charts per hour for outpatient", [("outpatient", 8, 8)]),
        ("ED coder 25/hr", []),
        ("$28 per hour", []),
        ("24 charts per day", []),
    ],
)
def test_charts_per_hour(read, text, loads):
    found = [(load.chart_type, load.per_hour_least, load.per_hour_most) for load in read(text).workloads]
    assert found == loads


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("95% accuracy", 95),
        ("Maintains a coding accuracy rate of 96 percent.", 96),
        ("A quality score of 95.5% or higher", 95.5),
        ("100% remote with good accuracy", None),
        ("95% of claims", None),
    ],
)
def test_accuracy_target(read, text, percent):
    assert read(text).accuracy_percent == percent


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("ramp_up_weeks", "after an 8-week ramp-up", 8),
        ("ramp_up_weeks", "Ramp-up period of 90 days", 13),
        ("ramp_up_weeks", "8 weeks of vacation", None),
        ("qa_appeal", "There is a QA appeal process.", True),
        ("qa_appeal", "Coders may dispute audit findings.", True),
        ("qa_appeal", "QA scores are final.", False),
        ("qa_appeal", "Appeals denied claims with audit support.", None),
        ("equipment_provided", "Equipment is provided.", True),
        ("equipment_provided", "We ship you a laptop and two monitors.", True),
        ("equipment_provided", "You must use your own computer.", False),
        ("equipment_provided", "You code durable medical equipment.", None),
        ("ceu_paid", "Free CEUs", True),
        ("ceu_paid", "CEUs and AAPC dues paid.", True),
        ("ceu_paid", "Must maintain CEUs at own expense.", False),
        ("ceu_paid", "A quiet team.", None),
        ("dues_paid", "We pay your AAPC dues and CEUs.", True),
        ("ceu_paid", "We pay your AAPC dues and CEUs.", True),
        ("dues_paid", "CEUs and AAPC dues paid.", True),
        ("dues_paid", "We reimburse your AHIMA membership dues.", True),
        ("dues_paid", "Other duties as assigned.", None),
        ("openings", "We have three openings.", 3),
        ("openings", "Number of openings: 4", 4),
        ("openings", "Hiring 5 remote coders.", 5),
        ("openings", "Codes 20 inpatient charts.", None),
        ("requisition_number", "Req ID: R-12345.", "R-12345"),
        ("requisition_number", "Requisition #2026-0042", "2026-0042"),
        ("requisition_number", "Requirements: CPC", None),
    ],
)
def test_what_else_is_said(read, field, text, value):
    assert getattr(read(text), field) == value


def test_benefits(read):
    found = read("Medical, dental and vision insurance, 401(k) match, PTO.").benefits
    assert set(found) == {
        "health-insurance",
        "dental-insurance",
        "vision-insurance",
        "retirement",
        "paid-time-off",
    }
