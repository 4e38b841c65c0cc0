"""Saved searches as people may keep them: few popular ones and a long tail; deterministic."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

import simple_icd_10_cm as icd

from benchmarks import generate_postings as source
from jobboard.places.gazetteer import all_cities
from jobboard.search.quantities import MILES
from jobboard.search.request import POSTED_DAYS, SearchRequest
from jobboard.vocabulary import Vocabularies

_PLAIN = (
    "coder", "medical coder", "remote coder", "remote", "inpatient coder", "outpatient coder", "cpc", "ccs",
    "coding auditor", "HCC", "risk adjustment", "entry level", "cpc-a", "profee", "E/M", "cath lab", "WFH", "denials",
    "cdi", "coding manager", "ED coder", "surgery coder", "charge capture", "revenue integrity", "MS-DRG", "PRN coder",
)  # fmt: skip
_PHRASES = (
    '"risk adjustment"', '"clinical documentation"', '"interventional radiology"', '"medical necessity"',
    '"sign-on bonus"', '"flexible scheduling"', '"paid time off"', '"Sacred Heart"', '"coding accuracy rate"',
)  # fmt: skip
_UNWANTED = ("-auditor", "-manager", "-remote", "-lead", '"senior"', "-PRN", '-"on site"', "-denials")
_BEGINNINGS = ("cardio*", "ortho*", "audit*", "radiolog*", "gastro*", "onco*", "neuro*", "appeal*")


def searches(number: int, words: Vocabularies, seed: int = 11) -> Iterator[SearchRequest]:
    """Yield so many searches."""
    chance = random.Random(seed)
    for _ in range(number):
        yield SearchRequest(
            q=_words(chance) if chance.random() < 0.72 else "",
            facets=_facets(chance, words),
            codes=(_code(chance),) if chance.random() < 0.06 else (),
            near=_skewed(chance, _cities()) if (near := chance.random() < 0.12) else "",
            within=chance.choice(MILES[:5]) if near else None,
            pay=(str(chance.randrange(18, 60, 2)),) if chance.random() < 0.12 else (),
            posted=chance.choice(POSTED_DAYS) if chance.random() < 0.1 else None,
        )


def _words(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        q = _skewed(chance, _PLAIN)
    elif kind < 0.45:
        q = f"{_skewed(chance, source.SPEC)} {chance.choice(('coder', 'coding', 'remote', ''))}"
    elif kind < 0.55:
        q = f"{chance.choice(source.EA)} {chance.choice(source.EB)}"
    elif kind < 0.65:
        q = f"{_skewed(chance, source.CRED)} {_skewed(chance, _PLAIN)}"
    elif kind < 0.72:
        q = f"coder {chance.choice(source.CITYA)}{chance.choice(source.CITYB)}"
    elif kind < 0.8:
        q = _skewed(chance, _PHRASES)
    elif kind < 0.83:
        q = _skewed(chance, _BEGINNINGS)
    elif kind < 0.88:
        q = f"{_skewed(chance, source.SPEC)} OR {_skewed(chance, source.SPEC)}"
    elif kind < 0.93:
        q = _code(chance)
    else:
        q = " ".join(chance.sample(_clinical_words(), chance.choice((1, 2, 2, 3))))
    return f"{q} {_skewed(chance, _UNWANTED)}" if chance.random() < 0.08 else q


def _facets(chance: random.Random, words: Vocabularies) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for facet, share in (
        ("specialty", 0.3),
        ("credential", 0.25),
        ("employment", 0.15),
        ("role", 0.06),
        ("system", 0.04),
        ("setting", 0.05),
    ):
        if chance.random() < share:
            found[facet] = _several(chance, words[facet].slugs)
    if chance.random() < 0.4:
        found["arrangement"] = (
            ("remote",) if chance.random() < 0.7 else _several(chance, words["arrangement"].slugs)
        )
    place = chance.random()
    if place < 0.4:
        found["state"] = tuple(
            dict.fromkeys(chance.choices(source.SL, source.SW, k=chance.choice((1, 1, 1, 2, 3))))
        )
    elif place < 0.65:
        found["hires_in"] = (
            *chance.choices(source.SL, source.SW),
            *(("not-stated",) * (chance.random() < 0.4)),
        )
    return found


def _several(chance: random.Random, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_skewed(chance, values) for _ in range(chance.choice((1, 1, 1, 2, 2, 4)))))


def _skewed(chance: random.Random, values: Sequence[str]) -> str:
    """One of `values`, the first ones far more often."""
    return values[min(int(chance.expovariate(1) * len(values) / 4), len(values) - 1)]


def _code(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.4:
        return _skewed(chance, source.CODES_CPT)
    if kind < 0.75:
        return chance.choice(source.CODES_ICD)
    if kind < 0.85:
        return chance.choice(source.CODES_HCPCS)
    first = chance.randrange(10_000, 99_000)
    return f"{first}-{first + chance.choice((5, 20, 400))}"


@cache
def _cities() -> Sequence[str]:
    """Some four hundred cities, with five radii each."""
    names = [name for name, _, _ in all_cities()]
    return names[:: max(len(names) // 400, 1)]


@cache
def _clinical_words() -> Sequence[str]:
    titles = (icd.get_description(code) for code in icd.get_all_codes()[::20])
    return sorted(
        {word.lower() for title in titles for word in title.split() if word.isalpha() and len(word) > 3}
    )
