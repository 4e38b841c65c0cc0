"""A message that is too long comes back whole: nothing is cut off without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jobboard.applications.forms import LONGEST_MESSAGE

if TYPE_CHECKING:
    from jobboard.postings.models import Posting
    from tests.conftest import Player


def test_a_message_that_is_too_long_is_kept_whole(opening: Posting, ana: Player) -> None:
    path = f"/jobs/{opening.id}/apply"
    field = re.search(r"<textarea[^>]*>", ana.get(path).text)
    assert field is not None
    assert "maxlength" not in field[0]
    typed = "e" * (LONGEST_MESSAGE + 1)
    answer = ana.post(path, {"message": typed})
    assert answer.status_code == 422
    assert "Please keep it to 5,000 characters." in answer.text
    assert typed in answer.text
