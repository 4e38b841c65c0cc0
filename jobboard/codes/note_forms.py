"""What an editor types about a code: a note of one kind, with its source and date."""

from __future__ import annotations

from typing import Any, Final

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from jobboard import clock
from jobboard.access.typed_text import at_most, cleaned
from jobboard.codes.about.editor_notes import COMPLIANCE, CROSSWALK, KINDS, MODIFIER, PRIMARY
from jobboard.codes.code_forms import canonical, range_ends
from jobboard.codes.systems import code_systems

LONGEST_TEXT: Final = 4000
LONGEST_SOURCE: Final = 300
LEADS_TO_A_CODE: Final = frozenset({CROSSWALK, PRIMARY, MODIFIER})


class NoteForm(FlaskForm):  # type: ignore[misc]
    """A note on a code. `seen` is the version of a stored note that the editor looked at."""

    kind = SelectField("Kind", choices=dict(KINDS), validators=[DataRequired("Choose a kind.")])
    to_system = SelectField("Code system", default="")
    to_code = StringField(
        "Code",
        description="The code it leads to; for a modifier its two characters. A compliance note has none.",
        filters=[cleaned],
        validators=[at_most(40)],
    )
    text = TextAreaField(
        "Text",
        description="In our own words: no wording of CPT.",
        filters=[cleaned],
        validators=[at_most(LONGEST_TEXT)],
    )
    source = StringField(
        "Source",
        description="What an editor can look up: a document with its section, or an address.",
        filters=[cleaned],
        validators=[DataRequired("Give the source."), at_most(LONGEST_SOURCE)],
    )
    dated_on = DateField(
        "As of", description="The date of the source.", validators=[InputRequired("Give the date as a day.")]
    )
    seen = HiddenField()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.to_system.choices = {
            "": "Not stated",
            **{each.slug: each.label for each in code_systems().active},
        }

    def validate_dated_on(self, field: DateField) -> None:
        """No day to come: nothing can have been said on it."""
        if field.data is not None and field.data > clock.today():
            raise ValidationError("The date is in the future.")

    def validate_to_code(self, field: StringField) -> None:
        """A code of the chosen system in its canonical form, where the kind leads to one; else nothing."""
        kind, system = self.kind.data, "modifier" if self.kind.data == MODIFIER else self.to_system.data
        if kind == COMPLIANCE:
            field.data, self.to_system.data = "", ""
            return
        if not field.data:
            raise ValidationError("Give the code that it leads to.")
        if not system:
            raise ValidationError("Choose the code system of this code.")
        wanted = canonical(system, field.data)
        if wanted is None or range_ends(system, wanted):
            raise ValidationError("This is no code of that system.")
        field.data, self.to_system.data = wanted, system

    def validate_text(self, field: TextAreaField) -> None:
        """A compliance note is its text."""
        if self.kind.data == COMPLIANCE and not field.data:
            raise ValidationError("Write the note.")

    @property
    def values(self) -> dict[str, Any]:
        """The columns that this form fills."""
        return {
            name: self[name].data for name in ("kind", "to_system", "to_code", "text", "source", "dated_on")
        }


class DeletionForm(FlaskForm):  # type: ignore[misc]
    """Deleting a note: nothing but the token."""
