"""Reads where the work is done: remote, hybrid with days on site, on site, or remote after on-site training."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobboard.postings.recognition.numbers import NUMBER, number, weeks
from jobboard.postings.recognition.reading import Sentence

_SITE = (
    r"(?:on[ -]?site|in[ -]office|in[ -]person|on (?:our )?campus|(?:in|at|from|to|into) (?:the |our |either "
    r"|an? )?(?:\w+ )?(?:office|facility|hospital|campus)|office[ -]based)"
)
_REMOTE_WORD = (
    r"(?:remote(?:ly)?|work(?:ing|s)?[ -](?:from|at)[ -]home|work(?:ing)? from anywhere|fully virtual"
    r"|virtual(?= (?:position|role|job|opportunity))"
    r"|wfh|tele[ -]?work(?:ing)?"
    r"|telecommut(?:e|ing)|home[ -]based)"
)
_REMOTE = re.compile(
    rf"\b{_REMOTE_WORD}\b(?!\s+(?:access|monitoring|patients?|training|desktop|areas?|locations?"
    rf"|sites?|workers?|staff|employees|teams?"
    r"|support|sensing|facilit\w+|supervision|(?:coding |work )?experience|meeting|connection"
    r"|setup|work stipend))"
)
_NOT_REMOTE = re.compile(
    rf"\b(?:not|no|never|isn't|n't|non)[ -](?:be |currently |offer\w* |allow\w* |permit\w* "
    rf"|available |eligible |for |an? |any |the )*(?:{_REMOTE_WORD})\b"
    r"(?! (?:workers?|candidates?|employees|applicants|staff|coders)\b)"
    rf"|\b{_REMOTE_WORD}(?: work| position| option| working| coding| schedule)?s?(?: (?:is|are"
    rf"|will))?(?: not|n't| no longer)(?: be)?"
    r" (?:available|offered|possible|permitted|allowed|an option|provided|considered|supported)"
    rf"|\bno longer (?:\w+ )?{_REMOTE_WORD}\b|\b{_REMOTE_WORD}(?: work| job| eligible| option"
    rf"| available)*\s?:\s?no\b|\bno (?:option"
    rf"|possibility|opportunity) (?:for|to) (?:\w+ )?{_REMOTE_WORD}"
)
_NOT_FULLY = re.compile(r"\bnot (?:a |an )?(?:fully|100%|completely|entirely)[ -]")
_OF_OTHERS = re.compile(
    r"\b(?:team of|our|manag\w+|lead|leads|leading|supervis\w+|oversee\w*|of) (?:\w+ ){0,3}?"
    r"remote (?:\w+ )?(?:coders|auditors|staff)\b"
)
_PAST = re.compile(rf"\b(?:formerly|previously|used to be|was|were|once)(?: an?| fully)* {_REMOTE_WORD}\b")
_MAYBE = re.compile(
    rf"\b(?:may|might|potential\w*|possib\w+|eventual\w*|could|occasional\w*|future"
    rf"|if)\b[^.,]{{0,40}}\b{_REMOTE_WORD}\b"
    rf"|\b{_REMOTE_WORD}\b[^.,]{{0,30}}\b(?:may be|might be|possible|possibility|potential"
    rf"|occasionally|considered|negotiable)\b"
)
_HYBRID = re.compile(
    r"(?<!title 38 )\bhybrid\b(?!,?\s+(?:title |status|medical |health |chart|record|emr|ehr|or\b"
    r"|operating|entity|cloud))"
)
_SOME_DAYS_REMOTE = re.compile(
    rf"\b{_REMOTE_WORD} (?:on )?(?:(?:mon|tues|wednes|thurs|fri)days?)\b(?!\s?(?:-|to|through))"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri)days?)"
_SITE_WEEKDAYS = re.compile(
    rf"\b(?:{_SITE})\s+(?:on\s+)?(?P<after>{_WEEKDAY}(?:(?:\s*,\s*|,?\s+and\s+|\s*/\s*){_WEEKDAY}){{0,3}})(?!\s?(?:-|to|through))"
    rf"|\b(?P<before>{_WEEKDAY}(?:(?:\s*,\s*|,?\s+and\s+|\s*/\s*){_WEEKDAY}){{0,3}})\s+(?:{_SITE})"
)
_NO_HYBRID = re.compile(r"\b(?:no|not|non)[ -](?:a |an |be )?(?:\w+ or )?hybrid\b")
_DAYS_ON_SITE = re.compile(
    rf"(?P<days>{NUMBER})(?:\s?(?:-|to)\s?{NUMBER})?\s+(?:(?:full )?days?)(?:\s*(?:\b(?:a|per|each|every)\b"
    rf"|/)\s?week)?(?:\s+(?!with\b|and\b|from\b|remote|mon|tue|wed|thu|fri)\w+){{0,2}}?\s+(?:{_SITE})"
    rf"|\bdays? (?:remote|from home|at home|wfh|telework)\W+(?:and )?(?P<rest>{NUMBER}) (?:days? )?(?:{_SITE})"
    rf"|\b(?:{_SITE})\s+(?:for\s+|at least\s+|about\s+|only\s+|is\s+)?(?P<later>{NUMBER})(?:\s?(?:-"
    rf"|to)\s?{NUMBER})?\s+days?\b(?!\s+(?:of\s+)?training)"
    rf"|\bhybrid\W{{1,4}}(?P<plain>{NUMBER})(?:\s?(?:-|to)\s?{NUMBER})?\s+days?\b(?!\s+(?:remote"
    rf"|from home|at home|wfh|telework))"
)
_NOT_A_WEEK = re.compile(
    r"\b(?:a|per|each|every)\s+(?:month|quarter|year)\b|\bmonthly\b|\bquarterly\b|\bfirst\b"
    r"|\bthen\b|\bafter\b|\btraining\b|\borientation\b"
)
_AFTER_TRAINING = re.compile(
    rf"\b{_REMOTE_WORD}\b.{{0,60}}\b(?:after|following|upon|once|post)\b.{{0,80}}\b(?:training"
    rf"|orientation|onboarding|{_SITE}|probation\w*|introductory)"
    rf"|\b(?:after|following|upon|once)\b.{{0,80}}\b(?:training|orientation|onboarding|{_SITE}"
    rf"|probation\w*)\b.{{0,80}}\b{_REMOTE_WORD}\b"
    rf"|\b(?:{_SITE})\b.{{0,60}}\b(?:training|orientation|onboarding)\b.{{0,80}}\b(?:then"
    rf"|thereafter|otherwise|after|afterwards?|before|prior to|followed by)\b.{{0,40}}\b{_REMOTE_WORD}\b"
    rf"|\b(?:training|orientation|onboarding)\b.{{0,60}}\b(?:{_SITE})\b.{{0,80}}\b(?:then"
    rf"|thereafter|otherwise|afterwards?|after that|before|prior to|followed by)\b.{{0,40}}\b{_REMOTE_WORD}\b"
    rf"|\b{_REMOTE_WORD}\b.{{0,40}}\b(?:after|following)\s+(?:the\s+)?(?:first\s+"
    rf"|initial\s+)?{NUMBER}[ -]+(?:day|week|month)s?\b"
    rf"|\bfirst\s+{NUMBER}[ -]+(?:day|week|month)s?\b.{{0,60}}\b(?:{_SITE})\b.{{0,60}}\b{_REMOTE_WORD}\b"
    rf"|\b(?:{_SITE})\b.{{0,40}}\bfirst\s+{NUMBER}[ -]+(?:day|week|month)s?\b.{{0,60}}\b{_REMOTE_WORD}\b"
    rf"|\b{_REMOTE_WORD}\b.{{0,40}}\bafter\s+training\b"
    rf"|\b(?:thereafter|afterwards?|after (?:that|which|this))\b.{{0,40}}\b{_REMOTE_WORD}\b"
    rf"|\b{_REMOTE_WORD}\b.{{0,30}}\b(?:thereafter|afterwards|after (?:that|which|this))\b"
)
_DURATION = re.compile(
    rf"(?P<count>{NUMBER})(?:\s?(?:-|to)\s?(?P<most>{NUMBER}))?[ -]+(?P<unit>day|week|month)s?\b"
)
_ON_SITE = re.compile(
    r"^\W*(?:100% |fully )?(?:on[ -]?site|in[ -]office|in[ -]person)(?: only)?\W*$|"
    r"\b(?:on[ -]?site|in[ -]office|in[ -]person|office[ -]based)\s*(?:/\s*in[ -]person\s*)?"
    r"(?:only|position|role|job|opportunity|work\b|required|requirement|coder|schedule|monday"
    r"|at (?:our|the|an?)|in [a-z])"
    r"|(?<!gym)(?<!parking)(?<!care)(?<!cafeteria)(?<!cafe)(?<!clinic)(?<!not),?\s(?:on[ -]?site|in[ -]office"
    r"|in[ -]person)\s*(?:[.!]?$|,)"
    r"|\bwork (?:at|in|from) our (?:[\w']+ ){0,2}(?:office|campus)\b"
    r"|\b(?:position|role|job|opportunity|work|works|worked|performed|schedule|fully|100%|entirely"
    r"|strictly|completely)\s+(?:is\s+|will be\s+|must be\s+|are\s+)?(?:now\s+"
    r"|currently\s+)?(?:an?\s+)?(?:performed\s+)?(?:fully |entirely |100% |strictly |completely "
    r"|located )?(?:on[ -]?site|in[ -]office|in the office|in[ -]person|at our)\b"
    r"|\b(?:location|work location|arrangement|workplace|work setting|work type|job type"
    r"|setting)\s?:\s?(?:on[ -]?site|in[ -]person|in[ -]office)"
    r"|\bmust (?:work|report|be)\s+(?:\w+ )?(?:on[ -]?site|to (?:the|our) office|in[ -]person"
    r"|in (?:the|our) office)\b|\bthis is an? (?:\w+ )?(?:on[ -]?site|in[ -]office|in[ -]person)\b"
)
_TITLE_ON_SITE = re.compile(r"\bon[ -]?site\b|\bin[ -]office\b|\bin[ -]person\b")
_EITHER = re.compile(rf"\bhybrid\s+or\s+(?:fully )?{_REMOTE_WORD}|{_REMOTE_WORD}\s+or\s+hybrid")


@dataclass(frozen=True)
class Arrangement:
    """The slug of the arrangement, days a week on site when hybrid, weeks of training before remote work."""

    slug: str | None = None
    hybrid_days: int | None = None
    training_weeks: int | None = None


@dataclass
class _Evidence:
    remote: bool = False
    title_remote: bool = False
    hybrid: bool = False
    days: int | None = None
    on_site: bool = False
    not_remote: bool = False
    after_training: bool = False
    weeks: int | None = None


def read_arrangement(read: Sequence[Sentence]) -> Arrangement:
    """Weighs all sentences: what is denied beats a bare "remote", training and hybrid days beat both."""
    seen = _Evidence()
    before = ""
    for sentence in read:
        _weigh(sentence, before, seen)
        before = sentence.lower
    if seen.after_training and not (seen.hybrid and seen.days):
        return Arrangement("remote-after-training", training_weeks=seen.weeks)
    if seen.hybrid:
        return Arrangement("hybrid", hybrid_days=seen.days)
    if seen.not_remote:
        return Arrangement("on-site")
    if seen.remote and (seen.title_remote or not seen.on_site):
        return Arrangement("remote")
    return Arrangement("on-site" if seen.on_site else None)


def _weigh(sentence: Sentence, before: str, seen: _Evidence) -> None:
    text = sentence.lower
    denied = bool(_NOT_REMOTE.search(text)) and not _NOT_FULLY.search(text)
    seen.not_remote = seen.not_remote or denied
    if not _NO_HYBRID.search(text):
        _weigh_hybrid(text, before, seen)
    remote = _REMOTE.search(text)
    if (
        remote
        and not denied
        and not _PAST.search(text)
        and not _OF_OTHERS.search(text)
        and not _NOT_FULLY.search(text)
    ):
        if _AFTER_TRAINING.search(text) or (
            _AFTER_TRAINING.search(f"{before} {text}"[-900:]) and not _AFTER_TRAINING.search(before)
        ):
            seen.after_training = True
            seen.weeks = seen.weeks or _training_weeks(text) or _training_weeks(before)
        elif not _MAYBE.search(text):
            seen.remote = True
            seen.title_remote = seen.title_remote or sentence.is_title
    if _ON_SITE.search(text) or (sentence.is_title and _TITLE_ON_SITE.search(text)):
        seen.on_site = True


def _weigh_hybrid(text: str, before: str, seen: _Evidence) -> None:
    named = _HYBRID.search(text) is not None or _SOME_DAYS_REMOTE.search(text) is not None
    if named and not _EITHER.search(text):
        seen.hybrid = True
    if not (
        named
        or seen.hybrid
        or _REMOTE.search(text)
        or _REMOTE.search(before)
        or "week" in text
        or "home" in text
    ):
        return
    days = _DAYS_ON_SITE.search(text)
    if days is None:
        _weigh_weekdays(text, seen)
        return
    around = text[days.start() : days.end() + 20]
    count = number(days["days"] or days["rest"] or days["later"] or days["plain"])
    if not 1 <= count <= 5 or _NOT_A_WEEK.search(around):
        return
    # Five days on site are no hybrid.
    if count == 5:
        seen.on_site = True
        return
    seen.hybrid, seen.days = True, seen.days or int(count)


def _weigh_weekdays(text: str, seen: _Evidence) -> None:
    """ "Onsite Tuesday and Thursday" are two days where some of the week is remote."""
    named = _SITE_WEEKDAYS.search(text)
    if named is None or not (seen.hybrid or _REMOTE.search(text) or re.search(r"\bhome\b", text)):
        return
    count = len(re.findall(_WEEKDAY, named["after"] or named["before"]))
    seen.hybrid, seen.days = True, seen.days or count


def _training_weeks(text: str) -> int | None:
    for duration in _DURATION.finditer(text):
        count = number(duration["most"] or duration["count"])
        unit = duration["unit"]
        if (unit == "day" and count < 5) or count <= 0:
            continue
        found = weeks(count, unit)
        if found <= 104:
            return found
    return None
