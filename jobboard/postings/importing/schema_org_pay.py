"""`baseSalary` in its many forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jobboard.postings.importing import fields
from jobboard.postings.importing.refusal import Refused
from jobboard.postings.pay import PLAUSIBLE

if TYPE_CHECKING:
    from jobboard.vocabulary import Vocabulary

_FIELD = "baseSalary"
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(k\b)?", re.IGNORECASE)
_SYMBOLS = {"$": "USD", "US$": "USD", "USD$": "USD", "DOLLAR": "USD", "DOLLARS": "USD"}
_OTHER_UNITS = {"hr": "hourly", "yr": "salary", "annual": "salary", "annum": "salary", "hourly": "hourly"}


@dataclass(frozen=True)
class Pay:
    """Cents per unit of `basis`; `basis_is_stated` is False where only the size of the amount tells it."""

    basis: str
    least: int | None
    most: int | None
    currency: str = "USD"
    basis_is_stated: bool = True


def pay(value: Any, bases: Vocabulary) -> Pay | None:
    """The pay of a number, a text, a MonetaryAmount or a QuantitativeValue; None where it states none.

    An amount of 0 states nothing, nor does one that nobody pays in that unit (65,000 an hour).
    """
    given = fields.entries(value)
    if not given:
        return None
    amount = given[0]
    currency, unit = "USD", ""
    inner = amount
    if isinstance(amount, dict):
        currency = _currency(amount.get("currency"))
        unit = fields.line(amount.get("unitText"), f"{_FIELD}.unitText", 60)
        inner = amount if "minValue" in amount or "maxValue" in amount else amount.get("value")
    if isinstance(inner, list):
        inner = inner[0] if inner else None
    if isinstance(inner, dict):
        unit = (
            fields.line(inner.get("unitText") or inner.get("unitCode"), f"{_FIELD}.value.unitText", 60)
            or unit
        )
        currency = _currency(inner.get("currency")) if inner.get("currency") else currency
    least, most, words = _ends(inner)
    if least is None and most is None:
        return None
    basis = _basis(unit, bases) or _basis_in(words, bases)
    stated = bool(basis)
    if not basis and not unit:
        basis = _basis_by_size(most if most is not None else least)
    if not basis or not _is_plausible(basis, least, most):
        return None
    return Pay(basis, _cents(least), _cents(most), currency, stated)


def _ends(value: Any) -> tuple[float | None, float | None, str]:
    if isinstance(value, dict):
        least = _figure(value.get("minValue"), f"{_FIELD}.minValue")
        most = _figure(value.get("maxValue"), f"{_FIELD}.maxValue")
        if least is None and most is None:
            return (
                _ends(value["value"])
                if not isinstance(value.get("value"), dict) and "value" in value
                else (None, None, "")
            )
        words = ""
    elif isinstance(value, str):
        amounts = [_scaled(match) for match in _AMOUNT.finditer(value)]
        if len(amounts) > 2 or (not amounts and any(c.isdigit() for c in value)):
            raise Refused(_FIELD, f"“{value[:40]}” is no amount")
        least, most, words = (amounts[0], amounts[-1], value) if amounts else (None, None, value)
    else:
        least = most = _figure(value, _FIELD)
        words = ""
    least, most = least or None, most or None
    if least is not None and most is not None and least > most:
        raise Refused(_FIELD, "the least is more than the most")
    return least, most, words


def _figure(value: Any, field: str) -> float | None:
    if isinstance(value, str) and (match := _AMOUNT.search(value)) and len(_AMOUNT.findall(value)) == 1:
        return _scaled(match)
    figure = fields.number(value, field)
    if figure is not None and figure < 0:
        raise Refused(field, "pay is not negative")
    return figure


def _scaled(match: re.Match[str]) -> float:
    figure = float(match[1].replace(",", "") + (match[2] or ""))
    return figure * 1000 if match[3] else figure


def _currency(value: Any) -> str:
    words = fields.line(value, f"{_FIELD}.currency", 40).upper()
    words = _SYMBOLS.get(words, words)
    if not words:
        return "USD"
    if len(words) != 3 or not words.isascii() or not words.isalpha():
        raise Refused(f"{_FIELD}.currency", f"“{words[:20]}” is no currency code")
    return words


def _basis(unit: str, bases: Vocabulary) -> str:
    plain = unit.strip().casefold().removeprefix("per ").strip()
    for term in bases:
        if term.markup and plain in {term.markup.casefold(), f"{term.markup.casefold()}s"}:
            return term.slug
    known = bases.find(unit) or bases.find(plain) if plain else None
    return known.slug if known else _OTHER_UNITS.get(plain, "")


def _basis_in(words: str, bases: Vocabulary) -> str:
    plain = words.casefold()
    for term in bases:
        for word in term.words:
            if re.search(rf"(?<![a-z]){re.escape(word.casefold())}(?![a-z])", plain):
                return term.slug
    return ""


def _basis_by_size(amount: float | None) -> str:
    if amount is None:
        return ""
    by_size = [
        basis for basis in ("hourly", "salary") if PLAUSIBLE[basis][0] <= amount <= PLAUSIBLE[basis][1]
    ]
    return by_size[0] if len(by_size) == 1 else ""


def _is_plausible(basis: str, least: float | None, most: float | None) -> bool:
    low, high = PLAUSIBLE.get(basis, (0, 1e9))
    return all(low <= amount <= high for amount in (least, most) if amount is not None)


def _cents(amount: float | None) -> int | None:
    return None if amount is None else round(amount * 100)
