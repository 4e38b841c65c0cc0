"""What a concept is: words of a search that name a thing of the trade, and the fields by which it is met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.postings.labels import REMOTE as REMOTE_ONES
from jobboard.search.bands import BANDED, BANDS
from jobboard.search.hierarchies import indexed
from jobboard.search.request import NOT_STATED
from search_index import AnyOf, Between, Both, Either, Without

if TYPE_CHECKING:
    from jobboard.places import Place
    from search_index import Condition, Interval

CODE = "code"
STATE = "state"
CITY = "city"
HIRES_IN = "hires_in"
ARRANGEMENT = "arrangement"
REMOTE = "remote"
PAY = "pay"
NEAR = "near"
EXPERIENCE = "experience"
MONTHS = 12
# How a posting's states came to be eligible; see `documents.eligibility`.
ELIGIBILITY = "eligibility"
NAMED, ALL = "named-{}", "all"
_ON_SITE = Without(AnyOf(ARRANGEMENT, tuple(sorted(REMOTE_ONES))))
# What a posting states or its title names; see `titled`.
ROLE, CALLED = "role", "called"
SPECIALTY, CODED = "specialty", "coded"
ARRANGED = "arranged"
_RANKED = {ROLE: CALLED, SPECIALTY: CODED, ARRANGEMENT: ARRANGED}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that words may mean: the parameter and value that pin it, how it is shown, and what meets it.

    `ways` are alternatives of the seam: codes or conditions. What meets several ranks above what meets one. `also`
    are further values of the parameter that the pinned filter takes.
    """

    parameter: str
    value: str
    label: str
    ways: tuple[Interval | Condition, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """Every value that the pinned filter takes."""
        return (self.value, *self.also)


@dataclass(frozen=True, slots=True)
class Concept:
    """Words of a search, from character `start` to `end`, with their meanings, the likeliest first.

    `lead` is where the little word that leads them in begins ("in Texas"), `text` what the engine is given for them.
    An `excluded` one was typed with a minus.
    """

    start: int
    end: int
    words: str
    meanings: tuple[Meaning, ...]
    lead: int
    text: str
    excluded: bool = False

    @property
    def meaning(self) -> Meaning:
        """The likeliest meaning."""
        return self.meanings[0]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible concept with one meaning; one that is not `sure` is only offered."""

    start: int
    end: int
    meaning: Meaning
    sure: bool = True
    lead: int = -1
    text: str = ""

    def concept(self, q: str) -> Concept:
        """The concept of the words where it stands in `q`."""
        words = q[self.start : self.end]
        lead = self.start if self.lead < 0 else self.lead
        return Concept(self.start, self.end, words, (self.meaning,), lead, self.text or words)


def with_meaning(concept: Concept, further: Meaning) -> Concept:
    """The same concept with one more meaning behind the others."""
    if any((one.parameter, one.value) == (further.parameter, further.value) for one in concept.meanings):
        return concept
    return replace(concept, meanings=(*concept.meanings, further))


def of_facet(facet: str, slug: str, label: str) -> Meaning:
    """A value of a facet."""
    ways: tuple[Condition, ...] = (AnyOf(facet, (slug,)),)
    return Meaning(facet, slug, label, (*ways, AnyOf(_RANKED[facet], (slug,))) if facet in _RANKED else ways)


def of_state(code: str, name: str, *, remote: bool) -> Meaning:
    """A state: the workplace, or where a remote posting may hire.

    Of the remote ones those that name the state come first, then those that hire everywhere, then those that leave
    others out; silent ones are met by neither. On its own, a state is also met by remote postings that name it; of an
    office there, what is done on site or hires there comes before remote work that does not say whether it does.
    """
    named = AnyOf(ELIGIBILITY, (NAMED.format(code),))
    if not remote:
        there = AnyOf(STATE, (code,))
        sure = Either((_ON_SITE, AnyOf(HIRES_IN, (code,))))
        return Meaning(STATE, code, name, (there, named, Both((there, sure))))
    open_to_all = AnyOf(ELIGIBILITY, (NAMED.format(code), ALL))
    return Meaning(HIRES_IN, code, name, (AnyOf(HIRES_IN, (code,)), open_to_all, named))


def of_city(place: Place) -> Meaning:
    """A city as a workplace: what is done there before what is done at home."""
    there = AnyOf(CITY, (indexed(CITY, place.label),))
    return Meaning(CITY, place.label, place.label, (there, Both((there, _ON_SITE))))


def around(place: Place) -> Meaning:
    """The surroundings of a city."""
    return Meaning(NEAR, place.label, f"around {place.label}")


def of_experience(years: int) -> Meaning:
    """Openings that somebody with so many years of experience has enough for."""
    label = "No experience" if years == 0 else "1 year" if years == 1 else f"{years} years"
    enough = tuple(one.value for one in BANDS[EXPERIENCE] if (one.least or 0) <= years * MONTHS)
    return Meaning(EXPERIENCE, enough[-1], label, (AnyOf(EXPERIENCE, enough),), enough[:-1])


def of_apprentices() -> Meaning:
    """Openings that welcome apprentices."""
    return of_facet("apprentice", "yes", BANDED["apprentice"]["yes"])


def of_no_credential() -> Meaning:
    """Openings that ask for no credential."""
    return Meaning("credential", NOT_STATED, "No credential asked for", (AnyOf("credential", (NOT_STATED,)),))


def of_pay(cents: int) -> Meaning:
    """A floor under the comparable hourly pay, in cents."""
    dollars = f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"
    return Meaning(PAY, dollars, f"${dollars} an hour or more", (Between("pay", least=cents),))
