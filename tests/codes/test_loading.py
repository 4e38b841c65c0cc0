"""An edition is loaded whole or not at all, once, and comes under its chapters where the file has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from jobboard import unit_of_work
from jobboard.codes import actions, loading, queries
from jobboard.codes.code_words import search_text
from jobboard.codes.datasets import digest
from jobboard.codes.edition_choice import edition_on, edition_or_first, loaded_editions
from jobboard.codes.edition_datasets import datasets_of
from jobboard.codes.editions import effective_from, last_day
from jobboard.codes.icd10cm_hierarchy import with_chapters
from jobboard.codes.loading import load_edition
from jobboard.codes.models import Code, CodeEdition, CodeNote
from jobboard.codes.records import CodeRecord, EditionFile, NoteRecord
from jobboard.database import db, writing


def rows(model: type[Code | CodeNote | CodeEdition]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def labels() -> list[tuple[str, bool]]:
    found = db.session.execute(
        select(CodeEdition.label, CodeEdition.in_force)
        .where(CodeEdition.kind == "codes")
        .order_by(CodeEdition.id)
    )
    return [(label, in_force) for label, in_force in found]


def test_everything_read_is_stored_and_in_force(app: Flask, small_edition: EditionFile) -> None:
    heard: list[int] = []
    counts = load_edition(small_edition, heard.append)
    assert (counts.system, counts.edition) == ("icd10cm", "2026-04")
    assert counts.created == counts.read == len(small_edition.records) == sum(heard) == rows(Code)
    assert counts.chapters == 3
    assert counts.codes == counts.read - counts.chapters - counts.blocks
    assert counts.notes == rows(CodeNote) > 0
    edition = queries.edition_in_force("icd10cm")
    assert edition is not None
    assert (edition.label, edition.effective_from, edition.codes_count) == (
        "2026-04",
        date(2026, 4, 1),
        counts.codes,
    )


def test_loading_again_changes_nothing(loaded: EditionFile) -> None:
    before = labels()
    counts = load_edition(loaded)
    assert (counts.created, counts.unchanged) == (0, len(loaded.records))
    assert labels() == before


def test_loading_again_corrects_what_was_counted_otherwise(loaded: EditionFile) -> None:
    db.session.execute(update(CodeEdition).values(codes_count=1))
    db.session.commit()
    load_edition(loaded)
    (edition,) = loaded_editions("icd10cm")
    assert edition.codes_count == sum(record.kind in ("category", "code") for record in loaded.records)


def test_a_corrected_file_of_the_same_edition_replaces_it(loaded: EditionFile) -> None:
    first = loaded.records[0]
    corrected = replace(loaded, records=(replace(first, long="Glands"), *loaded.records[1:]))
    load_edition(corrected)
    assert labels() == [("2026-04", True)]
    assert rows(Code) == len(loaded.records)
    chapter = queries.code_in_force("icd10cm", first.code)
    assert chapter is not None
    assert chapter.long == "Glands"


def test_editions_stand_side_by_side_and_the_day_chooses(loaded: EditionFile) -> None:
    load_edition(replace(loaded, edition="2027"))
    load_edition(replace(loaded, edition="2025"))
    assert labels() == [("2026-04", True), ("2027", True), ("2025", True)]
    assert load_edition(loaded).created == 0
    for day, label in [
        (date(2020, 1, 1), None),
        (date(2024, 10, 1), "2025"),
        (date(2026, 3, 31), "2025"),
        (date(2026, 4, 1), "2026-04"),
        (date(2026, 9, 30), "2026-04"),
        (date(2026, 10, 1), "2027"),
        (date(2031, 1, 1), "2027"),
    ]:
        for kind in ("codes", "notes"):
            found = edition_on("icd10cm", day, kind)
            assert (found.label if found else None) == label
    first = edition_or_first("icd10cm", date(2020, 1, 1))
    assert first is not None
    assert first.label == "2025"
    ends = [(each.label, each.effective_to) for each in loaded_editions("icd10cm")]
    assert ends == [
        ("2025", date(2025, 9, 30)),
        ("2026-04", date(2026, 9, 30)),
        ("2027", date(2027, 9, 30)),
    ]


def test_an_edition_ends_before_a_release_within_its_year(loaded: EditionFile) -> None:
    load_edition(replace(loaded, edition="2026"))
    assert [each.effective_to for each in loaded_editions("icd10cm")] == [
        date(2026, 3, 31),
        date(2026, 9, 30),
    ]


def test_of_two_editions_of_one_day_the_later_import_counts(loaded: EditionFile) -> None:
    load_edition(replace(loaded, edition="2027"))
    for dataset in datasets_of(loaded, "April", date(2026, 4, 1)):
        assert loading.load_dataset(dataset)
        assert not loading.load_dataset(dataset)
    assert labels() == [("2027", True), ("April", True)]
    april, newer = loaded_editions("icd10cm")
    assert (april.effective_to, newer.compared_with_id) == (date(2026, 9, 30), april.id)
    assert [each.label for each in loaded_editions("icd10cm", "notes")] == ["April", "2027"]
    assert load_edition(loaded).created > 0
    assert labels() == [("2027", True), ("2026-04", True)]


def test_editions_of_one_day_for_different_readers_stand_side_by_side(loaded: EditionFile) -> None:
    (codes, *_) = datasets_of(loaded, "April", date(2026, 4, 1))
    assert loading.load_dataset(replace(codes, visible_to="members"))
    assert labels() == [("2026-04", True), ("April", True)]
    for dataset in datasets_of(loaded, "2026-04", date(2026, 4, 1)):
        assert not loading.load_dataset(dataset)
    assert loading.load_dataset(replace(codes, edition="May", visible_to="members"))
    assert labels() == [("2026-04", True), ("May", True)]


def test_editions_of_one_day_that_are_there_already_end_after_it_and_give_way(loaded: EditionFile) -> None:
    load_edition(replace(loaded, edition="2025"))
    db.session.execute(update(CodeEdition).values(effective_from=date(2026, 4, 1), effective_to=None))
    db.session.commit()
    load_edition(replace(loaded, edition="2027"))
    ends = [(each.label, each.effective_to) for each in loaded_editions("icd10cm")]
    assert ends == [
        ("2026-04", date(2026, 9, 30)),
        ("2025", date(2026, 9, 30)),
        ("2027", date(2027, 9, 30)),
    ]
    assert load_edition(loaded).created > 0
    assert [each.label for each in loaded_editions("icd10cm")] == ["2026-04", "2027"]


def test_a_load_that_breaks_off_shows_nothing_and_leaves_nothing(
    loaded: EditionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 500)
    done = 0

    def stop_half_way(more: int) -> None:
        nonlocal done
        done += more
        if done >= 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_edition(replace(loaded, edition="2027"), stop_half_way)
    assert labels() == [("2026-04", True), ("2027 (loading)", False)]
    assert rows(Code) == len(loaded.records) + 1000
    in_force = queries.edition_in_force("icd10cm")
    assert in_force is not None
    assert in_force.label == "2026-04"

    load_edition(loaded)
    assert labels() == [("2026-04", True)]
    assert rows(Code) == len(loaded.records)
    assert rows(CodeNote) == sum(len(record.notes) for record in loaded.records)


def test_a_load_whose_edition_was_taken_away_gives_up(app: Flask, small_edition: EditionFile) -> None:
    with writing():
        codes = datasets_of(small_edition)[0]
        edition_id = actions.begin_loading(codes, digest(codes)).id
        unit_of_work.commit()
    with writing():
        assert actions.remove_part(edition_id, 10)
        unit_of_work.commit()
    with writing(), pytest.raises(actions.LoadOvertaken):
        actions.add_records(edition_id, codes.parts[0], small_edition.records[:10])
    assert rows(Code) == 0


@pytest.mark.parametrize(
    ("edition", "day"),
    [("2026", date(2025, 10, 1)), ("2026-04", date(2026, 4, 1)), ("2027", date(2026, 10, 1))],
)
def test_a_fiscal_year_begins_in_october(edition: str, day: date) -> None:
    assert effective_from(edition) == day


@pytest.mark.parametrize(
    ("system", "begins", "ends"),
    [
        ("icd10cm", date(2025, 10, 1), date(2026, 9, 30)),
        ("icd10cm", date(2026, 4, 1), date(2026, 9, 30)),
        ("hcpcs", date(2025, 10, 1), date(2025, 12, 31)),
        ("hcpcs", date(2026, 1, 1), date(2026, 3, 31)),
        ("cpt", date(2026, 1, 1), date(2026, 12, 31)),
        ("icd9cm", date(2014, 10, 1), date(2015, 9, 30)),
        ("icd9cm", date(2015, 9, 30), date(2015, 9, 30)),
        ("icd9cm", date(2017, 10, 1), date(2018, 9, 30)),
        ("icd9cm", None, date(2015, 9, 30)),
        ("icd10cm", None, None),
    ],
)
def test_an_edition_ends_with_its_year_or_quarter(
    system: str, begins: date | None, ends: date | None
) -> None:
    assert last_day(system, begins) == ends


def test_words_are_stored_folded_with_inclusion_terms_and_the_code() -> None:
    notes = (NoteRecord("inclusion", "Sicca syndrome"), NoteRecord("excludes1", "dry mouth (R68.2)"))
    record = CodeRecord("icd10cm", "M35.0", "M35", "code", "", "Sjögren's syndrome", False, 1, notes)
    assert search_text(record) == " sjogren s syndrome | sicca syndrome | m35 0 m350 |"


def order_file(tabular: EditionFile, edition: str) -> EditionFile:
    """The categories and codes of `tabular` as an order file gives them, with a new category among them."""
    plain = [
        replace(record, notes=(), short="Short", parent=None if record.kind == "category" else record.parent)
        for record in tabular.records
        if record.kind in ("category", "code")
    ]
    new = CodeRecord("icd10cm", "E12", None, "category", "New", "A new kind of diabetes", True, 1)
    place = next(number for number, record in enumerate(plain) if record.code == "E13")
    return EditionFile("icd10cm", edition, "order.txt", (*plain[:place], new, *plain[place:]))


def test_an_order_file_comes_under_the_chapters_of_the_tabular_list(small_edition: EditionFile) -> None:
    joined = with_chapters(order_file(small_edition, "2026"), small_edition)
    found = {record.code: record for record in joined.records}
    assert [record.order for record in joined.records] == list(range(1, len(joined.records) + 1))
    assert found["E11"].parent == "E08-E13"
    assert found["E12"].parent == "E08-E13"
    assert found["E08-E13"].parent == "E00-E89"
    assert [record.code for record in joined.records if record.notes] == []
    terms = [note.text for r in small_edition.records if r.code == "E00.0" for note in r.notes]
    assert found["E00.0"].terms == tuple(terms) != ()
    assert found["E11.9"].short == "Short"
    assert len(joined.records) == len(small_edition.records) + 1


def test_the_shipped_edition_is_loaded_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, small_edition: EditionFile
) -> None:
    monkeypatch.setattr(loading, "read_shipped", lambda: small_edition)
    first = loading.load_shipped_once()
    assert first is not None
    assert first.created == len(small_edition.records)
    assert loading.load_shipped_once() is None
