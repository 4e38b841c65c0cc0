"""Whatever stands in a line, it is taken or refused with its number; nothing else happens."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from jobboard.postings.models import State
from tests.postings.importing.conftest import posting_object, postings
from tests.postings.importing.test_federal_openings import OPENINGS

FIELDS = (
    "@type", "identifier", "title", "description", "datePosted", "validThrough", "hiringOrganization", "jobLocation",
    "jobLocationType", "applicantLocationRequirements", "employmentType", "baseSalary", "experienceRequirements",
    "educationRequirements", "totalJobOpenings", "skills", "url", "applicationContact", "jobStartDate", "industry",
)  # fmt: skip
INNER = (
    "@type", "name", "value", "minValue", "maxValue", "unitText", "currency", "address", "addressRegion", "geo",
    "addressCountry", "addressLocality", "postalCode", "latitude", "monthsOfExperience", "credentialCategory", "email",
)  # fmt: skip
PLAIN = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-(10**20), 10**20),
    some.floats(allow_nan=False, allow_infinity=False),
    some.text(max_size=30),
    some.sampled_from(
        ["2026-01-01", "$20 - 30", "<p>x", "TX", "Texas", "0001-01-01T00:00:00+14:00", "http://x.org"]
    ),
)
ANYTHING = some.recursive(
    PLAIN,
    lambda inner: some.one_of(
        some.lists(inner, max_size=3), some.dictionaries(some.sampled_from(INNER), inner, max_size=4)
    ),
    max_leaves=6,
)
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@CALM
@given(changes=some.dictionaries(some.sampled_from(FIELDS), ANYTHING, min_size=1, max_size=4))
def test_any_job_posting_is_taken_or_refused(imported, changes):
    counts = imported({**posting_object(), **changes}, publish=True)
    assert counts.read == 1
    assert counts.created + counts.updated + counts.unchanged + counts.refused == 1
    assert [number for number, _ in imported.refused] == [1] * counts.refused
    assert all(posting.state in {State.OPEN, State.CLOSED} for posting in postings())


@CALM
@given(
    changes=some.dictionaries(
        some.sampled_from(("id", "title", "agency", "announcement", "open_period", "text")),
        ANYTHING,
        max_size=3,
    )
)
def test_any_questionnaire_is_taken_or_refused(imported, changes):
    counts = imported({**OPENINGS[1], **changes}, name="usajobs", publish=True)
    assert counts.created + counts.updated + counts.unchanged + counts.refused == 1


@CALM
@given(place=some.integers(0, 600), byte=some.binary(max_size=3))
def test_any_damage_to_a_line_is_taken_or_refused(imported, place, byte):
    raw = json.dumps(posting_object()).encode()
    place = min(place, len(raw))
    imported.file.write_bytes(raw[:place] + byte.replace(b"\n", b"") + raw[place + 1 :])
    counts = imported.again(publish=True)
    assert counts.created + counts.updated + counts.unchanged + counts.refused == counts.read == 1
