"""What is typed about a company and about those who are invited to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, Optional

from jobboard.access.row_numbers import row_number
from jobboard.accounts.addresses import checked_address
from jobboard.employers.names import ascii_host
from jobboard.employers.rules import RECRUITER, ROLES
from jobboard.employers.zones import zone_choices
from jobboard.places import states
from jobboard.vocabulary import vocabularies

NOT_STATED = "Not stated"


def _stripped(value: str | None) -> str:
    return (value or "").strip()


class CompanyForm(FlaskForm):  # type: ignore[misc]
    """A company's name, page and place."""

    name = StringField(
        "Name", filters=[_stripped], validators=[DataRequired("Give the company's name."), Length(max=200)]
    )
    website = URLField(
        "Website",
        description="Begins with https://. Moderators compare it with the mail addresses of your people.",
        filters=[_stripped],
        validators=[Length(max=500)],
    )
    about = TextAreaField(
        "About the company",
        description="Shown on its page. Markdown: **bold**, lists, links.",
        filters=[_stripped],
        validators=[Length(max=8000)],
    )
    setting = SelectField("Setting", default="")
    is_agency = BooleanField("It is an agency that posts openings for other companies")
    city = StringField("City", filters=[_stripped], validators=[Length(max=120)])
    state = SelectField("State", default="")
    time_zone = SelectField(
        "Time zone", description="Postings open and close at midnight here.", default="America/New_York"
    )
    version = HiddenField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setting.choices = {"": NOT_STATED, **dict(vocabularies()["setting"].choices())}
        self.state.choices = {"": NOT_STATED, **{one.code: one.name for one in states()}}
        self.time_zone.choices = dict(zone_choices(self.time_zone.data))

    def validate_website(self, field: URLField) -> None:
        """Only https addresses with a host that has a dot."""
        if field.data:
            field.data = checked_https(field.data)

    @property
    def facts(self) -> dict[str, Any]:
        """The columns that this form fills, without the name."""
        return {
            "website": self.website.data,
            "about": self.about.data,
            "setting": self.setting.data,
            "is_agency": self.is_agency.data,
            "time_zone": self.time_zone.data,
            "city": self.city.data,
            "state": self.state.data,
        }

    @property
    def seen_version(self) -> int | None:
        """The version of the company that the editor saw, or None where it was not said."""
        return row_number(self.version.data)


class InvitationForm(FlaskForm):  # type: ignore[misc]
    """Whom to invite, and as what."""

    email = EmailField(
        "Mail address",
        filters=[_stripped],
        validators=[DataRequired("Give the address to invite.")],
    )
    role = SelectField("Role", choices=dict(ROLES), default=RECRUITER, validators=[Optional()])

    def validate_email(self, field: EmailField) -> None:
        """Only what can be written to."""
        try:
            field.data = checked_address(field.data)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


def checked_https(address: str) -> str:
    """An https address with a real host, as typed; `ValidationError` says what is wrong with another."""
    if not address.casefold().startswith("https://"):
        raise ValidationError("The address begins with https://.")
    if any(c.isspace() or not c.isprintable() or c in "<>\"'\\" for c in address):
        raise ValidationError("This is no web address.")
    if "." not in ascii_host(address) or urlsplit(address).username is not None:
        raise ValidationError("This is no web address.")
    return address
