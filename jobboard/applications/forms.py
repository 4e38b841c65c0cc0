"""What people type and choose when they apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Optional

from jobboard.access.typed_text import at_most, cleaned
from jobboard.applications.documents import Upload
from jobboard.applications.presentation import STATUS_WORDS, size_words
from jobboard.applications.sniffing import LARGEST_BYTES, NotAResume, cleaned_name, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobboard.applications.models import Document

LONGEST_MESSAGE = 5000


class MessageForm(FlaskForm):  # type: ignore[misc]
    """What a visitor types before joining."""

    message = TextAreaField("Your message", filters=[cleaned], validators=[at_most(LONGEST_MESSAGE)])


class ApplyForm(MessageForm):
    """An application: a message, a résumé, or both. After `validate()`, `upload` holds a new file understood."""

    document = RadioField("Your résumé", validators=[Optional()])
    resume = FileField("A new file")
    upload: Upload | None = None

    def __init__(self, documents: Sequence[Document], **given: Any) -> None:
        super().__init__(**given)
        kept = [(str(d.id), f"{d.file_name} ({size_words(d.size)})") for d in documents]
        self.document.choices = [*kept, ("", "None of these")]
        if not self.is_submitted():
            self.document.data = kept[0][0] if kept else ""
        self.document.data = self.document.data or ""

    @property
    def document_id(self) -> int | None:
        """The earlier résumé that was chosen; a new file goes before it."""
        return int(self.document.data) if self.document.data and self.upload is None else None

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields one by one, the file's content, and that there is something to send."""
        fine = bool(super().validate(extra_validators))
        given = self.resume.data
        if given is not None and given.filename:
            # One byte more than is taken tells a file that is too large.
            content = given.stream.read(LARGEST_BYTES + 1)
            try:
                kind = kind_of(content)
            except NotAResume as refusal:
                self.resume.errors = [str(refusal)]
                return False
            self.upload = Upload(cleaned_name(given.filename, kind), kind, content)
        if fine and not self.message.data and self.upload is None and not self.document.data:
            self.message.errors = ["Please write a message, choose a résumé, or do both."]
            return False
        return fine


class StatusForm(FlaskForm):  # type: ignore[misc]
    """A step that the company takes; `version` is the application's as it was shown."""

    status = StringField("Status", validators=[AnyOf(list(STATUS_WORDS))])
    version = IntegerField("Version", validators=[InputRequired()])
