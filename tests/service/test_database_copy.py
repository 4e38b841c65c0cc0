"""How PostgreSQL's own programs are called: they are told who we are where nobody else can read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from jobboard.service.database_copy import CopyFailed, dump, load

URL = "postgresql+psycopg://board:hush@db.example.org:5433/jobs?sslmode=verify-full&sslrootcert=/etc/ca.pem"


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file into which the programs write how they were called."""
    said = tmp_path / "called"
    for name in ("pg_dump", "pg_restore"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$0 $@" > {said}\nenv | grep ^PG | sort >> {said}\n')
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    for name in ("PGHOST", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return said


@pytest.mark.parametrize("call", [dump, load])
def test_the_password_stands_in_the_environment_and_on_no_command_line(call: object, called: Path) -> None:
    call(make_url(URL), Path("/backup/board.dump"))  # type: ignore[operator]
    line, *environment = called.read_text().splitlines()
    assert "hush" not in line
    assert environment == [
        "PGDATABASE=jobs",
        "PGHOST=db.example.org",
        "PGPASSWORD=hush",
        "PGPORT=5433",
        "PGSSLMODE=verify-full",
        "PGSSLROOTCERT=/etc/ca.pem",
        "PGUSER=board",
    ]


def test_what_the_programs_cannot_be_told_is_named(called: Path) -> None:
    with pytest.raises(CopyFailed, match="keepalives_idle"):
        dump(make_url(f"{URL}&keepalives_idle=9"), Path("/backup/board.dump"))
    assert not called.exists()
