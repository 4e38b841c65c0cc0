"""How the room `my_codes` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.my_codes import models as models

if TYPE_CHECKING:
    from flask import Flask


def register(_app: Flask) -> None:
    """The tables alone so far."""
