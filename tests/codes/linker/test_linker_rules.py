"""What is promised of mentions, clause by clause."""

from __future__ import annotations

import pytest

from jobboard.codes.linker import link


def found(text: str) -> list[tuple[str, str, str | None, str]]:
    return [(mention.system, mention.start, mention.end, mention.text) for mention in link(text)]


def starts(text: str) -> list[str]:
    return [mention.start for mention in link(text)]


def test_a_mention_is_written_without_the_word_that_introduces_it():
    assert found("CPT 99213, modifier 25, HCC18 and DRG470") == [
        ("cpt", "99213", None, "99213"),
        ("modifier", "25", None, "25"),
        ("hcc", "18", None, "18"),
        ("msdrg", "470", None, "470"),
    ]


def test_a_shortened_end_is_completed_and_the_text_stays_as_written():
    assert found("E/M 99202-15") == [("cpt", "99202", "99215", "99202-15")]
    assert found("STEMI I21.0-.4") == [("icd10cm", "I21.0", "I21.4", "I21.0-.4")]
    assert found("ICD-10 E11-14") == [("icd10cm", "E11", "E14", "E11-14")]
    assert found("DRG 469-70") == [("msdrg", "469", "470", "469-70")]
    assert found("ambulance A0425-29") == [("hcpcs", "A0425", "A0429", "A0425-29")]


def test_a_list_is_single_mentions_and_a_range_is_one():
    assert starts("codes 62320, 62321 and 62322") == ["62320", "62321", "62322"]
    assert found("codes 62320 through 62327") == [("cpt", "62320", "62327", "62320 through 62327")]


@pytest.mark.parametrize("text", ["99215-99202", "99215 to 99202", "99213-99213"])
def test_a_pair_that_does_not_ascend_is_two_mentions(text):
    assert [mention.end for mention in link(f"CPT {text}")] == [None, None]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("E11.-", "E11"),
        ("I50.x", "I50"),
        ("I50.X", "I50"),
        ("M54.5*", "M54.5"),
        ("M54.5-", "M54.5"),
        ("S72.xxxA", "S72"),
        ("E11.xx", "E11"),
        ("e11.x", "E11"),
    ],
)
def test_a_family_is_its_stem(text, stem):
    (mention,) = link(f"assign {text}, as documented")
    assert (mention.system, mention.start, mention.end, mention.text, mention.family) == (
        "icd10cm",
        stem,
        None,
        text,
        True,
    )


def test_a_placeholder_x_belongs_to_its_code():
    assert starts("poisoning T40.2X5A and t40.2x5a, fall W01.0XXA") == ["T40.2X5A", "T40.2X5A", "W01.0XXA"]


def test_emphasis_is_no_family():
    assert [(m.start, m.family) for m in link("**E11.9** and *M54.5* and M54.5*")] == [
        ("E11.9", False),
        ("M54.5", False),
        ("M54.5", True),
    ]


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "‒", "–", "—", "−", " - ", " – ", "-\n", "\u2013\n"])
def test_any_dash_makes_a_range(dash):
    assert found(f"bills 62320{dash}62327") == [("cpt", "62320", "62327", f"62320{dash}62327")]


@pytest.mark.parametrize("text", ["E11.9", "e11.9", "E119", "e119", "E11.\n9", "E11\n.9"])
def test_codes_count_as_people_type_them(text):
    assert [(m.system, m.start, m.text) for m in link(f"diagnosis code {text}")] == [
        ("icd10cm", "E11.9", text)
    ]


def test_a_code_is_not_continued_by_the_next_sentence():
    assert starts("We code E11.\n9 coders work here.") == ["E11"]
    assert starts("We code E11.\n2. Review charts") == ["E11"]


def test_codes_of_five_characters_are_joined_over_a_line_where_their_system_is_named():
    assert starts("CPT 992-\n13 and HCPCS J18-\n85") == ["99213", "J1885"]


def test_modifiers_are_mentions_of_their_own():
    assert found("99213-25, A4253 KX, -59 and XU") == [
        ("cpt", "99213", None, "99213"),
        ("modifier", "25", None, "25"),
        ("hcpcs", "A4253", None, "A4253"),
        ("modifier", "KX", None, "KX"),
        ("modifier", "59", None, "59"),
        ("modifier", "XU", None, "XU"),
    ]


def test_a_dash_and_two_digits_are_a_modifier_only_where_it_makes_sense():
    assert starts("99213-25") == ["99213", "25"]
    assert [(m.start, m.end) for m in link("99221-23 62320-27 99231-33 99202-15")] == [
        ("99221", "99223"),
        ("62320", "62327"),
        ("99231", "99233"),
        ("99202", "99215"),
    ]


def test_a_procedure_table_counts_where_the_system_is_named():
    assert [(m.system, m.start, m.family) for m in link("ICD-10-PCS tables 0SR and 027")] == [
        ("icd10pcs", "0SR", True),
        ("icd10pcs", "027", True),
    ]
    assert link("table 0SR stands by the window") == []


def test_every_occurrence_counts_in_order():
    assert starts("99213, E11.9, 99213") == ["99213", "E11.9", "99213"]


def test_numbers_of_groups_are_canonical():
    assert starts("MS-DRG 65, DRG 1-3 and HCC 018") == ["065", "001", "18"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "J-codes",
        "the 70000 series",
        "V24 to V28",
        "MS-DRG v41.1",
        "CDT D0120",
        "APR-DRG 194",
        "CO-97, N130, MA130",
        "A1c",
        "HbA1c",
        "B12",
        "Houston, TX 77003",
        "$62320",
        "ext. 99213",
        "Req #62320",
        "10000 charts",
        "HCC 5 years",
        "modifiers: 25 per hour",
        "DRG 3+ years",
        "https://example.org/E11.9",
        "coder-99213@example.org",
        "file E11.9.pdf",
    ],
)
def test_what_neighbours_name_as_something_else_is_no_mention(text):
    assert link(text) == []


def test_one_number_can_be_a_place_and_a_code_in_one_text():
    text = "Houston, TX 77003. You will code 77003."
    (mention,) = link(text)
    assert mention.offset == text.rindex("77003")


def test_a_letter_and_four_digits_are_hcpcs_unless_icd_is_named():
    assert [m.system for m in link("E1165 supplies")] == ["hcpcs"]
    assert found("ICD-10 E1165") == [("icd10cm", "E11.65", None, "E1165")]
    assert found("coders assign i2109") == [("icd10cm", "I21.09", None, "i2109")]


def test_shortened_list_members_are_completed():
    assert [(m.start, m.text) for m in link("E11.21, .22 and .29")] == [
        ("E11.21", "E11.21"),
        ("E11.22", ".22"),
        ("E11.29", ".29"),
    ]
    assert starts("CPT 99213/14") == ["99213", "99214"]
