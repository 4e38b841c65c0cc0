"""The words around credentials that carry the logic: connectives, counts, and what is required or refused."""

import re
from dataclasses import dataclass

from jobboard.postings.recognition.lexicon import Mention
from jobboard.postings.recognition.numbers import NUMBER, number
from jobboard.postings.recognition.reading import Sentence

REQUIRED, PREFERRED, REFUSED, ACCEPTED, SILENT = "required", "preferred", "refused", "accepted", "silent"

# In order: what is refused or waived is looked for before what is required.
_SIGNALS = (
    (
        REFUSED,
        r"(?:is|are|will|do|does|can|would)?\s*(?:not|n't|cannot|never)\s+(?:be\s+|currently\s+"
        r"|to\s+be\s+)?"
        r"(?:accepted|accept|accepting|take|taking|considered|consider|eligible|acceptable|qualify|qualified|meet"
        r"|hire|hiring|sufficient)"
        r"|need not apply|(?:please )?do(?: not|n't) apply|(?:unable|not able) to (?:accept|consider|hire)"
        r"|cannot (?:accept|consider|hire)|(?:is|are|'s)\s+excluded|\bexcluding|\bexcept(?:ing| for)?"
        r"|\bno(?=\s+[\w-]+)",
    ),
    (SILENT, r"(?:is |are |but )?(?:not|n't)\s+(?:strictly |be )?(?:required|necessary|mandatory|needed)"),
    (
        ACCEPTED,
        r"\b(?:we|also|will)\s+(?:also\s+|will\s+)?(?:accept|consider|welcome)\b"
        r"|(?:is |are |also |will be )*(?:accepted|welcomed|welcome|acceptable|considered"
        r"|encouraged to apply|may apply"
        r"|can apply|ok|okay|eligible to apply)\b",
    ),
    (
        PREFERRED,
        r"(?:strongly |highly |greatly )?(?:preferred|preferable|preferably|prefer|preference|desired"
        r"|desirable|ideally|ideal)\b"
        r"|\b(?:a|is a|are a|an added|big|huge|definite)\s+(?:strong |big |huge |definite )?(?:plus"
        r"|bonus|asset|advantage)\b"
        r"|\bnice to have\b|\bhelpful\b|\badvantageous\b",
    ),
    (
        REQUIRED,
        r"\b(?:required|requires?|requirements?|mandatory|needed|necessary|must(?:[ -]have)?|minimum"
        r"|needs? to (?:have|hold))\b",
    ),
)
# A bare "no" or "excluding" speaks of what follows: "CPC, no CPC-A", and not of the CPC in "CPC (no apprentices)".
_LEADS = re.compile(r"no$|exclud|except")
_LEAD_REACH = 40
LEADS = "leads"
# What a sentence about credentials may ask for besides: "CCS or CIC, RN preferred".
OTHER = "other"
_OTHER = re.compile(
    r"\b(?:rn|lpn|(?:bachelor|master|associate)(?:'?s)?(?: degree)?|degree|diploma|experience|knowledge"
    r"|familiarity|proficiency|epic|cerner|meditech|3m)\b"
)
_SIGNAL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _SIGNALS))
_CONNECTIVE = re.compile(
    r"(?P<either>\beither\b)|(?P<both>\bboth\b|\ball of\b|\beach of\b)"
    rf"|(?P<some>\b(?:at least |any |a minimum of )?(?P<count>{NUMBER})(?: or more)?\s+"
    rf"(?:or more )?(?:(?:coding )?(?:certifications?|credentials?) )?(?:of|from)\b)"
    r"|(?P<listing>\b(?:certifications?|credentials?)\s+(?:currently\s+)?(?:includes?|are)\b)"
    r"|(?P<any>\bany of\b|\bsuch as\b|\be\.g\.?|\bi\.e\.?|\bincluding\b|\blike\b|\bone or more\b)"
    r"|(?P<or>\band\s?/\s?or\b|\bor\b|/|\|)|(?P<plus>\bplus\b|\bas well as\b|\balong with\b)"
    r"|(?P<and>\band\b|&|\bwith\b|\+)"
    r"|(?P<comma>,)|(?P<open>\()|(?P<close>\))"
)
_WITHIN = re.compile(
    rf"\b(?:within|in|no later than|by)\s+(?:a period of\s+)?(?:the\s+)?(?:first\s+)?"
    rf"(?:your\s+first\s+)?(?P<count>{NUMBER})?\s*-?\s*(?P<unit>days?|weeks?|months?|mos?|years?"
    rf"|yrs?)\b"
)
_ENDS = re.compile(r"\s*[.,;)]?\s*$")
_OBTAIN = re.compile(
    r"\b(?:obtain\w*|achiev\w+|earn\w*|attain\w*|acquir\w+|secur\w+|pass\w*|sit for|complete"
    r"|eligib\w+|certified|get|become|becoming)\b"
    r"|\bof (?:hire|employment|start|joining|your start|being hired|date of hire)|\b(?:hire"
    r"|start) date|\bafter hire|\bof the hire"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One item of a sentence as the grammar of credentials sees it, with its place in characters.

    `kind` is credential, one of the five signals, or a connective: either, both, some, listing ("certifications
    include"), any, or, and, comma, open, close; `value` is the slug or the count.
    """

    kind: str
    start: int
    end: int
    value: str | int | None = None


def signs(sentence: Sentence, mentions: tuple[Mention, ...]) -> list[Sign]:
    """Credentials, signals and connectives of a sentence in order."""
    text, tokens = sentence.lower, sentence.tokens
    found = [
        Sign("credential", tokens[mention.first].start, tokens[mention.last - 1].end, mention.slug)
        for mention in mentions
        if mention.facet == "credential"
    ]
    spans = [(sign.start, sign.end) for sign in found]
    for match in _SIGNAL.finditer(text):
        if _inside(match.start(), spans):
            continue
        leads = _LEADS.match(match[0]) is not None
        if leads and not any(0 <= start - match.end() <= _LEAD_REACH for start, _ in spans):
            continue
        found.append(Sign(str(match.lastgroup), match.start(), match.end(), LEADS if leads else None))
    found += [
        Sign(OTHER, match.start(), match.end())
        for match in _OTHER.finditer(text)
        if not _inside(match.start(), spans)
    ]
    spans = [(sign.start, sign.end) for sign in found]
    for match in _CONNECTIVE.finditer(text):
        if _inside(match.start(), spans):
            continue
        kind = next(name for name in _KINDS if match[name] is not None)
        count = int(number(match["count"])) if match["count"] else None
        if kind == "some" and (count is None or count < 2):
            kind = "any"
        found.append(Sign(kind, match.start(), match.end(), count))
    return sorted(found, key=lambda sign: (sign.start, -sign.end))


_KINDS = ("either", "both", "some", "listing", "any", "or", "plus", "and", "comma", "open", "close")


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def months_to_obtain(text: str) -> int | None:
    """The months within which a credential may be obtained, as small-letter `text` says; nothing if it must be held."""
    within = _WITHIN.search(text)
    if within is None or not (_OBTAIN.search(text) or _ENDS.match(text, within.end())):
        return None
    count = number(within["count"]) if within["count"] else 1.0
    unit = within["unit"]
    months = (
        count * 12
        if unit[0] == "y"
        else count
        if unit[0] == "m"
        else count / (30 if unit[0] == "d" else 52 / 12)
    )
    return min(60, max(1, round(months)))
