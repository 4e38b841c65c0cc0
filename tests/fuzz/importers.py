"""`python -m tests.fuzz.importers [NUMBER] [SEED]`: every importer takes NUMBER damaged excerpts of what it imports.

Each is read right or refused in words that name the file or what was asked for; nothing else happens, none holds it for
long, and what is read fits the tables it is for. Excerpts are small files of the tests' own, and beginnings of the
official files of up to 200 records where these lie beside the project. Prints one JSON line; 1 where something went
wrong.
"""

from __future__ import annotations

import json
import logging
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import ColumnElement

from jobboard import create_app
from jobboard.codes.datasets import CODES, Dataset
from jobboard.codes.importers.registry import IMPORTERS
from jobboard.codes.importers.request import ImportRequest, WrongRequest, read_edition
from jobboard.codes.importers.running import load, read
from jobboard.codes.records import CodeFileError
from jobboard.database import db
from jobboard.settings import default_settings
from tests.codes.readers import excerpts
from tests.fuzz.importer_excerpts import TABULAR, Excerpt, official, own
from tests.fuzz.readers import damaged

NUMBER, SEED = 10_000, 1
SLOW_SECONDS = 10.0
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the mutations of one kind."""

    kind: str
    outcomes: Counter[str]
    faults: list[str]
    slowest: float


def outcome(excerpt: Excerpt, contents: Mapping[str, bytes], folder: Path) -> tuple[str, str]:
    """How the importer takes `contents`: "read" or "refused" with its words, or "fault" with what is wrong."""
    paths = []
    for name, content in contents.items():
        (path := folder / name).write_bytes(content)
        paths.append(path)
    asked = ImportRequest(tuple(paths), read_edition(excerpt.edition) if excerpt.edition else None)
    try:
        datasets = read(excerpt.kind, asked)
        wrong = next((found for each in datasets for found in misfits(each)), "")
        if not datasets or wrong:
            return "fault", wrong or "nothing was read, and nothing said"
    except CodeFileError as refused:
        is_named = any(name in str(refused) for name in contents) and refused.problem
        return ("refused", str(refused)) if is_named else ("fault", f"without its file: {refused}"[:300])
    except WrongRequest as refused:
        return "refused", str(refused)
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"[:300]
    return "read", ""


def misfits(dataset: Dataset) -> Iterable[str]:
    """What the tables would refuse of `dataset`: texts too long or with a NUL, missing or outsized values, twins."""
    codes: set[tuple[str, str]] = set()
    for part in dataset.parts:
        table = part.model.__table__
        for row in (row for record in part.records for row in part.rows(record)):
            for name, value in row.items():
                if wrong := _refusal(table.c[name], value):
                    yield f"{part.model.__tablename__}.{name} {wrong}"
            if dataset.kind == CODES and part.model.__tablename__ == "code":
                key = (str(row["system"]), str(row["code"]))
                if key in codes:
                    yield f"{key} is there twice"
                codes.add(key)


def _refusal(column: ColumnElement[Any], value: object) -> str:
    """What a column would say against `value`; "" where it takes it."""
    if value is None:
        return "" if getattr(column, "nullable", True) else "is missing"
    if isinstance(value, int):
        return f"does not take {value}" if abs(value) > _LARGEST else ""
    if not isinstance(value, str):
        return ""
    longest = getattr(column.type, "length", None)
    if "\0" in value or (longest and len(value) > longest):
        return f"does not take {value[:60]!r}"
    try:
        value.encode()
    except UnicodeEncodeError:
        return f"is no text: {value[:60]!r}"
    return ""


@contextmanager
def small_board(folder: Path) -> Iterator[None]:
    """Within the block there is a board with the notes of a tabular list: some importers ask what is loaded already."""
    board = create_app(default_settings(folder, secret_key="k" * 40))
    with board.app_context():
        db.create_all()
        (folder / TABULAR).write_bytes(excerpts.CM_TABULAR)
        load("icd10cm-tabular", read("icd10cm", ImportRequest((folder / TABULAR,))))
        yield
        db.session.remove()
        db.engine.dispose()


def run(given: Iterable[Excerpt], number: int, seed: int) -> Told:
    """Damage each of `given`, all of one kind, so often that `number` are taken together."""
    given = list(given)
    kind = given[0].kind
    chance = random.Random(f"{kind} {seed}")
    told = Told(kind, Counter(), [], 0.0)
    slowest = 0.0
    with TemporaryDirectory() as folder, small_board(Path(folder) / "board"):
        for which in range(number):
            excerpt = given[which % len(given)]
            hurt = chance.choice(list(excerpt.files))
            contents = {**excerpt.files, hurt: damaged(excerpt.files[hurt], chance)}
            began = perf_counter()
            verdict, problem = outcome(excerpt, contents, Path(folder))
            slowest = max(slowest, perf_counter() - began)
            told.outcomes[verdict] += 1
            if verdict == "fault":
                told.faults.append(f"{kind}, mutation {which} of {hurt}: {problem}")
    return Told(kind, told.outcomes, told.faults, slowest)


def by_kind(given: Iterable[Excerpt]) -> dict[str, list[Excerpt]]:
    """Excerpts by the kind that imports them."""
    found: dict[str, list[Excerpt]] = {kind: [] for kind in IMPORTERS}
    for excerpt in given:
        found[excerpt.kind].append(excerpt)
    return found


def main() -> int:
    """0 where every mutation was read or refused, in time."""
    usual = (NUMBER, SEED)
    number, seed = (int(one) for one in (*sys.argv[1:3], *usual[len(sys.argv[1:3]) :]))
    kinds = by_kind([*own(), *official()])
    outcomes, faults, slowest = Counter[str](), list[str](), 0.0
    with ProcessPoolExecutor(initializer=_quiet) as pool:
        for told in pool.map(run, kinds.values(), [number] * len(kinds), [seed] * len(kinds)):
            outcomes, slowest = outcomes + told.outcomes, max(slowest, told.slowest)
            faults += told.faults
            print(f"{told.kind}: {dict(told.outcomes)}, {told.slowest:.2f} s", file=sys.stderr, flush=True)
    for each in faults[:40]:
        print(each, file=sys.stderr)
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    figures = {
        "importers": len(kinds),
        **outcomes,
        "slowest_seconds": round(slowest, 2),
        "memory_mb": memory // 1024,
    }
    print(json.dumps({**figures, "seed": seed}))
    return int(bool(faults) or slowest > SLOW_SECONDS)


def _quiet() -> None:
    # What the library says about each damaged PDF tells nobody anything here.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)


if __name__ == "__main__":
    sys.exit(main())
