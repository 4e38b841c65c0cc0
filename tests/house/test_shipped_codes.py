"""What the project ships holds no dental code, and of CPT neither descriptors in bulk nor a list of numbers.

The wheel is made of these folders (see `test_wheel`). What a licence holder imports stands in their own database.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobboard.codes.loading import load_shipped_once
from jobboard.codes.models import Code, CodeChange
from jobboard.database import db

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("jobboard", "templates", "static", "search_index", "migrations")
_DENTAL_ROW = re.compile(r"(?m)^\W{0,3}D[0-9]{4}\b")
# Postal codes are numbers of five digits as well, and stand in files of their own.
_NUMBER = re.compile(r"(?<![\w.,$-])[0-9]{4}[0-9FTUM](?![\w,-])")
MOST_NUMBERS = 60


def shipped_texts() -> list[Path]:
    found = (file for folder in SHIPPED for file in sorted((ROOT / folder).rglob("*")))
    return [file for file in found if file.is_file() and "__pycache__" not in file.parts]


def text_of(file: Path) -> str:
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return content.decode("utf-8", "replace")


def test_no_shipped_file_has_a_row_that_begins_with_a_dental_code() -> None:
    texts = shipped_texts()
    assert len(texts) > 500
    assert [file.name for file in texts if _DENTAL_ROW.search(text_of(file))] == []


def test_no_shipped_file_lists_cpt_numbers() -> None:
    many = {
        file.relative_to(ROOT).as_posix(): len(found)
        for file in shipped_texts()
        if "places" not in file.parts
        and file.suffix not in {".woff2", ".png", ".ico"}
        and len(found := {number for number in _NUMBER.findall(text_of(file)) if number[0] != "0"})
        > MOST_NUMBERS
    }
    assert many == {}


@pytest.mark.parametrize("row", ['D0120,"Periodic oral evaluation"', '"D0120","x"', "| D0120 | x |"])
def test_such_a_row_would_be_noticed(row: str) -> None:
    assert _DENTAL_ROW.search(f"code,long\n{row}\n")


def test_the_shipped_list_fills_in_no_system_that_is_not_public(app: Flask) -> None:
    with app.app_context():
        load_shipped_once()
        systems = set(db.session.scalars(select(Code.system).distinct()))
        assert systems <= {"icd10cm"}
        dental = select(func.count()).where(
            Code.code.startswith("D"), Code.system.in_(("hcpcs", "cdt", "cpt"))
        )
        assert db.session.scalar(dental) == 0
        assert db.session.scalar(select(func.count()).select_from(CodeChange)) == 0
