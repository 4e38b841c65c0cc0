"""`jobboard demo`: where it refuses, and that it serves."""

from __future__ import annotations

import json
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from jobboard import clock, create_app
from jobboard.codes.models import CodeEdition
from jobboard.database import db
from jobboard.demo.folder import KEY_FILE, NotADemo, claim, settings_for
from jobboard.service.cli import DEMO_MARK
from jobboard.settings import default_settings
from tests.serving import answers, clean_environment, eventually, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

START_SECONDS = 60


def run_demo(folder: Path, *words: str, **settings: object) -> Result:
    """Run the command in this process; only where it is refused, since it would serve."""
    return create_app(default_settings(folder, **settings)).test_cli_runner().invoke(args=["demo", *words])


@pytest.mark.parametrize(
    "bind", ["0.0.0.0:8000", "[::]:8000", "192.0.2.1:8000", "jobs.example.org:80", "8000"]
)
def test_an_address_that_others_reach_is_wrong_use(tmp_path: Path, bind: str):
    found = run_demo(tmp_path / "board", "--bind", bind)
    assert found.exit_code == 2
    assert "--bind" in found.output
    assert not (tmp_path / "board").exists()


def test_a_folder_with_another_board_is_refused_and_left_as_it_was(tmp_path: Path):
    (tmp_path / "board.db").write_bytes(b"somebody's board")
    found = run_demo(tmp_path, "--bind", f"127.0.0.1:{free_port()}")
    assert found.exit_code == 1
    assert "no demo" in found.output
    assert [path.name for path in tmp_path.iterdir()] == ["board.db"]


def test_a_database_elsewhere_is_refused(tmp_path: Path):
    elsewhere = f"sqlite:///{tmp_path / 'other.db'}"
    found = run_demo(tmp_path / "board", "--bind", f"127.0.0.1:{free_port()}", database_url=elsewhere)
    assert found.exit_code == 1
    assert "JOBBOARD_DATABASE_URL" in found.output
    assert not (tmp_path / "board").exists()


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        found = run_demo(tmp_path / "board", "--bind", f"127.0.0.1:{taken.getsockname()[1]}")
    assert found.exit_code == 1
    assert "--bind" in found.output
    assert not (tmp_path / "board").exists()


def test_the_folder_is_marked_first_and_its_key_is_its_owners_alone(tmp_path: Path):
    settings = default_settings(tmp_path / "board", mail_url="smtp://mail.example.org", rate_limits=False)
    claim(settings)
    assert (tmp_path / "board" / DEMO_MARK).exists()
    claim(settings)
    chosen = settings_for(settings, "http://127.0.0.1:8000")
    assert chosen.demo
    assert chosen.mail_url.startswith("mailbox:")
    assert not chosen.rate_limits
    chosen.require_secret_key()
    assert settings_for(settings, "http://127.0.0.1:9000").secret_key == chosen.secret_key
    assert stat.S_IMODE((tmp_path / "board" / KEY_FILE).stat().st_mode) == 0o600


def test_a_mark_alone_lets_a_half_made_board_be_finished(tmp_path: Path):
    (tmp_path / DEMO_MARK).touch()
    (tmp_path / "board.db").touch()
    claim(default_settings(tmp_path))
    (tmp_path / DEMO_MARK).unlink()
    with pytest.raises(NotADemo):
        claim(default_settings(tmp_path))


@pytest.mark.only_on("sqlite")
def test_it_serves_what_it_says_until_it_is_told_to_stop(data_dir: Path, database_url: str):
    (data_dir / DEMO_MARK).touch()
    _pretend_that_codes_are_loaded(data_dir)
    url = f"http://127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [sys.executable, "-m", "jobboard", "demo", "--bind", url.removeprefix("http://"), "--processes", "1"],
        env={**clean_environment(), "JOBBOARD_DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        eventually(lambda: answers(f"{url}/"), "the demo's first answer", START_SECONDS)
        with urllib.request.urlopen(f"{url}/api/v1/jobs?q=cath+lab&size=1") as answer:
            assert json.load(answer)["total"] >= 3
        assert answers(f"{url}/mailbox")
    finally:
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=START_SECONDS)
    assert server.returncode == 0
    for words in (url, "ana@demo.example", "mo@demo.example", f"{url}/mailbox"):
        assert words in said
    refused = subprocess.run(
        [sys.executable, "-m", "jobboard", "serve", "--bind", url.removeprefix("http://")],
        env={**clean_environment(), "JOBBOARD_DATA_DIR": str(data_dir), "JOBBOARD_SECRET_KEY": "k3y-" * 10},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
    assert refused.returncode == 1
    assert "demo" in refused.stderr


def _pretend_that_codes_are_loaded(data_dir: Path) -> None:
    with create_app(default_settings(data_dir, secret_key="x" * 40)).app_context():
        db.session.add(
            CodeEdition(
                system="icd10cm",
                label="2026",
                effective_from=clock.today(),
                source="test",
                copyright_line="",
                digest="0",
                loaded_at=clock.now(),
                in_force=True,
                codes_count=0,
            )
        )
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
