"""Reads pay: "$28–$34/hr", "$62,000 - $75k", "$3.50 per chart"; never a bonus, an allowance or a turnover."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobboard.postings.recognition.reading import Sentence

_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,6}(?:\.\d{1,2})?"
_BASIS = (
    r"(?:(?:/|per|an?|each|every)\s?(?:completed |coded )?(?P<unit>hour|hr|chart|record|account|case|study"
    r"|encounter|visit|note|year|yr|annum|month|mo|week|wk|day)\b"
    r"|(?P<adverb>hourly|annually|annual|yearly|salary|salaried|weekly|monthly|daily))"
)
_MONEY = re.compile(
    rf"(?P<sign>\$|usd\s?\$?|(?<=rate: )|(?<=pay: )|(?<=wage: ))\s?(?P<least>{_AMOUNT})(?P<k1>k)?(?![\d,]*\d)(?:\s?\+)?"
    rf"(?:\s?{_BASIS.replace('P<unit>', 'P<unit1>').replace('P<adverb>', 'P<adverb1>')})?"
    rf"(?:\s?(?:-|to|through|up to)\s?(?:usd\s?)?\$?\s?(?P<most>{_AMOUNT})(?P<k2>k)?(?![\d,]*\d))?"
    rf"(?P<large>\s?(?:million|billion|m\b|b\b|mm\b|bn\b))?\s?(?:usd\s?|dollars\s?"
    rf"|gross\s?)?(?:[-,(]\s?)?{_BASIS}?"
)
_DOLLARS = re.compile(
    rf"(?<![\d$.,])(?P<least>{_AMOUNT})(?P<k1>k)?\s?(?:-"
    rf"|to)\s?(?P<most>{_AMOUNT})(?P<k2>k)?\s?(?:usd|dollars)?\s?{_BASIS}"
)
_BETWEEN = re.compile(r"\bbetween\s+(?P<least>\$?\s?[\d,.]{1,12}k?(?:\s?(?:/|per|an?)\s?\w{2,9})?)\s+and\s+")
_UNITS = {
    "hour": "hourly", "hr": "hourly", "hourly": "hourly",
    "year": "salary", "yr": "salary", "annum": "salary", "annually": "salary", "annual": "salary", "yearly": "salary",
    "salary": "salary", "salaried": "salary",
    "month": "month", "mo": "month", "monthly": "month", "week": "week", "wk": "week", "weekly": "week",
    "day": "day", "daily": "day",
    "chart": "chart", "record": "chart", "account": "chart", "case": "chart", "study": "chart",
    "encounter": "encounter", "visit": "encounter", "note": "encounter",
}  # fmt: skip
# What is believable, in dollars per unit.
_BOUNDS = {
    "hourly": (7, 300),
    "day": (50, 2_500),
    "week": (250, 12_000),
    "month": (1_000, 50_000),
    "salary": (15_000, 900_000),
    "chart": (0.05, 250),
    "encounter": (0.05, 250),
}
_NOT_PAY = re.compile(
    r"\b(?:bonus(?:es)?|stipends?|reimburs\w+|allowances?|relocation|referrals?|tuition|co-?pays?"
    r"|differentials?|incentives?|deductible|revenue|budget"
    r"|loan|dues|fees?|equipment|ceus?|scholarship|grant|401|match(?:ing)?|life insurance"
    r"|continuing education|raised|recovered|saved|claims)\b"
)
_CONTEXT = re.compile(
    r"(?P<hourly>\bhourly\b|\bper hour\b|\bhour\b)|(?P<salary>\bsalar(?:y|ied)\b|\bannual(?:ly"
    r"|ized)?\b|\bper year\b|\byearly\b)"
    r"|(?P<chart>\bper[ -]chart\b)|(?P<encounter>\bper[ -]encounter\b)"
)
_PAY_WORD = re.compile(r"\b(?:pay|pays|paid|compensation|wage|rate|range|earn|earning|salary|base)\b")
_LEAST_ONLY = re.compile(
    r"(?:\bfrom|starting(?: at| from)?|starts? at|minimum(?: of)?|at least|min)\s*:?\s*$"
)
_OUTPUT = re.compile(
    r"\b(?:charts?|notes?|records?|encounters?|accounts?|cases?|reports?|visits?|claims?|productivity"
    r"|standard|expectation|output|volume|specimens|surgeries|studies)\b"
)
_MOST_ONLY = re.compile(r"(?:\bup to|maximum(?: of)?|max|as much as)\s*:?\s*$")
_PIECE = re.compile(
    r"\b(?:paid|pay|compensat\w+|rate|rates|earn)\b[^.]{0,30}\b(?:per|by the"
    r"|each)[ -](?P<unit>chart|encounter)\b"
    r"|\bper[ -](?P<unit2>chart|encounter) (?:pay|rate|compensation|basis|position|contract)"
)


@dataclass(frozen=True)
class Pay:
    """Basis slug, and least and most in cents per unit; nothing where not said."""

    basis: str | None = None
    least_cents: int | None = None
    most_cents: int | None = None


def read_pay(read: Sequence[Sentence]) -> Pay:
    """The first believable pay of the sentences; the basis alone where a piece rate is named without amounts."""
    for sentence in read:
        text = _BETWEEN.sub(r"\g<least> to ", sentence.lower)
        for pattern in (_MONEY, _DOLLARS):
            for match in pattern.finditer(text):
                # "Op notes: 12-15 per hour" counts output.
                if pattern is _DOLLARS and _OUTPUT.search(text[max(0, match.start() - 40) : match.start()]):
                    continue
                pay = _pay(match, text)
                if pay is not None:
                    return pay
    for sentence in read:
        piece = _PIECE.search(sentence.lower)
        if piece:
            return Pay(piece["unit"] or piece["unit2"])
    return Pay()


def _pay(match: re.Match[str], text: str) -> Pay | None:
    groups = match.groupdict()
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
    if groups.get("large") or _speaks_of_else(before, after):
        return None
    least, most = _dollars(groups["least"], groups["k1"]), None
    if groups["most"]:
        most = _dollars(groups["most"], groups["k2"])
        # "$62-75k": the k stands for both.
        if groups["k2"] and not groups["k1"] and least < 1000:
            least *= 1000
        if groups["k1"] and not groups["k2"] and most < 1000:
            most *= 1000
    unit = groups.get("unit") or groups.get("adverb") or groups.get("unit1") or groups.get("adverb1")
    basis = _UNITS[unit] if unit else _basis_around(text, match, least)
    if basis is None:
        return None
    low, high = _BOUNDS[basis]
    amounts = [amount for amount in (least, most) if amount is not None]
    if not all(low <= amount <= high for amount in amounts):
        return None
    if most is None:
        if _MOST_ONLY.search(before):
            return Pay(basis, None, _cents(least))
        only_least = _LEAST_ONLY.search(before) or "+" in match[0]
        return Pay(basis, _cents(least), None if only_least else _cents(least))
    return Pay(basis, _cents(min(amounts)), _cents(max(amounts)))


def _speaks_of_else(before: str, after: str) -> bool:
    close_before = re.split(r"[;,)]|\.\s|\band\b", before)[-1]
    close_after = re.split(r"[.;,(]|\+|\b(?:plus|and|with|or)\b", after)[0][:25]
    return bool(_NOT_PAY.search(close_before) or _NOT_PAY.search(close_after)) or before.rstrip().endswith(
        "+"
    )


def _basis_around(text: str, match: re.Match[str], least: float) -> str | None:
    nearest: tuple[int, str] | None = None
    for context in _CONTEXT.finditer(text):
        distance = min(abs(match.start() - context.end()), abs(context.start() - match.end()))
        if distance < 60 and (nearest is None or distance < nearest[0]):
            nearest = (distance, str(context.lastgroup))
    if nearest is not None:
        return nearest[1]
    if match["most"] and 10 <= least <= 120 and _PAY_WORD.search(text):
        return "hourly"
    # A range of such amounts in an advertisement is a year's pay; a single one needs a word for it.
    return "salary" if least >= 20_000 and (match["most"] or _PAY_WORD.search(text)) else None


def _dollars(digits: str, thousand: str | None) -> float:
    return float(digits.replace(",", "")) * (1000 if thousand else 1)


def _cents(dollars: float) -> int:
    return round(dollars * 100)
