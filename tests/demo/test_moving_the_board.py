"""`jobboard db copy`: a whole board goes from one database to another, or none of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from jobboard import create_app
from jobboard.accounts import actions as accounts
from jobboard.accounts import passwords
from jobboard.accounts.models import Person
from jobboard.database import db
from jobboard.demo.cast import PASSWORD, address_of
from jobboard.postings.models import Posting, PostingTerm
from jobboard.search.index import openings_index
from jobboard.service.copying import NotCopied, copy
from jobboard.settings import default_settings
from tests.conftest import Player, browser
from tests.databases import PostgreSQLDatabases, SQLiteDatabases, engines_put_away

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result
    from flask import Flask

    from jobboard.settings import Settings
    from tests.databases import Databases
    from tests.servers.postgresql import NamedServer


@pytest.fixture(scope="session")
def other_kind(
    databases: Databases, postgresql_server: NamedServer, tmp_path_factory: pytest.TempPathFactory
) -> Databases:
    """Databases of the kind that the board does not stand on."""
    folder = tmp_path_factory.mktemp("other kind")
    return (
        SQLiteDatabases(folder)
        if databases.kind == "postgresql"
        else PostgreSQLDatabases(postgresql_server, folder)
    )


@pytest.fixture
def target(other_kind: Databases, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of the other kind."""
    url = other_kind.empty(tmp_path / "target")
    with engines_put_away():
        yield url
    other_kind.drop(url)


def copied(app: Flask, url: str) -> Result:
    """Run the command on the board of `app`."""
    db.session.remove()
    return app.test_cli_runner().invoke(args=["db", "copy", "--to", url])


