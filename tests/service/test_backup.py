"""The drill: a board is saved while people use it, lost, and made again from the backup alone."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from jobboard import create_app
from jobboard.applications import documents
from jobboard.applications.documents import Upload
from jobboard.applications.models import Document
from jobboard.applications.sniffing import kind_of
from jobboard.database import db, writing
from jobboard.mail.models import Letter
from jobboard.mail.queries import waiting_letters
from jobboard.settings import default_settings
from tests.applications.openings import PDF
from tests.conftest import PASSWORD, browser
from tests.house.world import made
from tests.serving import clean_environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from jobboard.settings import Settings
    from tests.databases import Databases
    from tests.house.world import World

KEY = "a-key-for-tests-0123456789-abcdefgh"


def jobboard(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jobboard", *words],
        env={**clean_environment(), **settings.environment()},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class People(threading.Thread):
    """Use the board until told to stop: each time a résumé and two letters, in one commit."""

    def __init__(self, world: World) -> None:
        super().__init__(name="people")
        self.enough, self.times = threading.Event(), 0
        self._world = world

    def run(self) -> None:
        with self._world.app.app_context():
            while not self.enough.wait(0.01):
                self._once()
                self.times += 1
            db.session.remove()

    def _once(self) -> None:
        upload = Upload(f"{self.times}.pdf", kind_of(PDF), PDF + b"%d" % self.times)
        with documents.received(upload) as stored, writing():
            assert stored is not None
            facts = {"size": stored.size, "sha256": stored.sha256, "storage_name": stored.name}
            ana = self._world.names["ana"]
            db.session.add(
                Document(person_id=ana, file_name="new.pdf", media_type="application/pdf", **facts)
            )
            for _ in range(2):
                subject = f"Pair {self.times}"
                db.session.add(
                    Letter(kind="drill", to_address="a@example.org", subject=subject, text="", html="")
                )
            db.session.commit()


@pytest.fixture
def world(tmp_path: Path, databases: Databases) -> Iterator[World]:
    world = made(tmp_path / "lost", databases)
    yield world
    with world.app.app_context():
        db.engine.dispose()
    databases.drop(world.database_url)
    databases.drop(world.kept_url)


@pytest.fixture
def elsewhere(tmp_path: Path, databases: Databases) -> Iterator[Settings]:
    """Settings of a board that is not there yet, on another machine as it were."""
    url = databases.empty(tmp_path / "found")
    yield default_settings(
        tmp_path / "found", database_url=url, secret_key=KEY, rate_limits=False, base_url="http://localhost"
    )
    databases.drop(url)


@pytest.fixture
def backup(app: Flask, tmp_path: Path) -> Path:
    """A backup of a board with one letter and a file of the operator's."""
    settings = app.extensions["settings"]
    (settings.data_dir / "site.toml").write_text('name = "Coders"\n', encoding="utf-8")
    db.session.add(Letter(kind="drill", to_address="a@example.org", subject="One", text="", html=""))
    db.session.commit()
    done = jobboard(settings, "db", "backup", "--to", str(tmp_path / "backup"))
    assert done.returncode == 0, done.stderr
    return tmp_path / "backup"


