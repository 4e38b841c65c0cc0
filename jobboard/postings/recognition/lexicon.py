"""Finds the words of the vocabularies in a sentence: the longest wins, and words with another meaning need support."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jobboard.postings.recognition.reading import Sentence, Token
from jobboard.vocabulary import Term, Vocabularies, folded

_TOKEN = re.compile(r"[^\W_]+(?:[&+][^\W_]+)*")
_FACETS = (
    "credential",
    "benefit",
    "tool",
    "specialty",
    "role",
    "side",
    "setting",
    "system",
    "employment",
    "schedule",
    "education",
    "chart_type",
)
# A name of one of these hides what its own words would mean: "dental insurance" is no specialty.
_HIDING = ("credential", "benefit", "tool")
_HIDDEN = ("specialty", "role", "side", "setting", "education", "chart_type")
_NEAR = 6
_BESIDE = 3
_SHORT = 5
_COMPANY = 8
_PREFIXES = frozenset({"non", "apr", "ex", "anti"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to write a term: its tokens, what stands between them, and how sure the words are."""

    facet: str
    slug: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    written: tuple[str, ...]
    needs_capitals: bool
    needs_support: bool
    near: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in a sentence, from token `first` up to but not including `last`."""

    facet: str
    slug: str
    first: int
    last: int


class Lexicon:
    """All phrases of the vocabularies by their first word."""

    def __init__(self, vocabularies: Vocabularies, facets: Iterable[str] = _FACETS) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for facet in facets:
            for term in vocabularies[facet]:
                for phrase in _phrases(facet, term):
                    self._by_first.setdefault(phrase.words[0], []).append(phrase)
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))

    def phrases_at(self, sentence: Sentence, place: int) -> Iterator[Phrase]:
        """The phrases that stand in `sentence` from token `place` on, the longest first, supported or not."""
        for phrase in self._by_first.get(sentence.tokens[place].word, ()):
            if _matches(phrase, sentence.text, sentence.tokens, place):
                yield phrase

    def mentions(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The terms that a sentence names, in order; negation is not looked at here."""
        tokens = sentence.tokens
        sure: list[Mention] = []
        doubtful: list[tuple[Mention, Phrase]] = []
        taken: dict[str, int] = {}
        for place, token in enumerate(tokens):
            for phrase in self._by_first.get(token.word, ()):
                if place < taken.get(phrase.facet, 0) or not _matches(phrase, sentence.text, tokens, place):
                    continue
                mention = Mention(phrase.facet, phrase.slug, place, place + len(phrase.words))
                if phrase.needs_support or (
                    phrase.needs_capitals and not in_capitals(phrase, sentence, place)
                ):
                    doubtful.append((mention, phrase))
                else:
                    sure.append(mention)
                    taken[phrase.facet] = mention.last
        if sentence.section in ("required", "preferred") and len(doubtful) == 1 and not sure:
            # "CIC" alone under "Required certifications".
            mention, phrase = doubtful[0]
            if mention.last - mention.first == len(tokens) and phrase.facet == "credential":
                sure.append(mention)
        if not sure and len(tokens) <= _SHORT:
            # "Evenings.", "Nights and weekends": nothing else is said that could change the meaning.
            named = {place for mention, _ in doubtful for place in range(mention.first, mention.last)}
            if doubtful and all(
                place in named or token.word in ("and", "or") for place, token in enumerate(tokens)
            ):
                sure += [mention for mention, phrase in doubtful if phrase.facet in ("schedule", "system")]
        sure += [
            mention
            for mention, phrase in doubtful
            if _supported(mention, phrase, tokens, sure)
            or (sentence.is_title and phrase.facet not in _HIDING and _set_apart(mention, sentence))
        ]
        return tuple(
            sorted(_visible(sure, sentence.is_title), key=lambda mention: (mention.first, -mention.last))
        )


@lru_cache(maxsize=4)
def lexicon(vocabularies: Vocabularies) -> Lexicon:
    """The lexicon of these vocabularies, made once."""
    return Lexicon(vocabularies)


def _phrases(facet: str, term: Term) -> Iterable[Phrase]:
    near = frozenset(folded(word) for word in term.near)
    small = {word for word in term.cautious if word == word.casefold()}
    seen = set()
    for words in term.words:
        matches = list(_TOKEN.finditer(words))
        tokens = tuple(folded(match[0]) for match in matches)
        gaps = tuple(words[left.end() : right.start()].strip() for left, right in pairwise(matches))
        if not tokens or (tokens, gaps) in seen:
            continue
        seen.add((tokens, gaps))
        yield Phrase(
            facet,
            term.slug,
            tokens,
            gaps,
            tuple(match[0] for match in matches),
            needs_capitals=words in term.cautious and words != words.casefold(),
            needs_support=words in term.ambiguous or words.casefold() in small,
            near=near,
        )


