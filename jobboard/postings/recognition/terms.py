"""Reads the vocabulary terms of an opening: what a title names counts, a text must speak of the work."""

import re
from collections.abc import Sequence

from jobboard.postings.recognition.lexicon import Mention
from jobboard.postings.recognition.negation import is_negated
from jobboard.postings.recognition.passing import is_apart, is_rare, tells_of_employer
from jobboard.postings.recognition.reading import Sentence

Read = Sequence[tuple[Sentence, tuple[Mention, ...]]]

_WORK = re.compile(
    r"\b(?:cod(?:e|es|ed|ing|ers?)|charts?|encounters?|cases|accounts|visits?|audit\w*|abstract\w*"
    r"|review\w*|special(?:ty|ties|ize\w*|izing)|service lines?|experience"
    r"|assign\w*|support\w*|surger(?:y|ies)|procedures|volume|profee|records|claims|areas"
    r"|departments?|focus\w*|mix|queue|denials?|registry|billing|validat\w*|background|charges|programs|levell?ing)\b"
)
_KNOWLEDGE = re.compile(
    r"\b(?:anatomy|physiology|pathophysiology|terminology|pharmacology|disease process\w*)\b"
)
_DOCUMENTS = re.compile(
    r"^\s*(?:,?\s*(?:and|or|\w+)?\s*)?\b(?:reports?|findings|results|notes|records|tests?|values|data)\b"
)
_HIRING = re.compile(
    r"\b(?:seek(?:s|ing)?|hir(?:e|es|ing)|looking for|need(?:s|ed)?|recruiting|join (?:us|our)"
    r"|position|role|opening|opportunity|job title|as an?|searching for|wanted)\b"
)
_EMPLOYER = re.compile(
    r"\b(?:our|we are|we're|is an?|are an?|join(?:ing)?|seeks|seeking|hiring|has an|code for|at (?:the|our|an?)"
    r"|(?:is|are) (?:looking|searching|recruiting|growing|adding)|needs|employs"
    r"|for (?:an?|our|the)|with (?:an?|our)|works? (?:in|for|at)"
    r"|setting|within (?:the|our|an?)|at [a-z]+'?s?)\b"
)
_ASKED = re.compile(r"\b(?:experience|knowledge|familiarity|background|understanding|worked|years?|yrs)\b")
_PREFERRED = re.compile(
    r"\b(?:preferred|a plus|desired|desirable|helpful|nice to have|ideally|not required)\b"
)
_REGULATION = re.compile(
    r"^\s*(?:guidelines?|rules?|regulations?|polic\w+|requirements|law|agenc\w+|auditors?"
    r"|representatives?)\b"
)
_PAST_WORK = re.compile(
    r"^\s*(?:[\w-]+\s+){0,2}?(?:experience|status|student|equivalent|schooling|studies|fte)\b"
)
# "You telecommute full time" tells where, not how much.
_AT_HOME = re.compile(r"\b(?:remote(?:ly)?|telecommute|telework|from home)\s+$")
_NO_TERM = re.compile(
    r"^\s*(?:disabilit\w+|hous\w+|visa|licen\w+|lodging|travel|rates?|allowance|reimbursement"
    r"|appointment of)\b"
)
# "A Level I trauma center" tells what the hospital is, not what is coded.
_JOINS = frozenset({"and", "or", "specialties", "specialty"})
# "Small rural hospital with …" begins with who it is; "Hospital charts …" begins with the work.
_ADJECTIVES = 2
_OF_THE_WORK = re.compile(
    r"[\s/-]*(?:and |or |based )?(?:cod\w+|charts?|bill\w+|records?|accounts?|claims?|cases|encounters?|visits?|stays?"
    r"|inpatient|outpatient|polic\w+|denials?|audits?|guidelines|setting|environment|clients?|side|facility|professional)\b"
)
# A sentence so short is a name: "Small private practice in Tulsa."
_NOUNS_ONLY = 8
_LEVEL = re.compile(r"\blevel\s+(?:i{1,3}|iv|[1-4])\s+$")
_CONTRACT = re.compile(
    r"\bcontract(?:s|or|ors)?\b|\bc2c\b|\bcorp[ -]to[ -]corp\b|\bassignment\b|\b(?:w-?2)\s+only\b"
    r"|\bno 1099\b|\btemp(?:orary)?\b"
)
_W2 = re.compile(r"\bw-?2\b(?! forms?\b)")


# "Health insurance laws", "knowledge of medical insurance": the trade's subject, not what is offered.
_NO_BENEFIT = re.compile(
    r"\s*(?:and |& )?(?:portability|laws?|regulations?|claims?|compan\w+|polic(?:y|ies)|carriers?|industry"
    r"|plans? (?:rules|guidelines)|billing|terminology|forms?|verification|eligibility|principles|guidelines"
    r"|coverage (?:rules|criteria|determinations?|guidelines)|denials?|contracts?|follow[ -]?up|requirements)\b"
)
_SUBJECT = re.compile(
    r"\b(?:knowledge|understanding|familiar\w*|experience|experienced|expertise|verif\w+|bill(?:s|ing)? (?:for|to)"
    r"|denied|questions about|portability)\b"
)


_PLACE = re.compile(r"\s*(?:office|practice|clinic|group|department)\b")


def _said(read: Read, facet: str) -> list[tuple[Sentence, Mention]]:
    """The mentions of one facet that are not taken back."""
    return [
        (sentence, mention)
        for sentence, mentions in read
        for mention in mentions
        if mention.facet == facet and not is_negated(sentence, mention.first, mention.last)
    ]


def _after(sentence: Sentence, mention: Mention, length: int = 40) -> str:
    end = sentence.tokens[mention.last - 1].end
    return sentence.lower[end : end + length]


