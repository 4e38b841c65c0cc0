"""What the command says when settings or database are not fit for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.serving import clean_environment


def _jobboard(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jobboard", *words],
        env={**clean_environment(), **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = _jobboard("people", "list", JOBBOARD_DATA_DIR=str(tmp_path / "file" / "board"))
    assert said.returncode == 2
    assert "JOBBOARD_DATA_DIR" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_database_without_tables_is_refused_in_words(tmp_path: Path) -> None:
    said = _jobboard("people", "list", JOBBOARD_DATA_DIR=str(tmp_path / "board"))
    assert said.returncode == 1
    assert "jobboard db upgrade" in said.stderr
    assert "Traceback" not in said.stderr
