"""Reads months of experience, in total and in the specialty, and the education that is asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobboard.postings.recognition.lexicon import Mention
from jobboard.postings.recognition.negation import is_negated
from jobboard.postings.recognition.numbers import NUMBER, number
from jobboard.postings.recognition.reading import Sentence

Read = Sequence[tuple[Sentence, tuple[Mention, ...]]]

_LENGTH = re.compile(
    rf"(?<![$\d.,/-])(?P<least>{NUMBER})(?P<half>\s1/2| and a half)?\s?\+?(?:\s?(?:-|to"
    rf"|or)\s?(?P<most>{NUMBER}))?\s?\+?(?:\s+or more|\s+plus)?[\s-]*(?:full[ -]time\s+"
    rf"|consecutive\s+)?"
    r"(?P<unit>years?|yrs?|months?|mos)\b['.]?(?:\s+or more)?"
)
# "5 years of coding, at least 2 in radiology"
_PART = re.compile(
    rf"\b(?:at least|including|minimum of)\s+(?P<least>{NUMBER})(?P<half>(?!))?(?P<most>(?!))?\s+"
    r"(?P<unit>of (?:those|which|them)(?: years)? )?(?=in\b)"
)
_EXPERIENCE = re.compile(
    r"\bexperience[ds]?\b|\bexp\b|^['\s]*(?:s'\s*)?(?:of\s+)?(?:[\w/&-]+\s+){0,5}?(?:coding"
    r"|auditing|billing|abstracting)\b|^\s*(?:as|working as)\s+an?\s"
    r"|^\s*(?:working\s+)?in\s+(?:\w+\s+){0,3}coding"
)
_BEFORE = re.compile(r"\bexperience\b\W*(?:\w+\W+){0,4}$|\bexperience\s*(?:required|level)?\s*:\s*$")
_NOT_ASKED = re.compile(
    r"\bwe (?:have|bring|are)\b|\bour\b|\bcombined\b|\bserving\b|\bin business\b|\bover the past\b"
    r"|\bin the (?:past|last)\b|\bof age\b|\byears? old\b|\bwithin\b|\bafter\b"
    r"|\bcontract\b|\bfounded\b|\bcompany\b|\bdegree program\b"
)
_PREFERRED = re.compile(
    r"\b(?:preferred|preferably|prefer|desired|desirable|a plus|ideally|ideal|nice to have|bonus|helpful)\b"
)
_REQUIRED = re.compile(r"\b(?:required|requires?|must|minimum|at least|need)\b")
_NONE_NEEDED = re.compile(
    r"\bno (?:prior |previous |coding |work |medical coding )*experience (?:is )?(?:required"
    r"|necessary|needed)\b|\bexperience\W{1,3}none (?:required|needed|necessary)\b"
    r"|\bexperience (?:is )?not (?:required|necessary|needed)\b"
)
_BEGINNERS = re.compile(
    r"\b(?:new(?:ly)? (?:grads?|graduates?|certified(?: coders?)?|credentialed(?: coders?)?)"
    r"|recent grad(?:uate)?s?|entry[ -]level (?:coders?|candidates?"
    r"|applicants?))\b(?:\W+\w+){0,4}?\W+"
    r"(?:welcome|accepted|considered|encouraged)|\b(?:will|willing to) train (?:new"
    r"|an? (?:apprentice|new)|apprentices)\b|\bwelcom\w+ (?:new|recent) (?:graduates|grads)"
)
_ALTERNATIVE = re.compile(r"^\W*or\b|\bor\W*$")
# "RN, M.D., or DO": one of several licences, none of which is asked of everyone.
_CLINICIANS = re.compile(
    r"\b(?:rn|lpn|nurse|nursing|bsn)\b[^;:]{0,40}(?:,|/|\bor\b)\s*(?:an? )?"
    r"(?:m\.?d\b|d\.?o\b|medical doctor|doctor of|physicians?\b|img\b|fmg\b|pa\b|foreign|pharmd|rhi[at]\b|ccs\b|cpc\b)"
    r"|\b(?:m\.?d\b|d\.?o\b|physician|img|fmg|pa|np|rhi[at]|ccs|cpc)\b\.?,?\s*(?:,|/|\bor\b)[^;:]{0,20}"
    r"\b(?:rn|lpn|registered nurse|bsn)\b"
)
_LONGEST = 240


@dataclass(frozen=True)
class Experience:
    """Months asked for in total and in the specialty; `beginners_welcome` where it is said."""

    months: int | None = None
    specialty_months: int | None = None
    beginners_welcome: bool = False


def read_experience(read: Read) -> Experience:
    """The least that is required; what is only preferred is not counted. Experience in a specialty is also
    experience in total, so it stands for the total where that is not said."""
    total: int | None = None
    special: int | None = None
    beginners, none_needed = False, False
    for sentence, mentions in read:
        text = sentence.lower
        none_needed = none_needed or bool(_NONE_NEEDED.search(text))
        beginners = beginners or bool(_BEGINNERS.search(text))
        if sentence.section == "preferred" and not _REQUIRED.search(text):
            continue
        found, asked = list(_LENGTH.finditer(text)), False
        if found:
            parts = _PART.finditer(text, found[0].end())
            found = sorted([*found, *parts], key=lambda match: match.start())
        for place, match in enumerate(found):
            end = found[place + 1].start() if place + 1 < len(found) else len(text)
            months = _months(match)
            # "3 years of coding experience, including 1 year in radiology"
            goes_on = asked and re.match(r"\s*(?:in|of|with)\b", text[match.end() :]) is not None
            if months is None or not (
                _asked(text, match, end, goes_on) or _stands_for_experience(sentence, mentions, match)
            ):
                continue
            asked = True
            if _in_specialty(sentence, mentions, match.start(), end):
                special = months if special is None else max(special, months)
            else:
                total = months if total is None else max(total, months)
    if total is None:
        total = special if special is not None else 0 if none_needed else None
    return Experience(total, special, beginners or none_needed)


def _months(match: re.Match[str]) -> int | None:
    count = number(match["least"]) + (0.5 if match["half"] else 0)
    months = round(count * 12 if (match["unit"] or "years")[0] in "yo" else count)
    return months if (months > 0 or match["most"]) and months <= _LONGEST else None


def _asked(text: str, match: re.Match[str], end: int, goes_on: bool) -> bool:
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : end]
    if not (goes_on or _EXPERIENCE.search(after[:90]) or _BEFORE.search(before)):
        return False
    if _NOT_ASKED.search(re.split(r"[,;.]", before)[-1]) or re.match(
        r"\s*(?:of age|old|in business|contract|commitment|ago)\b", after
    ):
        return False
    if re.search(r"\bcombined\b", after[:40]):
        return False
    clause = re.split(r"[,;(]", after)[0]
    lead = re.split(r"[,;)]", before)[-1]
    return not (_PREFERRED.search(clause) or _PREFERRED.search(lead)) or bool(
        _REQUIRED.search(clause) or _REQUIRED.search(lead)
    )


def _stands_for_experience(sentence: Sentence, mentions: tuple[Mention, ...], match: re.Match[str]) -> bool:
    """ "3+ years IR", "CPC with minimum five years": the word experience is left out."""
    text = sentence.lower
    before = text[max(0, match.start() - 60) : match.start()]
    if _NOT_ASKED.search(before) or _PREFERRED.search(text):
        return False
    if re.search(r"\b(?:minimum|at least)(?: of)?\s*$", before) and re.match(
        r"\s*(?:[.,;)]|$)", text[match.end() :]
    ):
        return True
    return any(
        mention.facet in ("specialty", "side")
        and match.end() <= sentence.tokens[mention.first].start <= match.end() + 3
        and re.match(r"\W*$", text[sentence.tokens[mention.last - 1].end :])
        for mention in mentions
    )


def _in_specialty(sentence: Sentence, mentions: tuple[Mention, ...], start: int, end: int) -> bool:
    # Inpatient work is a side of coding as much as a specialty: experience in it is stated as such, in total.
    return any(
        mention.facet == "specialty"
        and mention.slug != "inpatient-acute"
        and start <= sentence.tokens[mention.first].start < end
        for mention in mentions
    )


def read_education(read: Read, order: tuple[str, ...]) -> str | None:
    """The slug of the education that is required: of "a or b" the lower, of two demands the higher
    (of two that an "or" joins across sentences the lower)."""
    asked: list[int] = []
    alternatives = False
    for sentence, mentions in read:
        if _CLINICIANS.search(sentence.lower):
            continue
        levels = [
            (mention, order.index(mention.slug))
            for mention in mentions
            if mention.facet == "education" and not is_negated(sentence, mention.first, mention.last)
        ]
        required = [level for mention, level in levels if not _only_preferred(sentence, mention)]
        if required:
            asked.append(min(required))
            alternatives = alternatives or bool(_ALTERNATIVE.search(sentence.lower))
    if not asked:
        return None
    return order[min(asked) if alternatives else max(asked)]


def _only_preferred(sentence: Sentence, mention: Mention) -> bool:
    text, tokens = sentence.lower, sentence.tokens
    if re.match(r"\W*(?:preferred|desired|nice to have|ideally|bonus|pluses)\b[^:]{0,20}:", text):
        return True
    before = re.split(r"[,;(]", text[: tokens[mention.first].start])[-1]
    after = re.split(r"[;)]|,(?! or)", text[tokens[mention.last - 1].end :])[0]
    if _PREFERRED.search(before) or _PREFERRED.search(after):
        first = re.search(r"\brequired\b|\bpreferred\b|\bdesired\b|\ba plus\b", after)
        return not (first and first[0] == "required")
    return sentence.section == "preferred" and "required" not in after
