"""Titles of postings: half of them say what is coded, the others for whose claims, or nothing but the role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.relevance import pools

if TYPE_CHECKING:
    from random import Random

    from tests.relevance.truth import Truth


def title_of(truth: Truth, dice: Random) -> str:
    """A title for these facts."""
    noun = dice.choice(pools.ROLE_NOUNS[truth.role])
    side = dice.choice(pools.SIDE_WORDS[truth.side])
    draw = dice.random()
    if truth.topics and draw < 0.52:
        topic = "/".join(dice.choice(pools.topics()[key]["names"]) for key in truth.topics)
        form = dice.choice(("{topic} {noun}", "{topic} {noun}", "{noun}, {topic}", "{noun} - {topic}"))
        title = form.format(topic=topic, noun=noun)
    elif draw < 0.78:
        title = f"{side} {noun}"
    else:
        title = noun
    if truth.is_senior:
        title = f"Senior {title}"
    if truth.is_remote and dice.random() < 0.3:
        title += dice.choice((" (Remote)", " - Remote", " | Work from Home", " - 100% Remote"))
    elif dice.random() < 0.1:
        title += f" - {truth.city}, {truth.state}"
    if truth.employment == "per-diem" and dice.random() < 0.5:
        title += " (PRN)"
    if truth.required and dice.random() < 0.1:
        title += f", {truth.required[0].upper()}"
    return title
