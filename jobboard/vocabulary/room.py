"""How the room `vocabulary` joins the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.settings import SettingsError
from jobboard.vocabulary.files import VocabularyError, load

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Read the vocabularies, the data folder's over the shipped ones; `SettingsError` names what is wrong."""
    try:
        app.extensions["vocabularies"] = load(app.extensions["settings"].data_dir)
    except VocabularyError as problem:
        raise SettingsError(str(problem)) from problem
