"""The operator's logo in the header."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.conftest import Player


def test_the_logo_that_the_site_names_is_shown(app: Flask, data_dir: Path, visitor: Player) -> None:
    assert visitor.get("/logo").status_code == 404
    (data_dir / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    app.extensions["site"] = replace(app.extensions["site"], logo="mark.svg", name="Coders of Ohio")
    assert 'src="/logo" alt="Coders of Ohio"' in visitor.get("/jobs").text
    answer = visitor.get("/logo")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()
