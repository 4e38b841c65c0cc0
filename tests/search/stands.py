"""A board on one database and one search engine, with the processes beside it that tests start and kill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from jobboard.database import db
from jobboard.search.claims import CLAIM
from jobboard.search.comparing import verify
from jobboard.search.index import openings_index
from jobboard.search.leases import LEASE
from jobboard.search.models import IndexChange
from tests.crashes import begun, environment_of, killed_at
from tests.engines import EMBEDDED, call

if TYPE_CHECKING:
    import subprocess

    from click.testing import Result
    from flask import Flask

    from jobboard.search.comparing import Comparison
    from tests.engines import Place

# After so long nobody waits for a process that died.
MOURNED = max(CLAIM, LEASE) + timedelta(seconds=1)


@dataclass
class Stand:
    """The board of this process, whose context is pushed, and where its index is kept."""

    app: Flask
    place: Place

    @property
    def single_writer(self) -> bool:
        """Whether the engine has one."""
        return self.place.kind == EMBEDDED

    @property
    def environment(self) -> dict[str, str]:
        """In which another process is the same board."""
        return environment_of(self.app.extensions["settings"])

    def run(self, *words: str) -> Result:
        """Run `jobboard` with these words to its end, in this process."""
        db.session.commit()
        told = self.app.test_cli_runner().invoke(args=list(words))
        db.session.rollback()
        db.session.expire_all()
        return told

    def carry(self) -> None:
        """Have everything that is stored in the index."""
        done = self.run("index", "drain")
        assert done.exit_code == 0, done.output
        assert self.compared().agrees
        assert self.queued() == 0

    def killed_at(self, place: str, *words: str) -> None:
        """Run `jobboard` with these words in another process, which is killed at `place`."""
        db.session.commit()
        killed_at(place, self.environment, *words)

    def begun(self, *words: str, **settings: str) -> subprocess.Popen[str]:
        """Begin `jobboard` with these words in another process."""
        db.session.commit()
        return begun({**self.environment, **settings}, *words)

    def compared(self) -> Comparison:
        """The index against the database."""
        db.session.rollback()
        return verify(openings_index().reader)

    def found(self) -> set[int]:
        """The ids that readers find now."""
        reader = openings_index().reader
        reader.refresh()
        return {int(one) for one, _ in reader.ids_and_versions()}

    def queued(self) -> int:
        """How many changes wait in the outbox."""
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(IndexChange)) or 0

    def indexes(self) -> int:
        """How many indexes of openings the engine keeps, half-built ones included."""
        if self.place.server is None:
            folder = Path(self.place.url.removeprefix("embedded:"))
            builds = folder / openings_index().schema.name / "builds"
            return len(list(builds.iterdir())) if builds.exists() else 0
        return len(call(self.place.url, "GET", f"/{self.place.access.prefix}*/_mapping"))


def close_behind_the_index(posting_id: int) -> None:
    """Close a posting in such a way that the index never hears of it: it goes on to be found until a rebuild."""
    db.session.execute(text("UPDATE posting SET state = 'closed' WHERE id = :id"), {"id": posting_id})
    db.session.commit()
