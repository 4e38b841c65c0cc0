"""What is recognised with the shipped words."""

import pytest

from jobboard.postings.recognition import recognise
from jobboard.vocabulary import shipped


@pytest.fixture
def read():
    """Recognises a text, with a title that names nothing unless one is given."""

    def recognised(text, title="Opening"):
        return recognise(title, text, shipped())

    return recognised
