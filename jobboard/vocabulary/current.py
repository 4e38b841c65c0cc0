"""The vocabularies of the running application."""

from typing import cast

from flask import current_app

from jobboard.vocabulary.terms import Vocabularies


def vocabularies() -> Vocabularies:
    """The vocabularies that the application was started with (`app.extensions["vocabularies"]`)."""
    return cast(Vocabularies, current_app.extensions["vocabularies"])
