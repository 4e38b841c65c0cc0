"""Reads what is expected at work: charts per hour, accuracy, ramp-up, appeal of QA, hours per week."""

import re
from collections.abc import Sequence

from jobboard.postings.recognition.lexicon import Mention
from jobboard.postings.recognition.numbers import NUMBER, number, weeks
from jobboard.postings.recognition.reading import Sentence
from jobboard.postings.recognition.result import Workload

_PER_HOUR = re.compile(r"(?:\bper|\ban|\beach|/)\s?(?:hour|hr)\b")
_COUNT = re.compile(
    rf"(?<![$\d.,])(?P<least>{NUMBER})\+?(?:\s?(?:-|to)\s?(?P<most>{NUMBER}))?\+?(?![\d%]|,\d)"
)
_THINGS = re.compile(
    r"\b(?:charts?|records?|encounters?|accounts?|cases?|notes?|visits?|reports?|claims?|cph"
    r"|inpatients?|outpatients?|surgeries|procedures|specimens|discharges?)\b"
)
_LEADS = re.compile(
    r"\W*(?:(?:charts?|encounters?|visits?|accounts?|records?|notes?|cases?|coding)\b)?\W*(?:at|is"
    r"|are)?\W*"
)
_ACCURACY = re.compile(
    r"(?P<count>\d{2,3}(?:\.\d{1,2})?)\s?(?:%|percent)(?:\s+or\s+(?:better|higher|greater"
    r"|above))?(?:\s+(?!remote|of\b|with\b)[\w-]+){0,5}?\s+(?:accura\w+|quality)"
    r"|\b(?:accura\w+|quality (?:score|rate|standard|target|goal|benchmark"
    r"|rating)s?)\b[^.%]{0,50}?(?P<later>\d{2,3}(?:\.\d{1,2})?)\s?(?:%|percent)"
)
_RAMP_UP = re.compile(
    rf"\bramp(?:ing)?(?:[ -]?up\b)?[^.]{{0,40}}?(?P<after>{NUMBER})[ -]+(?P<after_unit>day|week|month)s?\b"
    rf"|(?P<before>{NUMBER})[ -]+(?P<before_unit>day|week"
    rf"|month)s?(?:\s+\w+){{0,2}}?[\s-]+ramp\b"
)
_APPEAL = re.compile(
    r"\b(?:appeal|dispute|rebut|challenge)s?(?:ing)?\s+(?:(?:of|their|the|any|a|your|coding"
    r"|internal|individual)\s+){0,3}(?:qa|quality|audit)\b"
    r"|\b(?:qa|audit|quality)(?:\s+(?:score|result|finding|error|review"
    r"|audit)s?){0,2}\s+(?:appeals?|rebuttals?|disputes?)\b"
    r"|\b(?:appeal|rebuttal|dispute)s?\s+process\s+for\s+(?:\w+\s+)?(?:qa|quality|audit)"
    r"|\b(?:qa|audit|quality)\s+(?:score|result|finding|error)s?\s+(?:can|may)\s+be\s+(?:appealed"
    r"|disputed|rebutted)"
)
_NO_APPEAL = re.compile(
    r"\b(?:no|not|cannot|without)\b(?:\s+\w+){0,3}?\s+(?:appeal|dispute|rebut)\w*|\b(?:qa"
    r"|audit)\s+(?:results?|scores?|findings?|decisions?)\s+(?:are|is)\s+final\b"
    r"|\bappeal(?:ed|s)?\b[^.]{0,20}\bnot\b"
)
_HOURS = re.compile(
    rf"(?<![$\d.,:])(?P<least>{NUMBER})(?:\s?\+)?(?:\s?(?:-|to)\s?(?P<most>{NUMBER}))?\s?(?:hours?"
    rf"|hrs?)\.?\s?"
    r"(?:of work\s|work\s)?(?:weekly\b|(?:/|per\s|a\s|each\s|every\s|in a\s)\s?(?:week|wk|workweek)\b)"
    rf"|(?<![$\d.,:])(?P<single>{NUMBER})[ -]hour (?:work[ -]?)?week\b"
)
_HOURS_AHEAD = re.compile(
    rf"\bhours?(?: per week)?\s?:\s?(?P<least>{NUMBER})(?:\s?(?:-"
    rf"|to)\s?(?P<most>{NUMBER}))?(?:\s?(?:hours?|hrs?))?\s?(?P<unit>per week|a week|/\s?week"
    rf"|weekly)?"
)
_UP_TO = re.compile(r"(?:up to|maximum(?: of)?|no more than|not exceed(?:ing)?)\s*$")
_AT_LEAST = re.compile(r"(?:at least|minimum(?: of)?|no less than)\s*$")


