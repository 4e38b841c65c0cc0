"""The companies and postings of the room `postings`, for pages that show them."""

from __future__ import annotations

from tests.postings.conftest import colleague, draft, lakeside, mercy, olga_here, opened

__all__ = ["colleague", "draft", "lakeside", "mercy", "olga_here", "opened"]
