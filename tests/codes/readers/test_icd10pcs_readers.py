"""The readers about ICD-10-PCS, on small files."""

from __future__ import annotations

import pytest

from jobboard.codes.readers.icd10pcs_tables import codes_of, read_pcs_tables
from jobboard.codes.readers.icd10pcs_words import (
    PcsDeviceAggregate,
    read_body_parts,
    read_pcs_definitions,
    read_pcs_index,
)
from jobboard.codes.readers.opening import Source, SourceError
from jobboard.codes.readers.order_lists import read_order_list
from tests.codes.readers import excerpts


def source(content: bytes) -> Source:
    return Source.of_bytes("file", content)


def test_lists_of_procedures() -> None:
    fixed = list(read_order_list(source(excerpts.PCS_ORDER), "icd10pcs"))
    assert [(each.code, each.parent, each.billable) for each in fixed] == [
        ("001", None, False),
        ("0016070", "001", True),
    ]
    listed = list(read_order_list(source(excerpts.PCS_CSV), "icd10pcs"))
    assert [(each.code, each.long) for each in listed] == [
        ("0016070", "Bypass, open"),
        ("0016071", "0016071"),
    ]


def test_a_table_expands_to_every_combination() -> None:
    (table,) = read_pcs_tables(source(excerpts.PCS_TABLES))
    assert (table.stem, table.axes[2].definition, table.line) == ("001", "Going round", 4)
    assert list(codes_of(table)) == ["00160Z0", "00160ZB", "00163Z0", "00163ZB"]


def test_index_definitions_and_body_parts() -> None:
    terms = list(read_pcs_index(source(excerpts.PCS_INDEX)))
    assert [(each.path, each.level, each.codes, each.see or each.use) for each in terms] == [
        (("Abdominoplasty",), 0, (), ""),
        (("Abdominoplasty",), 1, ("0W0F",), "Alteration, Wall"),
        (("Abdominoplasty", "New"), 1, ("10A07ZX",), ""),
        (("Abdominal plexus",), 0, (), "Sympathetic Nerve"),
    ]
    definition, device = read_pcs_definitions(source(excerpts.PCS_DEFINITIONS))
    assert isinstance(device, PcsDeviceAggregate)
    assert (device.value, device.body_systems) == ("M", ("Heart", "Vessels"))
    assert not isinstance(definition, PcsDeviceAggregate)
    assert (definition.titles, definition.includes, definition.position) == (("Bypass",), ("One", "Two"), 3)
    assert [each.names for each in read_body_parts(source(excerpts.BODY_PARTS))] == [
        ("Sympathetic Nerve",),
        ("Right", "Left"),
    ]


@pytest.mark.parametrize(
    ("was", "is_now", "problem"),
    [
        (b'codes="4"', b'codes="5"', "file, line 9: the row has 4 codes"),
        (b'values="2"', b'values="3"', "file, line 11: the axis has 2 values"),
        (b'code="3"', b'code="I"', "file, line 11: a value is one of"),
        (b'code="3"', b'code="0"', "file, line 11: an axis has values, each once"),
        (b'pos="4"', b'pos="5"', "file, line 9: axes 4 to 7 expected"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(was: bytes, is_now: bytes, problem: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(read_pcs_tables(source(excerpts.PCS_TABLES.replace(was, is_now, 1))))
    assert str(refused.value).startswith(problem)
