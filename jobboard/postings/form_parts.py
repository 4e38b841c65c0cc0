"""The fields of a posting in the groups in which the form shows them. None is required: drafts may be incomplete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    FloatField,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.validators import Length, NumberRange, Optional

from jobboard.access.row_numbers import row_number
from jobboard.postings.form_fields import CodesField, CredentialsField, MoneyField, StatedField, stripped
from jobboard.postings.text import LONGEST_DESCRIPTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_PLACES = 12
MOST_WORKLOADS = 12
MARKDOWN = (
    "Markdown: ## heading, **bold**, - list, [link](https://…). "
    "Name the codes and ranges of the work: they are linked."
)


def whole(label: str, least: int, most: int, **options: Any) -> IntegerField:
    """A whole number that may be left out."""
    limits = NumberRange(least, most, f"Give a whole number from {least} to {most:,}.")
    return IntegerField(label, validators=[Optional(strip_whitespace=True), limits], **options)


def decimal(label: str, least: float, most: float, **options: Any) -> FloatField:
    """A number that may be left out."""
    limits = NumberRange(least, most, f"Give a number from {least:g} to {most:,g}.")
    return FloatField(label, validators=[Optional(strip_whitespace=True), limits], **options)


def line(label: str, longest: int, **options: Any) -> StringField:
    """A line of text that may be left out."""
    return StringField(label, filters=[stripped], validators=[Length(max=longest)], **options)


class Rows(FieldList):  # type: ignore[misc]
    """Several entries of one kind. WTForms takes numbers of rows that Python cannot read, such as "places-²-city"."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        begin = f"{prefix}-"
        for name in formdata:
            number = (
                row_number(name.removeprefix(begin).partition("-")[0]) if name.startswith(begin) else None
            )
            if number is not None:
                yield number


class PlaceForm(Form):  # type: ignore[misc]
    """One workplace."""

    city = line("City", 120)
    state = SelectField("State", choices={}, default="")
    postal_code = line("ZIP code", 10)
    street = line("Street", 200)


class WorkloadForm(Form):  # type: ignore[misc]
    """Charts per hour for one type of chart."""

    chart_type = SelectField("Chart type", choices={}, default="")
    least = decimal("Charts an hour, least", 0.01, 200)
    most = decimal("Charts an hour, most", 0.01, 200)


class WhatFields:
    """What the opening is."""

    title = line("Title", 200)
    company = SelectField("Company", coerce=int)
    client_name = line(
        "Company that hires",
        200,
        description="For an agency: the client, as applicants know it. Leave empty if you hire yourselves.",
    )
    confidential = BooleanField("Do not name the company that hires")
    description = TextAreaField(
        "Description",
        description=MARKDOWN,
        filters=[stripped],
        validators=[Length(max=LONGEST_DESCRIPTION)],
    )
    codes = CodesField(
        "Codes in the work",
        description="With commas between: 99213, E11.9, J1885, MS-DRG 470, 99202-99215. "
        "Those that the description names are linked without being listed here.",
    )
    specialties = SelectMultipleField("Specialties")
    roles = SelectMultipleField("Role")
    sides = SelectMultipleField("Coding side")
    settings = SelectMultipleField("Setting")
    systems = SelectMultipleField("Code systems")
    tools = SelectMultipleField("Tools")
    openings = whole("Number of openings", 1, 500, default=1)
    requisition_number = line("Requisition number", 100)
    department = line("Department", 200)


class WhoFields:
    """Who fits."""

    credentials_all = CredentialsField("Required: all of", description="Short forms with commas: RHIT, CPC")
    credentials_any = CredentialsField("Required: any of", description="One of these is enough: CCS, CIC")
    credentials_preferred = CredentialsField("Preferred")
    credentials_refused = CredentialsField("Not accepted")
    apprentice_accepted = BooleanField("The apprentice form of a credential (such as CPC-A) is accepted too")
    keep_requirement = BooleanField("Keep the requirement as it is")
    experience_months = whole("Experience in coding", 0, 600)
    specialty_experience_months = whole("Experience in the specialty", 0, 600)
    apprentice_welcome = StatedField("Apprentices", "Welcome", "Not taken")
    education = SelectField("Education", default="")
    work_authorization = SelectField(
        "Work authorization",
        default="",
        choices={
            "": "Not stated",
            "us_only": "Must be authorized already",
            "sponsorship": "Sponsorship possible",
        },
    )


class WhereFields:
    """Where the work is done, and where the employer may hire."""

    arrangement = RadioField("Arrangement", default="")
    hybrid_days = whole("Days on site", 1, 7)
    training_weeks = whole("On-site training", 0, 104)
    places = Rows(FormField(PlaceForm), "Places", min_entries=1, max_entries=MOST_PLACES)
    eligible_mode = RadioField(
        "Where the employer may hire",
        default="",
        choices={
            "": "Not stated",
            "all": "In every state",
            "named": "In the states chosen below",
            "all_but": "In every state but those chosen below",
        },
    )
    eligible_states = SelectMultipleField("States")
    work_time_zone = SelectField("Time zone of the work", default="")


class WhenFields:
    """When one works, and when the posting is open."""

    employment = SelectMultipleField("Employment")
    hours_per_week_least = decimal("Hours a week, least", 1, 90)
    hours_per_week_most = decimal("Hours a week, most", 1, 90)
    schedule = SelectMultipleField("Schedule")
    starts_on = DateField("Starts on", validators=[Optional()])
    contract_months = whole("Contract length", 1, 120)
    opens_on = DateField("Opens on", validators=[Optional()], description="Empty: as soon as it is approved.")
    closes_on = DateField("Closes on", validators=[Optional()], description="Empty: 60 days after it opens.")
    time_zone = SelectField("Time zone of opening and closing")


class PayFields:
    """What is paid and given."""

    pay_basis = SelectField("Pay is", default="")
    pay_least = MoneyField("Least")
    pay_most = MoneyField("Most")
    benefits = SelectMultipleField("Benefits")
    equipment_provided = StatedField("Equipment", "Provided", "Your own")
    ceu_paid = StatedField("CEUs", "Paid", "Not paid")
    dues_paid = StatedField("Membership dues", "Paid", "Not paid")


class WorkFields:
    """How the work is measured."""

    chart_types = SelectMultipleField("Chart types")
    workloads = Rows(FormField(WorkloadForm), "Charts an hour", min_entries=1, max_entries=MOST_WORKLOADS)
    accuracy_percent = decimal("Accuracy target", 50, 100)
    ramp_up_weeks = whole("Ramp-up", 0, 104)
    qa_appeal = StatedField("QA findings", "Can be appealed", "Cannot be appealed")


class ApplyFields:
    """How one applies."""

    apply_by = RadioField(
        "How to apply",
        choices={
            "here": "Here: applications come to this board",
            "address": "At your own web address",
            "mail": "By mail",
        },
        default="here",
    )
    apply_url = URLField(
        "Web address to apply at",
        filters=[stripped],
        validators=[Length(max=1000)],
        description="Begins with https://. Its host is shown before anybody leaves.",
    )
    apply_email = EmailField("Mail address to apply to", filters=[stripped], validators=[Length(max=320)])
