"""The samples of official files give the counts that are known of them, where they lie beside the project."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from benchmarks.code_samples import FOLDER, SAMPLES, Sample
from jobboard.codes.importers.request import ImportRequest, read_edition
from jobboard.codes.importers.running import read
from jobboard.codes.models import Code
from jobboard.database import db
from tests.codes.importers.conftest import Run, counts
from tests.conftest import Player
from tests.fuzz.importers import misfits

if FOLDER.exists():

    @pytest.mark.only_on("sqlite")
    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.files[0]}")
    def test_a_sample_gives_its_counts(run: Run, sample: Sample) -> None:
        told = counts(run(*sample.arguments, "--dry-run"))
        assert {name: told.get(name) for name in sample.counts} == sample.counts

    @pytest.mark.only_on("sqlite")
    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.files[0]}")
    def test_a_sample_fits_the_tables_of_every_database(app: Flask, sample: Sample) -> None:
        edition = read_edition(sample.words[1]) if sample.words else None
        asked = ImportRequest(tuple(FOLDER / file for file in sample.files), edition)
        datasets = read(sample.kind, asked)
        assert datasets
        assert [next(iter(misfits(each)), "") for each in datasets] == [""] * len(datasets)

    @pytest.mark.only_on("sqlite")
    def test_no_code_of_hcpcs_begins_with_d(run: Run) -> None:
        samples = [sample for sample in SAMPLES if sample.kind == "hcpcs"]
        for sample in samples:
            assert counts(run(*sample.arguments))["created"] > 0
        rows = dict(db.session.execute(select(Code.system, func.count()).group_by(Code.system)).all())
        assert rows["modifier"] == 3 * 383
        dental = select(func.count()).where(Code.system.in_(("hcpcs", "cdt")), Code.code.startswith("D"))
        assert db.session.scalar(dental) == 0

    @pytest.mark.only_on("sqlite")
    def test_a_page_shows_what_the_samples_know_of_a_code(run: Run, visitor: Player) -> None:
        wanted = {"icd10cm", "icd10cm-index", "icd10cm-poa", "guidelines", "hcc", "ccsr", "gem", "hcpcs"}
        for sample in SAMPLES:
            if sample.kind in wanted and sample.counts.get("edition") not in ("2024-10", "2027"):
                counts(run(*sample.arguments))
        told = " ".join(
            BeautifulSoup(visitor.get("/codes/icd10cm/E11.9").text, "html5lib").get_text(" ").split()
        )
        for words in (
            "Diabetes, diabetic (mellitus) (sugar)",
            "CMS-HCC V28 : HCC 38 Diabetes with Glycemic, Unspecified, or No Complications",
            "RxHCC V08",
            "END002 Diabetes mellitus without complication · default for inpatient and outpatient data",
            "250.00 · approximate match",
            "Not exempt: report whether it was present on admission.",
            "I.C.4.a Diabetes mellitus",
        ):
            assert words in told, words
        told = " ".join(
            BeautifulSoup(visitor.get("/codes/hcpcs/J1885").text, "html5lib").get_text(" ").split()
        )
        assert "Medicare coverage Special coverage instructions apply D" in told
        assert "Pricing under Medicare Part B Drugs 51" in told