def _matches(phrase: Phrase, text: str, tokens: tuple[Token, ...], place: int) -> bool:
    last = place + len(phrase.words)
    if last > len(tokens):
        return False
    for offset, word in enumerate(phrase.words):
        token = tokens[place + offset]
        if token.word != word:
            return False
        if offset:
            before = tokens[place + offset - 1]
            gap = text[before.end : token.start].strip()
            if not _same_gap(gap, phrase.gaps[offset - 1], min(len(before.word), len(word))):
                return False
    return _stands_alone(text, tokens, place, last)


def _same_gap(gap: str, wanted: str, shorter: int) -> bool:
    """Whether two words are joined as in the phrase. Between longer words a space and a hyphen are the same; the
    letter of "CPC-A" must be joined as written, or "a CPC, a plus" would name an apprentice."""
    if gap == wanted:
        return shorter > 1 or gap != "" or wanted == ""
    return shorter > 1 and gap in ("", "-") and wanted in ("", "-", "/", ",")


def _stands_alone(text: str, tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """False for a part of a longer name: CCC in CCC-SLP, DRG in APR-DRG, remote in non-remote."""
    start, end = tokens[first].start, tokens[last - 1].end
    acronym = tokens[last - 1].written.isupper()
    if text[end : end + 1] == "-" and acronym and last < len(tokens):
        following = tokens[last]
        if following.start == end + 1 and following.written.isupper() and len(following.written) < 5:
            return False
    if first and text[start - 1 : start] == "-" and tokens[first - 1].end == start - 1:
        return tokens[first - 1].word not in _PREFIXES
    return not (first and tokens[first - 1].word == "non")


def in_capitals(phrase: Phrase, sentence: Sentence, place: int) -> bool:
    """Whether the words at token `place` are written as the phrase is, and capitals say something there."""
    if sentence.is_shouted:
        return False
    tokens = sentence.tokens
    if any(tokens[place + offset].written != word for offset, word in enumerate(phrase.written)):
        return False
    if not all(word.istitle() for word in phrase.written):
        return True
    # An ordinary capital says nothing at the head of a sentence or within a heading: "Epic Opportunity".
    last = place + len(phrase.words)
    if place == 0:
        return last == len(tokens)
    follows = last < len(tokens) and tokens[last].start - tokens[last - 1].end == 1
    heading = (follows and tokens[last].written.istitle()) or (
        place > 1 and tokens[place - 1].written.istitle()
    )
    return not heading


def _supported(mention: Mention, phrase: Phrase, tokens: tuple[Token, ...], sure: list[Mention]) -> bool:
    around = (
        *tokens[max(0, mention.first - _NEAR) : mention.first],
        *tokens[mention.last : mention.last + _NEAR],
    )
    if any(token.word in phrase.near for token in around):
        return True
    if phrase.facet == "specialty":
        # "Ortho, GI, pain": an item of a list of specialties.
        beside = {
            other.slug
            for other in sure
            if other.facet == "specialty" and other.first - _BESIDE <= mention.first <= other.last + _BESIDE
        }
        return len(beside - {mention.slug}) > 1
    if phrase.facet not in ("credential", "tool"):
        return False
    return any(
        other.facet == mention.facet
        and other.slug != mention.slug
        and other.first - _COMPANY <= mention.first <= other.last + _COMPANY
        for other in sure
    )


def _set_apart(mention: Mention, sentence: Sentence) -> bool:
    """Whether punctuation stands around a word of a title: "Coder (Seasonal)", "ED Coder - Nights"."""
    before = sentence.text[: sentence.tokens[mention.first].start]
    after = sentence.text[sentence.tokens[mention.last - 1].end :]
    return before.rstrip(" ").endswith(("(", "- ", " -", ",", "|", ":")) and (
        not after.strip() or after.lstrip().startswith((")", "-", ",", "|"))
    )


def _visible(mentions: list[Mention], is_title: bool) -> Iterable[Mention]:
    # "Certified Risk Adjustment Coder" as a title names the work as well as the credential.
    hiding = [
        mention
        for mention in mentions
        if mention.facet in _HIDING and not (is_title and mention.facet == "credential")
    ]
    centers = [mention for mention in mentions if mention.slug == "asc"]
    longest: dict[tuple[str, int], Mention] = {}
    for mention in mentions:
        covered = mention.facet in _HIDDEN and any(
            other.first <= mention.first and mention.last <= other.last for other in hiding
        )
        # An ambulatory surgery center is a place; the surgery in its name is no specialty.
        covered = covered or (
            mention.slug == "same-day-surgery"
            and any(other.first <= mention.first and mention.last < other.last for other in centers)
        )
        overlapped = any(
            other is not mention
            and other.facet == mention.facet
            and other.first <= mention.first
            and mention.last <= other.last
            and other.last - other.first > mention.last - mention.first
            for other in mentions
        )
        if not covered and not overlapped:
            longest.setdefault((mention.facet + mention.slug, mention.first), mention)
    return longest.values()
