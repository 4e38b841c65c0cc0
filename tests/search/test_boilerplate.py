"""What is about the opening is told apart from what is about the employer, by the posting's own text alone."""

from __future__ import annotations

import pytest

from jobboard.search.boilerplate import parted

OWN = "You code cath lab charts."
EEO = "Mercy Hospital is an equal opportunity employer."

# The text, what is about the opening, what is about the employer.
TEXTS = [
    (OWN, [OWN], []),
    ("", [], []),
    (f"{OWN} {EEO}", [OWN], [EEO]),
    (f"## About us\nWe heal.\n\n## The work\n{OWN}", [f"The work\n{OWN}"], ["About us\nWe heal."]),
    (f"**Our mission:**\nWe heal.\n**Schedule:** Days.\n{OWN}", [f"Schedule\nDays.\n{OWN}"], ["Our mission\nWe heal."]),
    (f"ABOUT MERCY HOSPITAL. We heal.\nDUTIES. {OWN}", [f"DUTIES\n{OWN}"], ["ABOUT MERCY HOSPITAL\nWe heal."]),
    (f"Who we are:\nWe heal.\nDuties:\n{OWN}", [f"Duties\n{OWN}"], ["Who we are\nWe heal."]),
    (f"Mercy Hospital has 400 beds. {OWN}", [OWN], ["Mercy Hospital has 400 beds."]),
    (f"Mercy Hospital is looking for a coder. {OWN}", [f"Mercy Hospital is looking for a coder.\n{OWN}"], []),
    (f"A multispecialty group of physicians. {OWN}", [OWN], ["A multispecialty group of physicians."]),
    (f"Level I trauma and a busy emergency room. {OWN}", [OWN], ["Level I trauma and a busy emergency room."]),
    (f"Level II charts only. {OWN}", [f"Level II charts only. {OWN}"], []),
    (f"Grace Health has 400 beds. {OWN}", [f"Grace Health has 400 beds. {OWN}"], []),
    (f"{OWN}\nWe use E-Verify.", [OWN], ["We use E-Verify."]),
    (
        f"{OWN} Applicants are considered without regard to race, color, religion or sex.",
        [OWN],
        ["Applicants are considered without regard to race, color, religion or sex."],
    ),
    (f"{OWN} Our other openings: dental coder.", [OWN], ["Our other openings: dental coder."]),
    (f"{OWN} Urology is coded by a partner.", [OWN], ["Urology is coded by a partner."]),
    (f"{OWN} About a tenth of the volume is podiatry.", [OWN], ["About a tenth of the volume is podiatry."]),
    (f"{OWN} A CPC is not required.", [OWN], ["A CPC is not required."]),
    (f"{OWN} No experience required: we train.", [f"{OWN} No experience required: we train."], []),
    (f"A hospital with a trauma program.\n{OWN}", [OWN], ["A hospital with a trauma program."]),
    (f"The hospital codes trauma.\n{OWN}", [f"The hospital codes trauma.\n{OWN}"], []),
    ("Equal parts of charts and opportunities.", ["Equal parts of charts and opportunities."], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "own", "about"), TEXTS, ids=range(len(TEXTS)))
def test_a_text_is_parted(text: str, own: list[str], about: list[str]) -> None:
    assert parted(text, "Mercy Hospital") == (own, about)


def test_of_a_confidential_employer_the_name_says_nothing() -> None:
    assert parted("Mercy Hospital has 400 beds.", "") == (["Mercy Hospital has 400 beds."], [])


@pytest.mark.parametrize(
    "text", ["**" * 40_000, "A: " * 30_000, "#" * 90_000, "equal " * 20_000, "a.\n" * 30_000]
)
def test_no_text_takes_long(text: str) -> None:
    own, about = parted(text, "Mercy Hospital")
    assert len("".join(own + about)) <= len(text)
