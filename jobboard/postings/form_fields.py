"""Fields of the posting's form that WTForms does not bring: money, yes or no or silent, credentials, codes."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from wtforms import RadioField, StringField
from wtforms.fields.choices import Choice
from wtforms.validators import ValidationError

from jobboard.postings.pay import money
from jobboard.postings.stated_codes import SYSTEM_WORDS, canonical_words, read_codes
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CREDENTIALS = 15
_LARGEST_DOLLARS = Decimal(9_999_999)
_BETWEEN = re.compile(r"\s*(?:[,;\n]|\band\b|\bor\b)\s*", re.IGNORECASE)


def stripped(value: str | None) -> str:
    """What was typed, without spaces around it."""
    return (value or "").strip()


class MoneyField(StringField):  # type: ignore[misc]
    """An amount in dollars as people write it ("$28.50", "65,000"); its data are integers of cents or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else money(self.data).removeprefix("$")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the amount; ValueError says what an amount looks like."""
        text = stripped(valuelist[0] if valuelist else "").removeprefix("$").replace(",", "").strip()
        self.data = None
        if not text:
            return
        thousands = text[-1:] in "kK"
        try:
            amount = Decimal(text[:-1] if thousands else text) * (1000 if thousands else 1)
        except InvalidOperation:
            raise ValueError("Give an amount in dollars, such as 28.50 or 65,000.") from None
        if not amount.is_finite() or not 0 < amount <= _LARGEST_DOLLARS:
            raise ValueError("Give an amount above 0.")
        if amount != round(amount, 2):
            raise ValueError("Give at most two digits after the point.")
        self.data = int(amount * 100)


class StatedField(RadioField):  # type: ignore[misc]
    """Yes, no, or not stated; its data are True, False or None."""

    def __init__(self, label: str, yes: str = "Yes", no: str = "No", **options: Any) -> None:
        choices = {"": "Not stated", "yes": yes, "no": no}
        super().__init__(label, choices=choices, default=None, **options)

    def process_data(self, value: object) -> None:
        """From the column's value."""
        self.data = value if isinstance(value, bool) else None
        self._word = {True: "yes", False: "no"}.get(self.data, "")  # type: ignore[arg-type]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """From what was chosen; anything else is refused by `pre_validate`."""
        self._word = valuelist[0] if valuelist else ""
        self.data = {"yes": True, "no": False}.get(self._word)

    def iter_choices(self) -> Any:
        """(value, label, chosen, attributes) of the three."""
        for value, words in self.choices.items():
            yield Choice(value, words, value == self._word, {})

    def pre_validate(self, form: object) -> None:
        """Only the three choices."""
        if self._word not in {"", "yes", "no"}:
            raise ValidationError("Choose yes, no or not stated.")


class CredentialsField(StringField):  # type: ignore[misc]
    """Credentials by their short forms with commas between ("RHIT, CCS"); its data are slugs."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        vocabulary = vocabularies()["credential"]
        return ", ".join(vocabulary.label(slug) for slug in self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the list; ValueError names every word that is no credential."""
        vocabulary = vocabularies()["credential"]
        words = [word for word in _BETWEEN.split(stripped(valuelist[0] if valuelist else "")) if word]
        found = [(word, vocabulary.find(word)) for word in words]
        self.data = list(dict.fromkeys(term.slug for _, term in found if term is not None))
        unknown = [word[:40] for word, term in found if term is None]
        if unknown:
            raise ValueError(
                f"Not a credential this board knows: {', '.join(unknown[:5])}. Use short forms: CPC, CCS."
            )
        if len(self.data) > MOST_CREDENTIALS:
            raise ValueError(f"Name at most {MOST_CREDENTIALS} credentials.")


class CodesField(StringField):  # type: ignore[misc]
    """Codes, families and ranges with commas or blanks between ("99213, E11.9"); its data are their canonical words.

    They are None, which leaves a posting's codes as they are, where the form was sent without the field.
    `words_of_systems` is the word before a code of each system, as a JSON object for code_picker.js.
    """

    systems = tuple(SYSTEM_WORDS)
    words_of_systems = json.dumps(SYSTEM_WORDS)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the list; ValueError names every word that is no code."""
        self.data = None
        if valuelist:
            self.data = canonical_words(read_codes(valuelist[0]))