def contents(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in the order of the keys."""
    with engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in db.metadata.sorted_tables
        }


def test_a_board_arrives_whole_and_goes_on_there(
    app: Flask, board_settings: Callable[..., Settings], target: str
) -> None:
    before = contents(db.engine)
    assert len(before["posting"]) > 150
    done = copied(app, target)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["checksums_equal"] is True
    assert {name: facts["rows"] for name, facts in told["tables"].items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert contents(db.engine) == before
    moved = create_app(board_settings(database_url=target, rate_limits=False, base_url="http://localhost"))
    moved.testing = True
    with moved.app_context():
        assert contents(db.engine) == before
        assert_it_goes_on(moved)
        db.session.remove()
        openings_index().rest(now=True)


def assert_it_goes_on(moved: Flask) -> None:
    """Somebody signs in, the index is made and agrees, and new rows get numbers after the old ones."""
    ana = Player("ana", browser(moved))
    answer = ana.post("/sign-in", {"email": address_of("ana"), "password": PASSWORD})
    assert answer.status_code in {302, 303}
    assert "Trauma Inpatient Coder" in ana.get("/applications").text
    for word in ("rebuild", "verify"):
        done = moved.test_cli_runner().invoke(args=["index", word])
        assert done.exit_code == 0, done.output
    last = db.session.scalar(select(func.max(Person.id)))
    assert accounts.add("new@example.org", "New", passwords.hash_of(PASSWORD)).id == last + 1
    db.session.commit()


def test_there_and_back_again_is_the_same_board(
    app: Flask, target: str, databases: Databases, tmp_path: Path
) -> None:
    before = contents(db.engine)
    assert copied(app, target).exit_code == 0
    third = databases.empty(tmp_path / "third")
    there = create_app(default_settings(tmp_path / "there", database_url=target))
    with there.app_context():
        done = copied(there, third)
    assert done.exit_code == 0, done.output
    engine = sa.create_engine(third)
    assert contents(engine) == before
    engine.dispose()
    databases.drop(third)


def test_a_target_with_rows_is_refused_and_left_as_it_is(app: Flask, target: str) -> None:
    assert copied(app, target).exit_code == 0
    refused = copied(app, target)
    assert refused.exit_code == 1
    assert "the target is not empty: its table" in refused.output


def test_a_target_with_tables_of_others_is_refused(app: Flask, target: str) -> None:
    engine = sa.create_engine(target)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE plant (name TEXT)")
    refused = copied(app, target)
    assert refused.exit_code == 1
    assert "tables of something else (plant)" in refused.output
    assert sa.inspect(engine).get_table_names() == ["plant"]
    engine.dispose()


def test_the_board_is_not_copied_onto_itself(app: Flask) -> None:
    refused = copied(app, db.engine.url.render_as_string(hide_password=False))
    assert refused.exit_code == 1
    assert "the board's own database" in refused.output


def test_a_board_without_its_migrations_is_not_copied(app: Flask, target: str) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    refused = copied(app, target)
    assert refused.exit_code == 1
    assert "jobboard db upgrade" in refused.output


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:hush@h/d", "--to"),
        ("postgresql://u:hush@127.0.0.1:1/d", "the database does not answer"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(app: Flask, url: str, said: str) -> None:
    refused = copied(app, url)
    assert refused.exit_code in {1, 2}
    assert said in refused.output
    assert "hush" not in refused.output


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("description", "one\x00two", "NUL character"),
        ("title", "T" * 201, "201 characters where 200 fit"),
        ("openings", 2**40, "too large"),
    ],
)
def test_what_postgresql_cannot_hold_is_named_and_nothing_is_copied(
    column: str, value: object, said: str, app: Flask, target: str
) -> None:
    last = db.session.scalar(select(func.max(Posting.id)))
    # As it got there: without the board's checks.
    with db.engine.begin() as connection:
        connection.execute(
            sa.update(Posting.__table__).where(Posting.id == last).values({column: value})  # type: ignore[arg-type]
        )
    refused = copied(app, target)
    assert refused.exit_code == 1
    assert f"table posting, id {last}, column {column}: " in refused.output
    assert said in refused.output
    assert nothing_in(target)


def nothing_in(url: str) -> bool:
    """Whether all tables there are empty."""
    engine = sa.create_engine(url)
    found = contents(engine)
    engine.dispose()
    return not any(found.values())


@pytest.mark.only_on("sqlite")
def test_links_to_rows_that_are_not_there_are_refused(app: Flask, target: str) -> None:
    with db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            sa.insert(PostingTerm.__table__).values(  # type: ignore[arg-type]
                posting_id=10**6, facet="role", slug="coder", position=0, origin="stated"
            )
        )
        connection.commit()
        connection.connection.cursor().execute("PRAGMA foreign_keys = ON")
    refused = copied(app, target)
    assert refused.exit_code == 1
    assert "table posting_term: the target refused a row" in refused.output
    assert nothing_in(target)


def test_a_copy_that_is_broken_off_leaves_nothing(app: Flask, other_kind: Databases, tmp_path: Path) -> None:
    class BrokenOff(Exception):
        pass

    def break_off(_rows: int) -> None:
        raise BrokenOff

    url = other_kind.migrated(tmp_path / "broken off")
    other = create_app(default_settings(tmp_path / "other", database_url=url))
    source = db.engine
    with other.app_context(), pytest.raises(BrokenOff):
        copy(source, db.engine, break_off)
    assert nothing_in(url)
    with other.app_context():
        db.engine.dispose()
    other_kind.drop(url)


def test_what_is_written_meanwhile_is_not_half_copied(
    app: Flask, other_kind: Databases, tmp_path: Path
) -> None:
    """The source is read as it was when the copy began."""
    before = contents(db.engine)
    url = other_kind.migrated(tmp_path / "meanwhile")
    other = create_app(default_settings(tmp_path / "other", database_url=url))
    source = db.engine
    written = []

    def write(_rows: int) -> None:
        if not written:
            with source.begin() as connection:
                connection.execute(sa.update(Posting.__table__).values(title="Later"))  # type: ignore[arg-type]
            written.append(True)

    with other.app_context():
        copy(source, db.engine, write)
        assert contents(db.engine) == before
        db.engine.dispose()
    assert written
    other_kind.drop(url)


def test_two_copies_into_one_target_do_not_mix(app: Flask, other_kind: Databases, tmp_path: Path) -> None:
    url = other_kind.migrated(tmp_path / "twice")
    other = create_app(default_settings(tmp_path / "other", database_url=url))
    source = db.engine
    with other.app_context():
        copy(source, db.engine, lambda _rows: None)
        with pytest.raises(NotCopied, match="not empty"):
            copy(source, db.engine, lambda _rows: None)
        db.engine.dispose()
    other_kind.drop(url)
