"""What words mean: slips before words run together, and what surgeons say in the words of ICD-10-PCS."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jobboard.code_search.entries import ARTICLE, INDEX, CodeEntry
from jobboard.code_search.ranking import order
from jobboard.code_search.table import Table, table_of
from jobboard.code_search.words import corrections, understood
from search_index import tokens


def entry(
    place: int, code: str, description: str, *terms: str, system: str = "icd10pcs", parent: str = ""
) -> CodeEntry:
    return CodeEntry(
        str(10_000_000 + place),
        system,
        code,
        "code" if len(code) == 7 else "category",
        parent,
        description,
        billable=len(code) == 7,
        terms=tuple((INDEX, term) for term in terms),
    )


@pytest.fixture(scope="module")
def table() -> Table:
    return table_of(
        [
            entry(1, "I10", "Essential hypertension", system="icd10cm"),
            entry(2, "R46.3", "Hyper activity", system="icd10cm"),
            entry(3, "K21", "Gastro-esophageal reflux disease", system="icd10cm"),
            entry(4, "E0425", "Oxygen tent", system="hcpcs"),
            entry(5, "0FT", "Hepatobiliary System and Pancreas, Resection", "Cholecystectomy"),
            entry(6, "0FT40ZZ", "Resection of Gallbladder, Open Approach", parent="0FT"),
            entry(7, "0FT44ZZ", "Resection of Gallbladder, Percutaneous Endoscopic Approach", parent="0FT"),
            entry(8, "0SR", "Lower Joints, Replacement", "Replacement, Joint, Hip, Right", "Hip replacement"),
            entry(9, "0SR90JZ", "Replacement of Right Hip Joint with Synthetic Substitute", parent="0SR"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # One letter from a word, though "hyper" and "tent" are words too.
        ("hypertention", ("hypertens",)),
        ("gastroesophageal", ("gastro", "esophag")),
        ("hypretention", ("hypertens",)),
    ],
)
def test_a_slip_is_likelier_than_two_words_in_one(table: Table, typed: str, meant: tuple[str, ...]) -> None:
    (token,) = tokens(typed)
    assert corrections(table, token)[0] == meant


def first(table: Table, typed: str, *codes: str) -> str:
    rows = np.array([table.code.tolist().index(code.encode()) for code in codes])
    return codes[order(table, rows, understood(typed, table).questions)[0]]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("laparoscopic cholecystectomy", "0FT44ZZ"),
        ("lap chole", "0FT40ZZ"),
        ("right hip replacement", "0SR90JZ"),
        ("tha right", "0SR90JZ"),
    ],
)
def test_a_procedure_is_its_code_before_the_table_that_holds_it(table: Table, typed: str, code: str) -> None:
    candidates = ("0SR", "0SR90JZ") if code.startswith("0SR") else ("0FT", "0FT40ZZ", "0FT44ZZ")
    assert first(table, typed, *candidates) == code
    assert first(table, typed, *reversed(candidates)) == code


def test_an_article_that_has_all_words_comes_before_what_only_shares_them() -> None:
    epidural = entry(1, "B510ZZA", "Fluoroscopy of Epidural Veins, Guidance")
    article = entry(2, "77003", "Steering a needle", system="cpt")
    summary = (
        "Fluoroscopic guidance, a live picture by X-ray, shows where the needle stands in the epidural space."
    )
    table = table_of([epidural, replace(article, terms=((ARTICLE, summary),))])
    assert first(table, "fluoroscopic guidance epidural", "B510ZZA", "77003") == "77003"
    assert first(table, "fluoroscopy epidural veins", "B510ZZA", "77003") == "B510ZZA"
