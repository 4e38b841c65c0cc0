"""The samples of official files give the counts that are known of them, where they lie beside the project."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from benchmarks.code_samples import FOLDER, SAMPLES, Sample
from jobboard.codes.models import Code
from jobboard.database import db
from tests.codes.importers.conftest import Run, counts

if FOLDER.exists():

    @pytest.mark.only_on("sqlite")
    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.kind}-{sample.files[0]}")
    def test_a_sample_gives_its_counts(run: Run, sample: Sample) -> None:
        told = counts(run(*sample.arguments, "--dry-run"))
        assert {name: told.get(name) for name in sample.counts} == sample.counts

    @pytest.mark.only_on("sqlite")
    def test_no_code_of_hcpcs_begins_with_d(run: Run) -> None:
        samples = [sample for sample in SAMPLES if sample.kind == "hcpcs"]
        for sample in samples:
            assert counts(run(*sample.arguments))["created"] > 0
        rows = dict(db.session.execute(select(Code.system, func.count()).group_by(Code.system)).all())
        assert rows["modifier"] == 3 * 383
        dental = select(func.count()).where(Code.system.in_(("hcpcs", "cdt")), Code.code.startswith("D"))
        assert db.session.scalar(dental) == 0
