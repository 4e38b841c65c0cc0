"""What a person types about their codes: the name of a folder, a note."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired

from jobboard.access.typed_text import at_most, cleaned
from jobboard.my_codes.rules import LONGEST_NAME, LONGEST_NOTE


def _one_line(text: str | None) -> str:
    return " ".join(cleaned(text).split())


class FolderForm(FlaskForm):  # type: ignore[misc]
    """A folder's name."""

    name = StringField(
        "Name of the folder",
        [DataRequired("Give the folder a name."), at_most(LONGEST_NAME)],
        filters=[_one_line],
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )


class NoteForm(FlaskForm):  # type: ignore[misc]
    """A private note; `seen` is the mark of the text that stood there when the form was drawn."""

    text = TextAreaField("Your note", [at_most(LONGEST_NOTE)], filters=[cleaned])
    seen = HiddenField()
