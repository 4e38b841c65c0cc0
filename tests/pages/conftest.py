"""The companies and postings of the room `postings`, for pages that show them."""

from __future__ import annotations

from tests.codes.conftest import shipped_edition, small_edition
from tests.codes.importers.conftest import run
from tests.postings.conftest import colleague, draft, lakeside, mercy, olga_here, opened

__all__ = [
    "colleague",
    "draft",
    "lakeside",
    "mercy",
    "olga_here",
    "opened",
    "run",
    "shipped_edition",
    "small_edition",
]
