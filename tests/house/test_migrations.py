"""Every migration runs up and down with rows in the tables, and the newest makes what the models describe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade

from jobboard import create_app
from jobboard.database import db
from jobboard.resources import resource_folder
from jobboard.settings import default_settings
from tests.house.table_rows import fill_tables, row_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.databases import Databases

SCRIPTS = ScriptDirectory(str(resource_folder("migrations")))
# The oldest first.
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


@pytest.fixture
def empty(tmp_path: Path, databases: Databases) -> Iterator[Flask]:
    """A board whose database has no tables yet."""
    url = databases.empty(tmp_path)
    app = create_app(default_settings(tmp_path, secret_key="x" * 40, database_url=url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    databases.drop(url)


def dangling(connection: sa.Connection) -> list[Any]:
    """References to rows that are not there; PostgreSQL itself never has one."""
    if connection.dialect.name != "sqlite":
        return []
    return list(connection.exec_driver_sql("PRAGMA foreign_key_check").all())


def before(revision: str) -> str:
    place = REVISIONS.index(revision)
    return REVISIONS[place - 1] if place else "base"


def go_to(revision: str) -> None:
    if revision != "base":
        upgrade(revision=revision)


def test_migrations_are_numbered_in_one_line() -> None:
    assert [f"{place:04d}" for place in range(1, len(REVISIONS) + 1)] == REVISIONS
    assert SCRIPTS.get_heads() == [REVISIONS[-1]]
    files = sorted(file.name for file in Path(SCRIPTS.versions).glob("*.py"))
    assert [name[:4] for name in files] == REVISIONS
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in files)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_migration_goes_up_and_down_with_rows(revision: str, empty: Flask) -> None:
    go_to(before(revision))
    with db.engine.begin() as connection:
        first = fill_tables(connection, 1)
    upgrade(revision=revision)
    with db.engine.begin() as connection:
        kept = row_counts(connection)
        assert {name: kept[name] for name in first if name in kept} == {
            name: 1 for name in first if name in kept
        }
        second = fill_tables(connection, 2)
        assert second
        assert dangling(connection) == []
    downgrade(revision=before(revision))
    with db.engine.connect() as connection:
        assert set(row_counts(connection)) == set(first)
        assert dangling(connection) == []
    upgrade(revision=revision)
    with db.engine.begin() as connection:
        assert fill_tables(connection, 3).keys() == second.keys()


def test_all_the_way_up_and_down_and_up(empty: Flask) -> None:
    upgrade()
    with db.engine.begin() as connection:
        assert set(fill_tables(connection, 1).values()) == {1}
    downgrade(revision="base")
    with db.engine.connect() as connection:
        assert row_counts(connection) == {}
    upgrade()
    with db.engine.connect() as connection:
        assert set(row_counts(connection).values()) == {0}


def test_going_up_again_leaves_a_filled_database_as_it_is(empty: Flask) -> None:
    upgrade()
    with db.engine.begin() as connection:
        fill_tables(connection, 1)
        fill_tables(connection, 2)
    upgrade()
    with db.engine.connect() as connection:
        assert set(row_counts(connection).values()) == {2}


def test_the_newest_migration_makes_what_the_models_describe(
    app: Flask, databases: Databases, tmp_path: Path
) -> None:
    command.check(current_app.extensions["migrate"].migrate.get_config())
    url = databases.empty(tmp_path / "fresh")
    fresh = sa.create_engine(url)
    try:
        db.metadata.create_all(fresh)
        modelled = described(fresh)
    finally:
        fresh.dispose()
    databases.drop(url)
    migrated = described(db.engine)
    assert migrated.keys() == modelled.keys()
    assert len(migrated) > 20
    for table, facts in modelled.items():
        assert migrated[table] == facts, table


def described(engine: sa.Engine) -> dict[str, dict[str, Any]]:
    """What a database says of its tables: more than Alembic compares, checks and rules of deletion among them."""
    inspector = sa.inspect(engine)
    found = {}
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        found[table] = {
            "columns": {
                column["name"]: (
                    column["type"].compile(engine.dialect),
                    getattr(column["type"], "collation", None),
                    column["nullable"],
                    column["default"],
                )
                for column in inspector.get_columns(table)
            },
            "primary key": inspector.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(
                (key["constrained_columns"], key["referred_table"], sorted(key["options"].items()))
                for key in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(one["column_names"] for one in inspector.get_unique_constraints(table)),
            "checks": sorted(
                re.sub(r"\s+", " ", one["sqltext"]) for one in inspector.get_check_constraints(table)
            ),
            "indexes": sorted(
                (one["name"], one["column_names"], bool(one["unique"]), str(one.get("dialect_options", {})))
                for one in inspector.get_indexes(table)
            ),
        }
    return found


def test_the_comparison_sees_what_is_missing(app: Flask, tmp_path: Path) -> None:
    """The test above can fail: a check, an index and a column that only one side has."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE a (x INTEGER NOT NULL, y TEXT, CHECK (x > 0))")
            with_all = described(engine)
            connection.exec_driver_sql("CREATE INDEX ix_a_y ON a (y)")
        with_index = described(engine)
        assert with_all != with_index
        assert with_index["a"]["checks"] == ["x > 0"]
    finally:
        engine.dispose()
