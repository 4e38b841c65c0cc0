"""Reads in which states a candidate may live: these, all, or all but these."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jobboard.places import state, states
from jobboard.postings.recognition.reading import Sentence

_WHERE = r"(?:in|within|from|of|for)"
_TRIGGER = re.compile(
    r"\b(?:"
    r"(?:must|should|need to|required to|has to|have to|currently|able to|who)\s+(?:currently\s+"
    r"|also\s+)?(?:reside|live|work|be (?:located|based|living|residing|a resident|residents"
    r"|domiciled)|be)\s+(?:remotely\s+)?(?:in|within|of|from)"
    r"|(?:reside|residing|resides|lives?|living|domiciled)\s+(?:and work\s+)?(?:in|within)"
    r"|residents?\s+(?:of|in|from)|residency\s+in|resident\s+states?"
    r"|(?:candidates?|applicants?|coders?|employees|people|individuals|those)\s+(?:must be "
    r"|who are |currently |only )*(?:located |based |residing |living |who live |who reside "
    r"|licensed )?(?:in|from|within)"
    r"|(?:hire|hires|hiring|employ|employs|recruit|recruiting|accept|accepting|consider"
    r"|considering)\s+(?:[\w-]+\s+){0,4}?(?:in|from|within|residing in|living in|who live in"
    r"|who reside in|located in|residents of)"
    r"|(?:remote(?:ly)?|work from home|telework|work at home)\s*[-,(:]?\s*(?:only\s+)?"
    r"(?:position\s+|role\s+|job\s+|work\s+|opportunity\s+)?(?:only\s+)?(?:is\s+)?(?:available\s+"
    r"|open\s+|limited\s+)?(?:only\s+)?(?:in|within|from|to|for)(?: residents of)?"
    r"|(?:open|available|limited|restricted)\s+(?:only\s+)?(?:in|to|for)(?:\s+(?:candidates"
    r"|applicants|residents|those|people|individuals|coders))?(?:\s+(?:who (?:live|reside)|living"
    r"|residing|located|based))?(?:\s+(?:in|of|from))?"
    r"|(?:eligible|approved|hiring|authorized|permitted|accepted|allowed|participating|qualifying"
    r"|excluded|ineligible|restricted)\s+(?:hiring\s+|work\s+|remote\s+)?(?:states?"
    r"|locations?)(?:\s+(?:are|is|include|includes|of residence))*"
    r"|following\s+(?:\w+\s+)?(?:states?|locations?)(?:\s+(?:are|is|include|only))*"
    r"|(?:all|any)\s+(?:(?:other|us|u\.s\.|united)\s+)*states?(?:\s+of the (?:us|u\.s\.|usa"
    r"|country))?|\b50 states|anywhere in the (?:us|u\.s\.|usa|united states|country)|nationwide"
    r"|across the (?:us|u\.s\.|country|united states)"
    r"|(?:do|can|will|are)(?: not|n't|not)\s+(?:\w+\s+){0,3}?in"
    r")(?=[\s:,(.;]|$)"
)
_FILLER = re.compile(
    r"[\s:,(\-]*(?:(?:one|any|either|only|the|of|following|states?|these|in|to|for|residents"
    r"|candidates|eligible|approved|is|are|include|limited|a|resident|currently|will|be|considered"
    r"|may|apply|at|this|time|accepted|hired|only)\b[\s:,(\-]*){0,8}"
)
_EVERYWHERE = re.compile(
    r"\b(?:all|any)\s+(?:(?:us|u\.s\.|united|50|fifty)\s+){0,2}states?\b|\b(?:all"
    r"|any of the)\s+(?:50|fifty)\b|\b50 states\b"
    r"|\banywhere in the (?:continental |contiguous )?(?:us\b|u\.s|usa\b|united states|country)"
    r"|\bnationwide\b|\bany state\b|\bevery state\b|\bacross the (?:us\b|u\.s\.|united states"
    r"|country)"
)
_CANDIDATES = re.compile(
    r"\b(?:remote\w*|candidates?|applicants?|open to|resid\w+|live|living|hir(?:e|es|ing)|work"
    r"|working|eligible|employ\w*|located|available|based|coders?|welcome)\b"
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|excludes?|with the exceptions? of|other than|but not"
    r"|outside(?: of)?|apart from|aside from|minus|but)\b[\s:,(]*(?:(?:in|for|residents|of|the"
    r"|following|states?|those|from)\b[\s:]*){0,5}"
)
_DENIED = re.compile(
    r"\b(?:not|cannot|can't|n't|unable|never|ineligible|excluded|no)\b(?!\s+(?:only|limited))[^.;]{0,60}$"
)
_TAIL_DENIED = re.compile(
    r"^[^.;]{0,20}\b(?:are|is|will|cannot|not)\s*(?:not|be)?\s*(?:eligible|accepted|considered"
    r"|be considered|excluded|able)"
)
_RESIDENTS_ONLY = re.compile(r"\bresidents?\b(?:\s+\w+){0,2}?\s*\bonly\b|\bonly\b|\bresidents\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z.]*|[,/;&|()]|[^\sA-Za-z]")
_CONNECT = frozenset({"and", "or", "and/or", "&", "/", ",", ";", "|"})
_MOST = 60


@dataclass(frozen=True)
class Eligibility:
    """`mode` is all, named, all_but or nothing where the text is silent; `states` are two-letter codes."""

    mode: str | None = None
    states: tuple[str, ...] = ()


def read_eligibility(read: Sequence[Sentence]) -> Eligibility:
    """What the sentences say together: named states beat excluded ones, both beat "all states"."""
    named: dict[str, None] = {}
    excluded: dict[str, None] = {}
    everywhere = False
    for sentence in read:
        text = sentence.lower
        if sentence.is_title:
            named.update(dict.fromkeys(_title_states(sentence)))
            continue
        allowed, refused = _mentioned(sentence)
        named.update(dict.fromkeys(allowed))
        excluded.update(dict.fromkeys(refused))
        if _EVERYWHERE.search(text) and _CANDIDATES.search(text) and not _denies_everywhere(text):
            everywhere = True
    for code in excluded:
        named.pop(code, None)
    if named:
        return Eligibility("named", tuple(named))
    if excluded:
        return Eligibility("all_but", tuple(excluded))
    return Eligibility("all") if everywhere else Eligibility()


def _denies_everywhere(text: str) -> bool:
    match = _EVERYWHERE.search(text)
    return match is not None and bool(_DENIED.search(text[: match.start()]))


def _mentioned(sentence: Sentence) -> tuple[list[str], list[str]]:
    text, lower = sentence.text, sentence.lower
    allowed: list[str] = []
    refused: list[str] = []
    covered = 0
    for exception in _EXCEPT.finditer(lower):
        codes, _ = _state_list(text, exception.end())
        if codes and _CANDIDATES.search(lower) and exception[0].strip() != "but":
            refused += codes
    for trigger in _TRIGGER.finditer(lower):
        if trigger.start() < covered:
            continue
        filler = _FILLER.match(lower, trigger.end())
        start = filler.end() if filler else trigger.end()
        codes, end = _state_list(text, start)
        if not codes and start > trigger.end():
            codes, end = _state_list(text, trigger.end())
        if not codes:
            continue
        covered = end
        before = lower[: trigger.end()]
        denied = (
            _DENIED.search(before[: trigger.start()])
            or re.search(
                r"\b(?:excluded|ineligible|restricted)\s+(?:\w+\s+)?(?:states?|locations?)|n't|\bnot\b",
                trigger[0],
            )
            or (
                _TAIL_DENIED.search(lower[end : end + 60])
                and re.search(r"\bnot\b|n't|excluded|cannot", lower[end : end + 40])
            )
        )
        (refused if denied else allowed).extend(codes)
    if not allowed and not refused:
        codes, is_denied = _residents_first(sentence)
        (refused if is_denied else allowed).extend(codes)
    return [code for code in allowed if code not in refused], refused


def _residents_first(sentence: Sentence) -> tuple[list[str], bool]:
    """ "Texas residents only", "no California residents": the list before the word, and whether it is denied."""
    match = re.search(r"\bresidents?\b(?!\s+(?:physicians?|doctors?|program|training))", sentence.lower)
    if match is None:
        return [], False
    for start in _starts(sentence.text[: match.start()]):
        codes, end = _state_list(sentence.text, start)
        if codes and not sentence.text[end : match.start()].strip(" ,()-"):
            return codes, _DENIED.search(sentence.lower[:start]) is not None
    return [], False


def _title_states(sentence: Sentence) -> list[str]:
    """ "Inpatient Coder - Remote (TX, OK, LA)": states right after the word remote in a title."""
    for match in re.finditer(
        r"\b(?:remote|wfh|work from home)\b[\s\-–,:(]*(?:in|within|only in)?\s*", sentence.lower
    ):
        codes, end = _state_list(sentence.text, match.end())
        if codes and (
            len(codes) > 1
            or sentence.text[end:].strip(" )").lower() in ("", "only", "residents only", "residents")
        ):
            return codes
    return []


def _starts(text: str) -> Iterator[int]:
    """Places at most 120 characters back where a word begins."""
    base = max(0, len(text) - 120)
    for match in re.finditer(r"(?<![\w.])[A-Z]", text[base:]):
        yield base + match.start()


def _state_list(text: str, start: int) -> tuple[list[str], int]:
    """The states written from `start` on, and where their list ends.

    "OR" is the state between commas or at the end and the connective right before a state; IN, ME, OK, HI and the
    like are states only in capitals, as a code always must be.
    """
    words = [
        (match[0], match.start(), match.end())
        for match in _WORD.finditer(text, start, min(len(text), start + 900))
    ]
    codes: list[str] = []
    place, end = 0, start
    while place < len(words) and len(codes) < _MOST:
        found, used = _state_at(words, place)
        lowered = words[place][0].lower().rstrip(".")
        if found and not (words[place][0] == "OR" and _connects(words, place, bool(codes))):
            codes.append(found)
            place += used
            end = words[place - 1][2]
        elif (codes and (lowered in _CONNECT or lowered == "the" or words[place][0] in "()")) or (
            not codes and lowered in {"(", "the", "state", "states", "of", ":"}
        ):
            place += 1
        else:
            break
    if len(codes) == 1 and _is_lone_word(words, codes[0]):
        return [], start
    return list(dict.fromkeys(codes)), end


def _connects(words: list[tuple[str, int, int]], place: int, inside: bool) -> bool:
    following, _ = _state_at(words, place + 1)
    return inside and following is not None and words[place + 1][0] != ","


def _is_lone_word(words: list[tuple[str, int, int]], code: str) -> bool:
    """A single code with another meaning needs an end after it: "must be in MD", but not "from PA students"."""
    if len(words) < 2 or words[0][0] != code:
        return False
    following = words[1][0]
    return following[0].isalpha() and following.lower() not in {
        "only",
        "to",
        "and",
        "or",
        "for",
        "at",
        "with",
        "residents",
        "is",
        "are",
        "will",
        "cannot",
        "may",
        "can",
    }


def _state_at(words: list[tuple[str, int, int]], place: int) -> tuple[str | None, int]:
    """The state whose code or name begins at a word, and how many words it takes."""
    if place >= len(words):
        return None, 0
    for length in (4, 3, 2):
        parts = [word for word, _, _ in words[place : place + length]]
        if len(parts) == length and all(part[0].isalpha() for part in parts):
            name = " ".join(part.rstrip(".") for part in parts).casefold()
            if name in _names():
                return _names()[name], length
    word = words[place][0]
    bare = word.rstrip(".")
    if len(bare) == 2 and bare.isupper():
        found = state(bare)
        return (found.code, 1) if found else (None, 0)
    if bare == "D.C":
        return "DC", 1
    if word[0].isupper() and bare.casefold() in _names():
        return _names()[bare.casefold()], 1
    return None, 0


@cache
def _names() -> dict[str, str]:
    return {entry.name.casefold(): entry.code for entry in states()} | {
        "washington d.c": "DC",
        "washington dc": "DC",
    }
