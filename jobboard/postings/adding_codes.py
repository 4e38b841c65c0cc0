"""The form on a posting's page by which its people add codes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from jobboard.postings.form_fields import CodesField


class AddedCodesForm(FlaskForm):  # type: ignore[misc]
    """Codes, families and ranges with commas between."""

    typed = CodesField(
        "Add codes or ranges",
        description="With commas between: E11.9, 99202-99215, MS-DRG 470, modifier 59",
        validators=[InputRequired("Type a code, or several with commas between.")],
    )
