"""Files on the disk: whole or not at all, and swept up after."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from jobboard import unit_of_work
from jobboard.applications import documents
from jobboard.applications.models import Application, Document
from jobboard.applications.sniffing import PDF as PDF_KIND
from jobboard.applications.store import DocumentStore, NotStored
from jobboard.database import db
from jobboard.postings.models import Posting
from tests.applications.openings import PDF, fresh, opened, upload
from tests.conftest import Player


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The kernel refuses to let any file grow beyond `size` bytes, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_what_is_put_is_kept_under_a_random_name_for_the_owner_alone(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "documents")
    one, two = store.put(PDF), store.put(PDF)
    assert one.name != two.name
    assert one.size == len(PDF)
    assert store.path(one.name).read_bytes() == PDF
    assert (store.path(one.name).stat().st_mode & 0o777) == 0o600
    assert ((tmp_path / "documents").stat().st_mode & 0o777) == 0o700
    assert files(tmp_path / "documents") == sorted([one.name, two.name])


@pytest.mark.parametrize("name", ["", "../board.db", "abc", "A" * 40, "/etc/passwd"])
def test_the_store_knows_only_names_of_its_own(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name of this store"):
        DocumentStore(tmp_path).path(name)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "documents")
    with no_file_larger_than(1000), pytest.raises(NotStored):
        store.put(b"x" * 5000)
    assert files(tmp_path / "documents") == []


def test_a_folder_that_is_a_file_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("in the way")
    with pytest.raises(NotStored):
        DocumentStore(tmp_path / "documents").put(PDF)


def test_a_full_disk_is_said_to_whoever_applies_and_nothing_is_sent(
    opening: Posting, ana: Player, data_dir: Path
) -> None:
    # The database writes on: the log of SQLite is emptied first, so that it stays below the limit.
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    large = b"%PDF-1.7" + b"x" * 450_000
    with no_file_larger_than(400_000):
        answer = ana.post(f"/jobs/{opening.id}/apply", {"message": "Hello", "resume": upload(large)})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert "could not keep your file" in page
    assert "Hello</textarea>" in page
    assert files(data_dir / "documents") == []
    assert db.session.scalar(select(func.count(Application.id))) == 0
    assert db.session.scalar(select(func.count(Document.id))) == 0
    assert ana.post(f"/jobs/{opening.id}/apply", {"message": "Hello", "resume": upload()}).status_code == 303


def test_a_refused_application_leaves_no_file(opening: Posting, ana: Player, data_dir: Path) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"message": "First"})
    answer = ana.post(f"/jobs/{opening.id}/apply", {"message": "Second", "resume": upload()})
    assert answer.status_code == 409
    assert files(data_dir / "documents") == []


def test_the_same_file_again_is_kept_once(
    opening: Posting, mercy, eve, mo, ana: Player, data_dir: Path
) -> None:
    other = opened(fresh(mercy), eve, mo, title="Auditor")
    for posting in (opening, other):
        assert ana.post(f"/jobs/{posting.id}/apply", {"resume": upload()}).status_code == 303
    assert db.session.scalar(select(func.count(Document.id))) == 1
    assert len(files(data_dir / "documents")) == 1


def test_what_fails_after_the_commit_loses_no_file(
    opening: Posting, ana: Player, data_dir: Path, app: Flask
) -> None:
    """The nudge that follows a commit fails: the application stands, and so does its résumé."""
    content = documents.Upload("cv.pdf", PDF_KIND, PDF)

    def receive() -> None:
        with documents.received(content) as stored:
            documents.add(ana.person_id, content, stored)
            unit_of_work.commit()
            raise RuntimeError("the nudge failed")

    with pytest.raises(RuntimeError, match="nudge"):
        receive()
    assert files(data_dir / "documents") == [db.session.scalars(select(Document)).one().storage_name]


def test_an_account_keeps_so_many_resumes_and_no_more(opening: Posting, ana: Player, data_dir: Path) -> None:
    for number in range(documents.MOST_DOCUMENTS):
        stored = documents.store().put(PDF + bytes([65 + number]))
        db.session.add(
            Document(
                person_id=ana.person_id,
                file_name=f"{number}.pdf",
                media_type="application/pdf",
                size=stored.size,
                sha256=stored.sha256,
                storage_name=stored.name,
            )
        )
    db.session.commit()
    answer = ana.post(f"/jobs/{opening.id}/apply", {"message": "Hello", "resume": upload()})
    assert answer.status_code == 422
    assert "as many résumés" in answer.get_data(as_text=True)
    assert len(files(data_dir / "documents")) == documents.MOST_DOCUMENTS
    again = ana.post(f"/jobs/{opening.id}/apply", {"message": "Hello", "resume": upload(PDF + b"A")})
    assert again.status_code == 303
    assert db.session.scalar(select(func.count(Document.id))) == documents.MOST_DOCUMENTS


def test_an_account_keeps_so_many_bytes_and_no_more(opening: Posting, ana: Player) -> None:
    db.session.add(
        Document(
            person_id=ana.person_id,
            file_name="large.pdf",
            media_type="application/pdf",
            size=documents.MOST_BYTES - 10,
            sha256="0" * 64,
            storage_name="0" * 40,
        )
    )
    db.session.commit()
    assert ana.post(f"/jobs/{opening.id}/apply", {"resume": upload()}).status_code == 422


def test_a_lost_file_is_not_there_instead_of_an_error(opening: Posting, ana: Player, data_dir: Path) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"resume": upload()})
    application = db.session.scalars(select(Application)).one()
    (data_dir / "documents" / application.document.storage_name).unlink()
    assert ana.get(f"/applications/{application.id}/resume").status_code == 404


def test_the_sweep_takes_old_orphans_and_leaves_the_rest(
    opening: Posting, ana: Player, data_dir: Path, app: Flask
) -> None:
    ana.post(f"/jobs/{opening.id}/apply", {"resume": upload()})
    kept = db.session.scalars(select(Document)).one().storage_name
    folder = data_dir / "documents"
    young = documents.store().put(b"young orphan").name
    old = documents.store().put(b"old orphan").name
    half = folder / ("a" * 40 + ".part")
    half.write_bytes(b"half")
    (folder / "README").write_text("not ours")
    long_ago = time.time() - 3 * 86400
    for path in (folder / kept, folder / old, half, folder / "README"):
        os.utime(path, (long_ago, long_ago))
    assert documents.sweep() == 2
    assert files(folder) == sorted([kept, young, "README"])
    assert documents.sweep() == 0
