"""Addresses of searches, generated and mutated: everything that the reader knows, out of order, cut and repeated."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

from jobboard.search.request import PARAMETERS

WORDS = (
    "coder", "coders", "cardiolgy", "inpateint", "remote", "in", "Texas", "OR", "or", "the", "E/M",
    "ICD-10-CM", "CCS-P", "CPC", "E11.9", "E11.-", "93458", "62320-62327", "J1100", "0DTJ4ZZ", "MS-DRG",
    "470", "cath", "lab", "work", "from", "home", "wfh", "epidural", "injection", "over", "$35/hr", "no",
    "experience", "2", "years", "Epic", "OH", "ME", "HI", "IN", "OK", "Tampa,", "FL", "33602", "co*", "c*",
    "in*", "93*", "-remote", "-", "--", '"', '"cath lab"', '-"home health"', "*", "(", ")", "~2", "^5",
    "\x00", "\ud7ff", "\u202e", "é", "𝟗𝟑𝟒𝟓𝟖", "ﬁ", "İ", "ß", "٣", "日本語", "-" * 40, "x" * 70, "a.b.c.d",
    "1,234,567.8", "…", "\\", "%", "a-b-c-d-e-f", "E11.9-Z99.9", "99999-00000", "10-CM", "icd 10 pcs",
    "N OF", "AND", "NOT", "title:coder", "<b>", "{{7*7}}",
)  # fmt: skip
VALUES = (
    "", "0", "1", "2", "20", "100", "101", "501", "-1", "9" * 30, "1e9", "not-stated", "remote", "TX",
    "tx", "cardiology", "cpc", "Tampa, FL", "33602", "99999", "relevance", "newest", "pay", "distance",
    "closing", "closing-soon", "7", "30", "E11*", "E11.9", "cpt:93458", "modifier:59", "tx|dallas",
    "icd10cm:E08-E13", "\x00", "a" * 600, "٣", "true", "1790000000000000", "nan",
)  # fmt: skip
_SIGNS = "\"-*() \t.,/&:%+#?=_'OR|~\\0aEé\u0301\u200b"


def queries(seed: int) -> Iterator[str]:
    """Yield what people could type, and what they could not, without end."""
    chance = random.Random(seed)
    while True:
        kind = chance.random()
        if kind < 0.1:
            text = "".join(chance.choice(_SIGNS) for _ in range(chance.randint(1, 120)))
        elif kind < 0.2:
            text = f"{chance.choice(WORDS)} " * chance.randint(2, 200)
        elif kind < 0.3:
            text = chance.choice((" OR ", " ", " -", '" "', "* ")).join(
                chance.choice(WORDS) for _ in range(chance.randint(10, 70))
            )
        else:
            text = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 6)))
        yield _mutated(text, chance) if chance.random() < 0.4 else text


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(0, len(text))
        match chance.randint(0, 3):
            case 0:
                text = text[:place] + chance.choice(_SIGNS) + text[place:]
            case 1:
                text = text[:place] + text[place + chance.randint(1, 3) :]
            case 2:
                text = text[:place] + text[place : place + 5] * chance.randint(2, 9) + text[place:]
            case _:
                text = text[:place][::-1] + text[place:]
    return text


def addresses(seed: int) -> Iterator[str]:
    """Yield paths with queries of the page of results and of the interface."""
    chance = random.Random(seed)
    names = sorted(PARAMETERS - {"q"})
    for text in queries(seed + 1):
        pairs = [("q", text)] if chance.random() < 0.9 else []
        for _ in range(chance.choice((0, 0, 1, 1, 2, 5))):
            name = chance.choice(names) if chance.random() < 0.95 else chance.choice(WORDS)
            pairs.append((name, chance.choice(VALUES)))
        chance.shuffle(pairs)
        encode = quote if chance.random() < 0.5 else quote_plus
        query = "&".join(f"{encode(name)}={encode(value, errors='replace')}" for name, value in pairs)
        if chance.random() < 0.05:
            query = query[: chance.randint(0, len(query))]
        yield f"{chance.choice(('/jobs', '/jobs', '/api/v1/jobs', '/jobs/suggest'))}?{query}"
