"""Texts made to be slow, and texts longer than any posting."""

from __future__ import annotations

import time

import pytest

from jobboard.codes.linker import LONGEST_TEXT, link

MILLION = 1_000_000
PIECES = [
    "99213,",
    "99202-15 ",
    "99213-25-",
    "modifiers 25/",
    "aa.",
    "e11 ",
    "E11 to ",
    "M15 ",
    "(99213 ",
    "V24,",
    "AA,",
    "XE, ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_million_hostile_characters_take_no_more_time_than_the_part_that_is_read(piece):
    part = piece * (LONGEST_TEXT // 10 // len(piece))
    link(part)
    started = time.process_time()
    link(part)
    tenth = time.process_time() - started
    started = time.process_time()
    link(piece * (MILLION // len(piece)))
    assert time.process_time() - started < 10 * tenth * 3 + 0.5


def test_a_text_is_read_as_far_as_the_limit_and_not_into_half_a_code():
    filler = "word " * ((LONGEST_TEXT - 4) // 5)
    text = filler + "CPT 99213 and CPT 99214"
    assert len(filler) < LONGEST_TEXT < len(text)
    assert [mention.start for mention in link(text)] == []
    assert [mention.start for mention in link("CPT 99213 " + filler + "CPT 99214 " * 9)] == ["99213"]
