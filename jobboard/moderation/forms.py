"""What moderators and those who report type."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from jobboard.access.typed_text import at_most, cleaned
from jobboard.vocabulary import vocabularies

LONGEST_REASON = 2000


_short = at_most(LONGEST_REASON)


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision about what waits; `version` is the posting's as it was shown."""

    version = IntegerField("Version", validators=[InputRequired("Open the page again.")])


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """A decision that needs a reason."""

    reason = TextAreaField(
        "Reason", filters=[cleaned], validators=[DataRequired("Please give a reason."), _short]
    )


class RemovalForm(FlaskForm):  # type: ignore[misc]
    """Taking a posting down; stands on one page with a `ReturnForm`, so its field has an id of its own."""

    reason = TextAreaField(
        "Reason",
        id="removal-reason",
        filters=[cleaned],
        validators=[DataRequired("Please give a reason."), _short],
    )


class ReturnForm(ReasonForm, DecisionForm):
    """Giving back what waits: a reason and the version that was shown."""


class DismissForm(FlaskForm):  # type: ignore[misc]
    """Closing reports; `up_to` is the last one that was shown."""

    up_to = IntegerField("Up to", validators=[InputRequired("Open the page again.")])


class ReportForm(FlaskForm):  # type: ignore[misc]
    """What is not in order with a posting."""

    kind = RadioField("What is wrong?", validators=[InputRequired("Please say what is wrong.")])
    note = TextAreaField("Anything that helps us to see it", filters=[cleaned], validators=[_short])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = [(term.slug, term.name) for term in vocabularies()["report_kind"].active]
