"""What a match is worth, the same on every engine."""

from __future__ import annotations

# A word in two fields counts a little more than in the better of them; an alternative less than the word itself.
TIE_BREAKER = 0.1
ALTERNATIVE = 0.8
# Codes that a word stands for: the very code, and one that only overlaps.
EXACT_CODE, OVERLAPPING_CODE = 12.0, 6.0
# A condition that a word stands for: clearly above one word of a body, below a rare word of a title.
CONDITION = 12.0
# However old a thing is, its score keeps this share: a decay has about five halvings.
DECAY_FLOOR = 2.0**-4.9
