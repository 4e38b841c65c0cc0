"""Numbers as job texts write them: 2, 2.5, two, two (2), 2-3."""

import re

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "thirty-six": 36,
    "forty": 40, "sixty": 60, "ninety": 90, "a": 1, "an": 1,
}  # fmt: skip
_SPELLED = "|".join(sorted((word for word in _WORDS if len(word) > 2), key=len, reverse=True))

NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|(?:{_SPELLED})(?:\s?\(\d{{1,3}}\))?)"
RANGE = rf"(?P<least>{NUMBER})\+?(?:\s?(?:-|to|or)\s?(?P<most>{NUMBER}))?\+?"


def number(text: str) -> float:
    """The value of what NUMBER matched; "two (2)" is 2."""
    words = re.sub(r"\s?\(\d+\)$", "", text.strip().lower())
    return float(_WORDS[words]) if words in _WORDS else float(words)


def weeks(count: float, unit: str) -> int:
    """Whole weeks, rounded, at least one: a month counts as 52/12 weeks."""
    unit = unit.lower()
    factor = 1 / 7 if unit.startswith("d") else 52 / 12 if unit.startswith("mo") else 1
    return max(1, round(count * factor))
