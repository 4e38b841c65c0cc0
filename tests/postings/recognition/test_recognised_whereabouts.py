"""Where the work is done, and where a candidate may live."""

import pytest


@pytest.mark.parametrize(
    ("text", "slug", "days", "weeks"),
    [
        ("Remote position.", "remote", None, None),
        ("This job is 100% remote.", "remote", None, None),
        ("You work from home.", "remote", None, None),
        ("Fully remote; training is also remote.", "remote", None, None),
        ("Remote with one day per month in the office.", "remote", None, None),
        ("Hybrid, 2 days a week in office", "hybrid", 2, None),
        ("Hybrid schedule with three days on site and two remote.", "hybrid", 3, None),
        ("Work from home two days a week, 3 days in the office.", "hybrid", 3, None),
        ("Not fully remote: two days per week in the office.", "hybrid", 2, None),
        ("In-office Tuesday to Thursday; remote Monday and Friday.", "hybrid", None, None),
        ("2 days remote, 3 days onsite.", "hybrid", 3, None),
        ("On-site training for one week; otherwise a remote position.", "remote-after-training", None, 1),
        ("Remote, Monday through Friday", "remote", None, None),
        ("A hybrid role.", "hybrid", None, None),
        ("Remote after 4 weeks on-site training", "remote-after-training", None, 4),
        ("On-site training for 90 days, then fully remote.", "remote-after-training", None, 13),
        ("Training is on site for 6 weeks. Remote thereafter.", "remote-after-training", None, 6),
        ("First 6 weeks in the office, then work from home.", "remote-after-training", None, 6),
        (
            "After completing 8 weeks of onsite orientation you work remotely.",
            "remote-after-training",
            None,
            8,
        ),
        ("Remote after training", "remote-after-training", None, None),
        ("This is not a remote position.", "on-site", None, None),
        ("No remote.", "on-site", None, None),
        ("Remote work is not available for this role.", "on-site", None, None),
        ("This is not a work from home job.", "on-site", None, None),
        ("Formerly remote, this role is now on-site.", "on-site", None, None),
        ("This is an onsite position at our hospital.", "on-site", None, None),
        ("In office.", "on-site", None, None),
        ("Excepted service (Canteen, Hybrid, Title 38).", None, None, None),
        ("Work location: In person", "on-site", None, None),
        ("The position was formerly remote.", None, None, None),
        ("Equipment is provided for remote staff.", None, None, None),
        ("Previous remote coding experience preferred.", None, None, None),
        ("Remote patient monitoring claims.", None, None, None),
        ("Review of the hybrid medical record.", None, None, None),
        ("On-site gym and parking.", None, None, None),
        ("Remote work may be possible after one year.", None, None, None),
        ("A quiet team.", None, None, None),
        ("Work from anywhere in the US.", "remote", None, None),
        ("Fully virtual position.", "remote", None, None),
        ("Telework eligible: no.", "on-site", None, None),
        ("Lead a team of 15 remote coders.", None, None, None),
        ("A private practice seeks a coder, onsite.", "on-site", None, None),
        ("On site at a 600-bed medical center.", "on-site", None, None),
        ("Gym and parking on site.", None, None, None),
        ("You come into the office one day a week; the rest is remote.", "hybrid", 1, None),
        ("Four days from home, one in the office.", "hybrid", 1, None),
        ("Work from home, onsite Tuesday and Thursday.", "hybrid", 2, None),
        ("Onsite training 4-6 weeks; home-based after that.", "remote-after-training", None, 6),
    ],
)
def test_the_arrangement_is_what_the_text_says(read, text, slug, days, weeks):
    found = read(text)
    assert (found.arrangement, found.hybrid_days, found.training_weeks) == (slug, days, weeks)


def test_a_remote_title_stands_beside_an_office_in_the_text(read):
    assert read("Work location: in person", "Coder").arrangement == "on-site"
    assert read("This is an on-site position.", "Remote Coder").arrangement == "remote"


@pytest.mark.parametrize(
    ("text", "mode", "states"),
    [
        ("Must reside in TX, OK or LA.", "named", "TX OK LA"),
        ("MUST LIVE IN TX OR OK", "named", "TX OK"),
        ("Must live in Florida, Georgia, or North Carolina.", "named", "FL GA NC"),
        ("Must reside in the state of Ohio.", "named", "OH"),
        ("Must be in OR or WA", "named", "OR WA"),
        ("Applicants must reside in one of these states: TX, OR, ME, HI, and IN.", "named", "TX OR ME HI IN"),
        ("Candidates in the following states will be considered: AZ, CO, UT.", "named", "AZ CO UT"),
        ("You may live in the following states:\n- TX\n- OK\n\nThanks", "named", "TX OK"),
        ("Remote position open to candidates living in IL, IN, MI, OH or WI", "named", "IL IN MI OH WI"),
        (
            "Candidates from these states: West Virginia, Virginia, and the District of Columbia.",
            "named",
            "WV VA DC",
        ),
        ("Eligible states: AL, FL, GA", "named", "AL FL GA"),
        ("Texas residents only.", "named", "TX"),
        ("Remote in Texas", "named", "TX"),
        ("Remote in all states except CA and NY.", "all_but", "CA NY"),
        ("We hire in all states excluding AK, HI.", "all_but", "AK HI"),
        ("All states are welcome except California.", "all_but", "CA"),
        ("We are not able to hire in California, New York or Washington.", "all_but", "CA NY WA"),
        ("We cannot hire residents of CO, CA or NY at this time.", "all_but", "CO CA NY"),
        ("This position is not available to residents of Colorado.", "all_but", "CO"),
        ("Residents of CA are not eligible.", "all_but", "CA"),
        ("Sorry, no California residents.", "all_but", "CA"),
        ("Remote eligible states: Alabama; Georgia; Florida", "named", "AL GA FL"),
        ("Must reside in Indiana (IN) or Ohio (OH).", "named", "IN OH"),
        ("We do not hire in the following states: CA, CO, HI.", "all_but", "CA CO HI"),
        ("Excluded states: CA, NY, HI", "all_but", "CA NY HI"),
        ("Open to residents of any US state", "all", ""),
        ("Work from anywhere in the US.", "all", ""),
        ("Open to candidates in all 50 states", "all", ""),
        ("Our clients are in all 50 states.", None, ""),
        ("Our hospital is located in Dallas, TX.", None, ""),
        ("Must live within 50 miles of Tampa, FL.", None, ""),
        ("Contact me OR Human Resources in OK condition.", None, ""),
        ("You work with MD offices and PA students in ED.", None, ""),
        ("Hi, tell me in a line or two, ok?", None, ""),
        ("You code cases of the OR.", None, ""),
    ],
)
def test_the_eligible_states_are_what_the_text_says(read, text, mode, states):
    found = read(text)
    assert (found.eligible_mode, " ".join(found.eligible_states)) == (mode, states)


def test_states_after_remote_in_a_title_are_eligible(read):
    assert read("", "Inpatient Coder - Remote (TX, OK, LA)").eligible_states == ("TX", "OK", "LA")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Must be authorized to work in the United States.", "us_only"),
        ("We are unable to sponsor visas.", "us_only"),
        ("U.S. citizens only.", "us_only"),
        ("United States citizenship is required.", "us_only"),
        ("Visa sponsorship available.", "sponsorship"),
        ("You know us.", None),
        ("A sponsor of the local marathon.", None),
    ],
)
def test_work_authorization_is_known_when_said(read, text, answer):
    assert read(text).work_authorization == answer
