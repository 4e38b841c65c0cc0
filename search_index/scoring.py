"""What a match is worth, the same on every engine.

A word is worth the weight of the best field that carries it, a little for each other field, times its scarcity. How
often a field carries it, and how long the field is, count nothing, so a score depends on nothing but the document and
what `scarcity` was told: it stays the same while other documents come, and is the same on every engine. All factors
are multiples of a power of two, so that a sum does not depend on its order either.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log2

from search_index.conditions import AnyOf, Condition, Without

# A word in two fields counts a little more than in the better of them; an alternative less than the word itself.
TIE_BREAKER = 0.25
ALTERNATIVE = 0.75
# A function word beside others, where it happens to be found.
WISHED = 0.0625
# Codes that a word stands for: the very code, and one that only overlaps.
EXACT_CODE, OVERLAPPING_CODE = 6.0, 4.0
# A condition that a word stands for, unless its keyword field says another weight: clearly above one word of a body,
# below one of a title. That something is not so tells little.
CONDITION, ABSENCE = 6.0, 1.0
# Words of a run that stands for one thing, where they stand apart from one another.
SCATTERED = 0.5
# However old a thing is, its score keeps this share: a decay has about five halvings.
DECAY_FLOOR = 2.0**-4.9
_STEPS = 4


def share(parts: int) -> float:
    """Return how much each of `parts` words counts that together say one thing: about as much as one, in quarters."""
    return max(round(_STEPS / parts), 1) / _STEPS


def worth(condition: Condition, weights: Mapping[str, float]) -> float:
    """Return how much a condition that a word stands for counts; `weights` are those of keyword fields."""
    match condition:
        case AnyOf(name):
            return weights.get(name, CONDITION)
        case Without():
            return ABSENCE
        case _:
            return CONDITION


def scarcity(documents: int, count: int) -> float:
    """Return how much a word counts that `count` of `documents` carry: 1 for one in all, 11 for one in a thousand.

    It is log2(1 + documents / count), the usual inverse document frequency, in quarters.
    """
    return max(round(log2(1 + documents / max(count, 1)) * _STEPS) / _STEPS, 1.0)