def read_workloads(read: Sequence[tuple[Sentence, tuple[Mention, ...]]]) -> tuple[Workload, ...]:
    """Charts per hour, one entry per chart type; output per day is not converted."""
    found: dict[str | None, Workload] = {}
    for sentence, mentions in read:
        start = 0
        for rate in _PER_HOUR.finditer(sentence.lower):
            for load in _loads(sentence, mentions, start, rate.start(), rate.end()):
                found.setdefault(load.chart_type, load)
            start = rate.end()
    return tuple(found.values())[:20]


def _loads(
    sentence: Sentence, mentions: tuple[Mention, ...], start: int, end: int, after: int
) -> list[Workload]:
    text = sentence.lower
    first = max(start, end - 120)
    counts = [
        match
        for match in _COUNT.finditer(text, first, end)
        if text[match.start() - 1 : match.start()] not in ("$", "-")
    ]
    if not counts:
        return []
    loads = []
    for place, count in enumerate(counts):
        limit = counts[place + 1].start() if place + 1 < len(counts) else end
        phrase = text[count.end() : limit]
        kinds = _chart_types(sentence, mentions, count.end(), limit)
        if place + 1 == len(counts) and not kinds:
            kinds = _type_before(sentence, mentions, max(first, count.start() - 30), count.start())
            kinds = kinds or _type_after(sentence, mentions, after)
        least = number(count["least"])
        most = number(count["most"]) if count["most"] else least
        if (kinds or _THINGS.search(phrase)) and len(phrase.split()) <= 6 and 0 < least <= most <= 400:
            loads.append(Workload(kinds[0] if kinds else None, least, most))
    return loads


def _type_before(sentence: Sentence, mentions: tuple[Mention, ...], start: int, end: int) -> list[str]:
    """The type in "Outpatient: 8 charts" or "ED charts 15/hr"; "ED coder 25/hr" names none."""
    for mention in reversed(mentions):
        last = sentence.tokens[mention.last - 1].end
        if (
            mention.facet == "chart_type"
            and start <= last <= end
            and _LEADS.fullmatch(sentence.lower[last:end])
        ):
            return [mention.slug]
    return []


def _type_after(sentence: Sentence, mentions: tuple[Mention, ...], after: int) -> list[str]:
    """The type in "8 charts per hour for outpatient"."""
    if not re.match(r"\s*(?:for|on|of)\b", sentence.lower[after:]):
        return []
    return _chart_types(sentence, mentions, after, after + 40)


def _chart_types(sentence: Sentence, mentions: tuple[Mention, ...], start: int, end: int) -> list[str]:
    return [
        mention.slug
        for mention in mentions
        if mention.facet == "chart_type" and start <= sentence.tokens[mention.first].start < end
    ]


def read_accuracy(read: Sequence[Sentence]) -> float | None:
    """The accuracy target in percent, 80 to 100; the lowest that is named."""
    found = [
        float(match["count"] or match["later"])
        for sentence in read
        for match in _ACCURACY.finditer(sentence.lower)
    ]
    return min((percent for percent in found if 80 <= percent <= 100), default=None)


def read_ramp_up(read: Sequence[Sentence]) -> int | None:
    """Weeks until full output is expected."""
    for sentence in read:
        match = _RAMP_UP.search(sentence.lower)
        if match:
            count, unit = match["after"] or match["before"], match["after_unit"] or match["before_unit"]
            return min(104, weeks(number(count), unit))
    return None


def read_qa_appeal(read: Sequence[Sentence]) -> bool | None:
    """Whether a coder may appeal what QA found; nothing where it is not said. Appeals of denials are another matter."""
    answer: bool | None = None
    for sentence in read:
        text = sentence.lower
        if not re.search(r"\b(?:qa|audit|quality)\b", text):
            continue
        if _NO_APPEAL.search(text):
            return False
        if _APPEAL.search(text):
            answer = True
    return answer


def read_hours(read: Sequence[Sentence]) -> tuple[float | None, float | None]:
    """Least and most hours per week."""
    for sentence in read:
        for match in _HOURS.finditer(sentence.lower):
            least = number(match["least"] or match["single"])
            most = number(match["most"]) if match["most"] else least
            if not 1 <= least <= most <= 80 or re.match(
                r"\s?(?:of )?(?:pto|ceu|training|paid)", sentence.lower[match.end() :]
            ):
                continue
            before = sentence.lower[max(0, match.start() - 20) : match.start()]
            if _UP_TO.search(before):
                return None, most
            if _AT_LEAST.search(before) or "+" in match[0]:
                return least, None
            return least, most
        ahead = _HOURS_AHEAD.search(sentence.lower)
        if ahead and (ahead["unit"] or "per week" in ahead[0]):
            least = number(ahead["least"])
            most = number(ahead["most"]) if ahead["most"] else least
            if 1 <= least <= most <= 80:
                return least, most
    return None, None