def _unique(slugs: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs))


def read_plain(read: Read, facet: str) -> tuple[str, ...]:
    """Tools and code systems: whatever is named and not denied."""
    return _unique([mention.slug for _, mention in _said(read, facet)])


def read_benefits(read: Read) -> tuple[str, ...]:
    """What is offered beside pay; "medical, dental and vision" are three insurances."""
    found = []
    for sentence, mention in _said(read, "benefit"):
        if _NO_BENEFIT.match(_after(sentence, mention)) or _SUBJECT.search(sentence.lower):
            continue
        found.append(mention.slug)
        if mention.slug in ("health-insurance", "dental-insurance"):
            start = sentence.tokens[mention.first].start
            words = sentence.lower[start : sentence.tokens[mention.last - 1].end + 14]
            found += [f"{kind}-insurance" for kind in ("dental", "vision") if kind in words]
    return _unique(found)


def read_specialties(read: Read) -> tuple[str, ...]:
    """Specialties of the title, and those of sentences about the work; "knowledge of anatomy and pathology" and
    "reviews radiology reports" name none, nor does what is others' work (see `passing`). What is only preferred, or
    seldom comes, counts when nothing else is named."""
    return _by_work(read, "specialty")


def read_sides(read: Read) -> tuple[str, ...]:
    """The coding sides, by the same rule."""
    return _by_work(read, "side")


def _by_work(read: Read, facet: str) -> tuple[str, ...]:
    sure: list[str] = []
    preferred: list[str] = []
    by_sentence = {id(sentence): mentions for sentence, mentions in read}
    for sentence, mention in _said(read, facet):
        if sentence.is_title:
            sure.append(mention.slug)
            continue
        text, after = sentence.lower, _after(sentence, mention)
        if _LEVEL.search(text[: sentence.tokens[mention.first].start]):
            continue
        if (
            _KNOWLEDGE.search(text)
            or _DOCUMENTS.match(after)
            or _REGULATION.match(after)
            or is_apart(text)
            or tells_of_employer(sentence.text)
            or not (
                _WORK.search(text)
                or any(other.facet == "system" for other in by_sentence[id(sentence)])
                or _is_a_list(sentence, by_sentence[id(sentence)])
                or (len(sentence.tokens) <= _NOUNS_ONLY and _PLACE.match(after))
            )
        ):
            continue
        wanted = sentence.section == "preferred" or _PREFERRED.search(text) or is_rare(text)
        (preferred if wanted else sure).append(mention.slug)
    return _unique(sure or preferred)


def _is_a_list(sentence: Sentence, mentions: tuple[Mention, ...]) -> bool:
    """Whether a line is nothing but terms: "E/M, ED, and observation", "Cath, EP, peripheral vascular"."""
    named = {place for mention in mentions for place in range(mention.first, mention.last)}
    others = sum(
        place not in named and token.word not in _JOINS for place, token in enumerate(sentence.tokens)
    )
    return others == 0 or (others == 1 and sum(mention.facet == "specialty" for mention in mentions) > 1)


def read_roles(read: Read) -> tuple[str, ...]:
    """The roles of the title; of the text's sentences that speak of the opening where the title names none."""
    said = _said(read, "role")
    titled = [mention.slug for sentence, mention in said if sentence.is_title]
    if titled:
        return _unique(titled)
    found = [
        mention.slug
        for sentence, mention in said
        if _HIRING.search(sentence.lower) and not _ASKED.search(sentence.lower)
    ]
    return _unique(found[:2])


def read_settings(read: Read) -> tuple[str, ...]:
    """Where the employer is said to be; experience asked for in a setting does not tell it."""
    return _unique(
        [
            mention.slug
            for sentence, mention in _said(read, "setting")
            if sentence.is_title or (_tells_who(sentence, mention) and not _ASKED.search(sentence.lower))
        ]
    )


def _tells_who(sentence: Sentence, mention: Mention) -> bool:
    """Whether a sentence speaks of the employer, or is short enough to be nothing but its name."""
    if _EMPLOYER.search(sentence.lower):
        return True
    words = len(sentence.tokens)
    if mention.first <= _ADJECTIVES and not _OF_THE_WORK.match(_after(sentence, mention)):
        return True
    return words <= 2 * (mention.last - mention.first) or (
        words <= _NOUNS_ONLY and not _WORK.search(sentence.lower)
    )


def read_employment(read: Read) -> tuple[str, ...]:
    """Terms of employment; "one year of full-time experience" and "temporary disability" are none."""
    found = []
    contract = any(_CONTRACT.search(sentence.lower) for sentence, _ in read)
    for sentence, mention in _said(read, "employment"):
        after = _after(sentence, mention)
        start = sentence.tokens[mention.first].start
        if (
            _PAST_WORK.match(after)
            or _AT_HOME.search(sentence.lower[max(0, start - 20) : start])
            or _NO_TERM.match(after)
            or sentence.text[max(0, start - 1) : start] == "$"
        ):
            continue
        if mention.slug == "internship" and re.search(r"\b(?:complet\w+|prior|previous)\b", sentence.lower):
            continue
        found.append(mention.slug)
    for sentence, _ in read:
        place = _W2.search(sentence.lower)
        if (
            contract
            and place
            and not re.search(r"\b(?:no|not)\s+(?:an?\s+)?$", sentence.lower[: place.start()])
        ):
            found.append("contract-w2")
    return _unique(found)


def read_schedule(read: Read) -> tuple[str, ...]:
    """Shifts that are worked; "no weekends" and "weekends off" are none, nor is overnight travel."""
    return _unique(
        [
            mention.slug
            for sentence, mention in _said(read, "schedule")
            if not re.match(r"\s*(?:travel|mail|shipping)\b", _after(sentence, mention))
        ]
    )
