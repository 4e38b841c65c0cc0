"""What ICD-10-PCS calls otherwise is found by its usual name, in that system alone."""

from __future__ import annotations

import pytest

from jobboard.code_search.other_names import told
from jobboard.code_search.table import table_of
from jobboard.code_search.words import understood
from tests.code_search.test_meaning import entry


@pytest.mark.parametrize(
    ("name", "use", "expected"),
    [
        ("Achilles tendon", "Lower Leg Tendon, Right", {"achill tendon": ["lower leg tendon"]}),
        ("Preauricular lymph node", "Lymphatic, Head", {"preauricular lymph node": ["head lymphat"]}),
        (
            "Soleus muscle",
            "Lower Leg Muscle, Left",
            {"soleus muscl": ["lower leg muscl"], "soleus": ["lower leg muscl"]},
        ),
        (
            "Bulbourethral (Cowper's) gland",
            "Urethra",
            {"bulbourethr gland": ["urethra"], "cowper gland": ["urethra"]},
        ),
        (
            "Endurant(R) Endovascular Stent Graft",
            "Intraluminal Device",
            {"endur endovascular stent graft": ["intralumin devic"]},
        ),
        ("Urethra", "Urethra", {}),
        ("(R)", "Urethra", {}),
    ],
)
def test_a_line_tells_names_in_tokens(name: str, use: str, expected: dict[str, list[str]]) -> None:
    assert told([(name, use)]) == expected


def test_both_sides_are_one_name() -> None:
    lines = [("Achilles tendon", f"Lower Leg Tendon, {side}") for side in ("Right", "Left")]
    assert told(lines) == {"achill tendon": ["lower leg tendon"]}


def test_a_name_that_the_index_has_itself_is_not_shortened_from_another() -> None:
    lines = [("Soleus muscle", "Lower Leg Muscle"), ("Soleus", "Calf")]
    assert told(lines)["soleus"] == ["calf"]


def test_names_hold_in_their_system_alone() -> None:
    lines = [("Anterior cruciate ligament", "Knee Bursa and Ligament, Left")]
    table = table_of([entry(1, "0MQN0ZZ", "Repair Right Knee Bursa and Ligament")], "", told(lines))
    meant = ("repair", "knee", "bursa", "and", "ligament")
    assert meant in understood("repair anterior cruciate ligament", table, "icd10pcs").questions
    # An abbreviation stands for the name, and for what the name stands for.
    assert meant in understood("repair ACL", table, "icd10pcs").questions
    assert meant not in understood("repair anterior cruciate ligament", table).questions
    assert meant not in understood("repair anterior cruciate ligament", table, "icd10cm").questions