def test_a_board_that_is_lost_comes_back_from_its_backup(
    world: World, elsewhere: Settings, databases: Databases, tmp_path: Path
) -> None:
    saved = tmp_path / "backups" / "sunday"
    people = People(world)
    people.start()
    try:
        while people.times < 5:
            people.enough.wait(0.01)
        done = jobboard(world.app.extensions["settings"], "db", "backup", "--to", str(saved))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.splitlines()[-1])["files"] > 5
        times = people.times
        while people.times < times + 2:
            people.enough.wait(0.01)
    finally:
        people.enough.set()
        people.join()
    with world.app.app_context():
        db.engine.dispose()
    databases.drop(world.database_url)
    shutil.rmtree(world.folder)
    for words in (
        ("db", "restore", "--from", str(saved)),
        ("db", "upgrade"),
        ("index", "rebuild"),
        ("index", "verify"),
    ):
        done = jobboard(elsewhere, *words)
        assert done.returncode == 0, (words, done.stderr)

    app = create_app(elsewhere)
    app.testing = True
    with app.app_context():
        pairs = db.session.execute(
            select(Letter.subject, func.count()).where(Letter.kind == "drill").group_by(Letter.subject)
        ).all()
        assert len(pairs) >= 5
        assert {number for _, number in pairs} == {2}
        assert waiting_letters() >= 2 * len(pairs)
        for document in db.session.scalars(select(Document)):
            content = documents.store().path(document.storage_name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == document.sha256
    client = browser(app)
    assert client.post_form("/sign-in", {"email": "ana@example.org", "password": PASSWORD}).status_code == 303
    with client.get(f"/applications/{world.names['application']}/resume") as resume:
        assert (resume.status_code, resume.data) == (200, PDF + b"sent.pdf")
    assert "Open opening" in client.get("/jobs?q=trauma").get_data(as_text=True)
    with client.get("/logo") as logo:
        assert logo.status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_only_its_owner_can_read_a_backup(backup: Path) -> None:
    for path in (backup, *backup.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_index_and_the_measures_are_left_out(app: Flask, backup: Path, tmp_path: Path) -> None:
    settings = app.extensions["settings"]
    assert jobboard(settings, "index", "drain").returncode == 0
    (settings.data_dir / "measures").mkdir()
    (settings.data_dir / "measures" / "counter_x-1.db").touch()
    assert (settings.data_dir / "search").is_dir()
    assert jobboard(settings, "db", "backup", "--to", str(tmp_path / "second")).returncode == 0
    names = json.loads((tmp_path / "second" / "manifest.json").read_text())["files"]
    assert [name for name in names if name.startswith("data/")] == ["data/site.toml"]
    assert len(names) == 2


def test_a_backup_is_a_new_folder_outside_of_the_data(app: Flask, backup: Path) -> None:
    settings = app.extensions["settings"]
    again = jobboard(settings, "db", "backup", "--to", str(backup))
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    inside = jobboard(settings, "db", "backup", "--to", str(settings.data_dir / "backup"))
    assert (inside.returncode, "data folder" in inside.stderr) == (1, True)
    assert not (settings.data_dir / "backup").exists()


def test_where_no_board_is_nothing_is_saved(elsewhere: Settings, tmp_path: Path) -> None:
    refused = jobboard(elsewhere, "db", "backup", "--to", str(tmp_path / "backup"))
    assert (refused.returncode, "not been migrated" in refused.stderr) == (1, True)
    assert not (tmp_path / "backup").exists()


def test_a_board_is_never_restored_over(app: Flask, backup: Path) -> None:
    refused = jobboard(app.extensions["settings"], "db", "restore", "--from", str(backup))
    assert (refused.returncode, "already holds tables" in refused.stderr) == (1, True)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 1


def test_a_file_in_the_way_is_named_and_kept(backup: Path, elsewhere: Settings) -> None:
    elsewhere.data_dir.mkdir(exist_ok=True)
    (elsewhere.data_dir / "site.toml").write_text('name = "Mine"\n', encoding="utf-8")
    refused = jobboard(elsewhere, "db", "restore", "--from", str(backup))
    assert (refused.returncode, "site.toml is there already" in refused.stderr) == (1, True)
    assert "Mine" in (elsewhere.data_dir / "site.toml").read_text()


def spoil_a_file(backup: Path) -> None:
    (backup / "data" / "site.toml").write_text("name = 'Other'\n", encoding="utf-8")


def lose_a_file(backup: Path) -> None:
    (backup / "data" / "site.toml").unlink()


def lose_the_list(backup: Path) -> None:
    (backup / "manifest.json").unlink()


def list_of(change: Callable[[dict], object]) -> Callable[[Path], None]:
    def spoil(backup: Path) -> None:
        said = json.loads((backup / "manifest.json").read_text())
        change(said)
        (backup / "manifest.json").write_text(json.dumps(said), encoding="utf-8")

    return spoil


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (spoil_a_file, "data/site.toml is not the file that was saved"),
        (lose_a_file, "data/site.toml: No such file"),
        (lose_the_list, "it has no manifest.json"),
        (list_of(lambda said: said.update(format=9)), "format 9"),
        (list_of(lambda said: said.update(files=[])), "cannot be read"),
        (list_of(lambda said: said.update(migration="9999")), "newer version"),
        (list_of(lambda said: said.update(kind="mysql")), "the backup is of mysql"),
        (
            list_of(lambda said: said["files"].update({"data/../../x": {"size": 0, "sha256": ""}})),
            "'data/../../x'",
        ),
        (list_of(lambda said: said["files"].update({"/etc/x": {"size": 0, "sha256": ""}})), "'/etc/x'"),
    ],
)
def test_a_backup_that_is_not_whole_restores_nothing(
    spoil: Callable[[Path], None], named: str, backup: Path, elsewhere: Settings
) -> None:
    spoil(backup)
    refused = jobboard(elsewhere, "db", "restore", "--from", str(backup))
    assert refused.returncode == 1
    assert named in refused.stderr
    assert "Traceback" not in refused.stderr
    assert left_in(elsewhere) == []


def left_in(settings: Settings) -> list[str]:
    folder = settings.data_dir
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else []


@pytest.mark.only_on("sqlite")
def test_a_damaged_database_is_not_saved_and_leaves_no_half(app: Flask, backup: Path, tmp_path: Path) -> None:
    settings = app.extensions["settings"]
    db.session.remove()
    db.engine.dispose()
    with (settings.data_dir / "board.db").open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096 * 8)
    refused = jobboard(settings, "db", "backup", "--to", str(tmp_path / "second"))
    assert refused.returncode == 1
    assert "board.db" in refused.stderr
    assert [path.name for path in tmp_path.iterdir() if "second" in path.name] == []


@pytest.mark.only_on("postgresql")
def test_a_program_that_is_missing_is_named_and_nothing_is_left(
    app: Flask, backup: Path, elsewhere: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = jobboard(app.extensions["settings"], "db", "backup", "--to", str(tmp_path / "second"))
    assert (refused.returncode, "the program pg_dump is missing" in refused.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir() if "second" in path.name] == []
    refused = jobboard(elsewhere, "db", "restore", "--from", str(backup))
    assert (refused.returncode, "the program pg_restore is missing" in refused.stderr) == (1, True)
    assert left_in(elsewhere) == []
