"""Texts made to be slow, and texts longer than any posting."""

from __future__ import annotations

import pytest

from benchmarks.linker import HOSTILE
from jobboard.codes.linker import LONGEST_TEXT, link

MILLION = 1_000_000


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_million_hostile_characters_give_what_the_part_that_is_read_gives(piece):
    barely_longer = piece * (LONGEST_TEXT // len(piece) + 10)
    assert len(barely_longer) > LONGEST_TEXT
    assert link(piece * (MILLION // len(piece))) == link(barely_longer)


def test_a_text_is_read_as_far_as_the_limit_and_not_into_half_a_code():
    filler = "word " * ((LONGEST_TEXT - 4) // 5)
    text = filler + "CPT 99213 and CPT 99214"
    assert len(filler) < LONGEST_TEXT < len(text)
    assert [mention.start for mention in link(text)] == []
    assert [mention.start for mention in link("CPT 99213 " + filler + "CPT 99214 " * 9)] == ["99213"]
