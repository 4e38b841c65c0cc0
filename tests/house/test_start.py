from __future__ import annotations

import pytest
from flask import Flask

from jobboard.access.audience import UnlabelledView, refuse_unlabelled_views
from jobboard.database import db
from tests.conftest import Player


def test_a_view_without_an_audience_keeps_the_board_from_starting() -> None:
    app = Flask("quiet")
    app.add_url_rule("/quiet", "quiet", lambda: "hush")
    with pytest.raises(UnlabelledView, match="quiet"):
        refuse_unlabelled_views(app)


@pytest.mark.only_on("sqlite")
def test_sqlite_is_opened_with_wal_and_foreign_keys(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_cast_is_who_it_says(app: Flask, ana: Player, mo: Player) -> None:
    assert ana.person.display_name == "Ana"
    assert mo.person.is_moderator
