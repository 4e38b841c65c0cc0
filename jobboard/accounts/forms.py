"""What a person types about an account, turned into values or complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from jobboard.accounts import passwords
from jobboard.accounts.addresses import LONGEST, checked_address
from jobboard.mail.kinds import CHOICE_WORDS, KINDS, MODERATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wtforms import Field

# The zones of the states and territories, west to east; "" is the zone of the site.
TIME_ZONES = (
    ("", "The site's own"),
    ("Pacific/Guam", "Guam"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Anchorage", "Alaska"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Phoenix", "Arizona"),
    ("America/Denver", "Mountain"),
    ("America/Chicago", "Central"),
    ("America/New_York", "Eastern"),
    ("America/Puerto_Rico", "Puerto Rico"),
    ("Asia/Kolkata", "India"),
    ("Asia/Manila", "Philippines"),
    ("UTC", "UTC"),
)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


class _WithAddress(FlaskForm):  # type: ignore[misc]
    """A form that begins with a mail address; after validation `email.data` is as it will be stored."""

    email = EmailField(
        "Email address",
        [DataRequired("Give your email address."), Length(max=LONGEST, message="The address is too long.")],
        render_kw={"autocomplete": "email", "maxlength": LONGEST},
    )

    def validate_email(self, field: Field) -> None:
        """Check the address and keep it in the form in which it is stored."""
        try:
            field.data = checked_address(field.data)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem


class _WithNewPassword(FlaskForm):  # type: ignore[misc]
    """A form in which a new password is chosen."""

    new_password = PasswordField(
        "Password",
        [DataRequired("Choose a password.")],
        description=f"{passwords.SHORTEST} characters or more; three or four unrelated words do well.",
        render_kw={"autocomplete": "new-password", "maxlength": passwords.LONGEST},
    )

    def known_of_the_person(self) -> Sequence[str]:
        """Words that a password must not consist of."""
        return ()

    def validate_new_password(self, field: Field) -> None:
        """Refuse a password that is short or easy to guess."""
        about = [*self.known_of_the_person(), str(current_app.extensions["site"].name)]
        problem = passwords.complaint(field.data or "", about)
        if problem:
            raise ValidationError(problem)


class JoinForm(_WithNewPassword, _WithAddress):
    """Registering."""

    name = StringField(
        "Your name",
        [Length(max=120, message="Use 120 characters at most.")],
        filters=[_one_line],
        description="As employers see it when you apply. You can add it later.",
        render_kw={"autocomplete": "name", "maxlength": 120},
    )
    next = HiddenField()

    def known_of_the_person(self) -> Sequence[str]:
        """The address and the name that are being given."""
        return (self.email.data or "", self.name.data or "")


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Signing in. The address is not checked for shape: an unknown one is answered like a known one."""

    email = EmailField(
        "Email address",
        [DataRequired("Give your email address."), Length(max=LONGEST, message="The address is too long.")],
        render_kw={"autocomplete": "username", "maxlength": LONGEST},
    )
    password = PasswordField(
        "Password",
        [
            DataRequired("Give your password."),
            Length(max=passwords.LONGEST, message="That is longer than any password here."),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class AddressForm(_WithAddress):
    """Asking for a letter to an address."""

    next = HiddenField()


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Confirming an address; the password is asked for in a browser that did not register."""

    password = PasswordField(
        "Password",
        [Length(max=passwords.LONGEST, message="That is longer than any password here.")],
        description="The one you chose when you registered.",
        render_kw={"autocomplete": "current-password"},
    )


class ResetForm(_WithNewPassword):
    """Choosing a new password after the old one was forgotten."""

    def __init__(self, about: Sequence[str] = (), **options: object) -> None:
        self.about = about
        super().__init__(**options)

    def known_of_the_person(self) -> Sequence[str]:
        """The address and name of the account."""
        return self.about


class PasswordForm(ResetForm):
    """Changing the password."""

    password = PasswordField(
        "Present password",
        [DataRequired("Give your present password."), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class NewAddressForm(_WithAddress):
    """Changing the address."""

    password = PasswordField(
        "Your password",
        [DataRequired("Give your password."), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What a person is called, and where their clock stands."""

    name = StringField(
        "Your name",
        [Length(max=120, message="Use 120 characters at most.")],
        filters=[_one_line],
        description="As employers see it when you apply.",
        render_kw={"autocomplete": "name", "maxlength": 120},
    )
    time_zone = SelectField("Times are shown in", choices=[SelectChoice(*zone) for zone in TIME_ZONES])


def letters_form(chosen: dict[str, str], *, is_moderator: bool) -> FlaskForm:
    """A form with one choice for each kind of letter that can be stopped, set to `chosen`."""
    fields = {}
    for kind in KINDS.values():
        if kind.can_be_off and (is_moderator or kind.group != MODERATION):
            offered = [SelectChoice(name, CHOICE_WORDS[name]) for name in kind.choices]
            fields[kind.name] = SelectField(kind.words, choices=offered, default=chosen[kind.name])
    return type("LettersForm", (FlaskForm,), fields)()
