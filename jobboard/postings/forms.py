"""The form of a posting: what was typed becomes `Content`, or complaints that name their fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from jobboard import clock
from jobboard.access.row_numbers import row_number
from jobboard.accounts.addresses import checked_address
from jobboard.employers.forms import checked_https
from jobboard.employers.zones import zone_choices
from jobboard.places import postal_code, states
from jobboard.postings import credential_fields, dates, pay
from jobboard.postings.content import Content, PlaceGiven, WorkloadGiven
from jobboard.postings.form_parts import (
    ApplyFields,
    PayFields,
    WhatFields,
    WhenFields,
    WhereFields,
    WhoFields,
    WorkFields,
)
from jobboard.postings.readiness import Listing, problems
from jobboard.postings.stated_codes import read_codes
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jobboard.employers.models import Company
    from jobboard.postings.requirements import Requirement

# Field of several choices → facet of `PostingTerm`.
FACETS = {
    "specialties": "specialty",
    "roles": "role",
    "sides": "side",
    "settings": "setting",
    "systems": "system",
    "tools": "tool",
    "employment": "employment",
    "schedule": "schedule",
    "chart_types": "chart_type",
    "benefits": "benefit",
}
# Fields that fill the column of their own name.
COLUMNS = (
    "title",
    "description",
    "confidential",
    "openings",
    "requisition_number",
    "department",
    "experience_months",
    "specialty_experience_months",
    "apprentice_welcome",
    "education",
    "work_authorization",
    "arrangement",
    "hybrid_days",
    "training_weeks",
    "eligible_mode",
    "eligible_states",
    "work_time_zone",
    "hours_per_week_least",
    "hours_per_week_most",
    "starts_on",
    "contract_months",
    "opens_on",
    "closes_on",
    "time_zone",
    "pay_basis",
    "equipment_provided",
    "ceu_paid",
    "dues_paid",
    "accuracy_percent",
    "ramp_up_weeks",
    "qa_appeal",
    "apply_by",
    "apply_url",
    "apply_email",
)
NOT_STATED = "Not stated"


class PostingForm(
    WhatFields,
    WhoFields,
    WhereFields,
    WhenFields,
    PayFields,
    WorkFields,
    ApplyFields,
    FlaskForm,  # type: ignore[misc]
):
    """Everything that a posting can say. `companies` are those for which the person may post."""

    version = HiddenField()
    _complaints = 0

    def __init__(self, companies: Sequence[Company], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.companies = {company.id: company for company in companies}
        self.company.choices = {company.id: company.name for company in companies}
        if self.company.data is None and len(companies) == 1:
            self.company.data = companies[0].id
        if not self.time_zone.data:
            self.time_zone.data = self.manager.time_zone if self.manager else "America/New_York"
        for name, facet in FACETS.items():
            _offer(self[name], facet)
        self.arrangement.choices = _optional(vocabularies()["arrangement"].choices())
        self.education.choices = _optional(vocabularies()["education"].choices())
        self.pay_basis.choices = _optional(pay.UNITS.items())
        self.eligible_states.choices = {one.code: one.name for one in states()}
        self.work_time_zone.choices = _optional(zone_choices(self.work_time_zone.data))
        self.time_zone.choices = dict(zone_choices(self.time_zone.data))
        self._offer_in_rows()

    def add_row(self, several: FieldList) -> None:
        """One more row of places or of charts an hour."""
        several.append_entry()
        self._offer_in_rows()

    def _offer_in_rows(self) -> None:
        for entry in self.places:
            entry.form.state.choices = _optional([(one.code, one.name) for one in states()], "State")
        for entry in self.workloads:
            entry.form.chart_type.choices = _optional(vocabularies()["chart_type"].choices(), "All charts")

    @property
    def seen_version(self) -> int | None:
        """The version of the posting that the editor saw, or None where it was not said."""
        return row_number(self.version.data)

    @property
    def posts_for_others(self) -> bool:
        """Whether any of the person's companies is an agency."""
        return any(company.is_agency for company in self.companies.values())

    @property
    def manager(self) -> Company | None:
        """The company for which this is posted."""
        return self.companies.get(self.company.data)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Every field for itself, then what must agree between fields."""
        alone = super().validate(extra_validators)
        self._complaints = 0
        self._spans()
        self._pay_is_plausible()
        self._place_and_states()
        self._period()
        for several in (self.places, self.workloads):
            several.errors = [entry.errors for entry in several if entry.errors]
        return bool(alone) and not self._complaints

    def demand_listing(self) -> bool:
        """Whether a listing could be made of this; complaints go to the fields."""
        missing = problems(self.listing)
        for name, words in missing:
            self._complain(self.places[0].form.city if name == "places" else self[name], words)
        self.places.errors = [entry.errors for entry in self.places if entry.errors]
        return not missing

    def validate_apply_url(self, field: Any) -> None:
        """Only https addresses."""
        if field.data:
            field.data = checked_https(field.data)

    def validate_apply_email(self, field: Any) -> None:
        """Only what can be written to."""
        if field.data:
            try:
                field.data = checked_address(field.data)
            except ValueError as problem:
                raise ValidationError(str(problem)) from None

    def validate_client_name(self, field: Any) -> None:
        """Only an agency posts for others."""
        if field.data and self.manager is not None and not self.manager.is_agency:
            raise ValidationError("Only a company that is marked as an agency posts for others.")

    def content(self) -> Content:
        """What the form says, without the companies, which `submission.companies_of_form` finds."""
        columns = {name: self[name].data for name in COLUMNS}
        columns |= {"pay_least_cents": self.pay_least.data, "pay_most_cents": self.pay_most.data}
        if self.eligible_mode.data not in {"named", "all_but"}:
            columns["eligible_states"] = []
        columns["openings"] = columns["openings"] or 1
        return Content(
            columns=columns,
            terms={facet: self[name].data or [] for name, facet in FACETS.items()},
            requirement=self.requirement,
            places=self.given_places,
            workloads=[
                WorkloadGiven(entry.form.chart_type.data or "", entry.form.least.data, entry.form.most.data)
                for entry in self.workloads
                if entry.form.least.data is not None or entry.form.most.data is not None
            ],
            codes=None if self.codes.data is None else read_codes(", ".join(self.codes.data)),
        )

    @property
    def requirement(self) -> Requirement | None:
        """The requirement of the lists; None (leave it) where the editor keeps one that lists cannot say."""
        if self.keep_requirement.data:
            return None
        return credential_fields.to_requirement(
            credential_fields.Lists(
                self.credentials_all.data or (),
                self.credentials_any.data or (),
                self.credentials_preferred.data or (),
                self.credentials_refused.data or (),
                self.apprentice_accepted.data,
            )
        )

    @property
    def given_places(self) -> list[PlaceGiven]:
        """The places of which anything was typed."""
        forms = [entry.form for entry in self.places]
        return [
            PlaceGiven(
                one.city.data or "", one.state.data or "", one.postal_code.data or "", one.street.data or ""
            )
            for one in forms
            if one.city.data or one.state.data or one.postal_code.data or one.street.data
        ]

    @property
    def listing(self) -> Listing:
        """What decides whether this can be listed."""
        return Listing(
            self.title.data or "",
            self.description.data or "",
            self.specialties.data or (),
            self.roles.data or (),
            self.employment.data or (),
            self.arrangement.data or "",
            bool(self.given_places),
            self.apply_by.data or "",
            self.apply_url.data or "",
            self.apply_email.data or "",
            self.closes_on.data,
            self.time_zone.data,
        )

    def _spans(self) -> None:
        for least, most in (("pay_least", "pay_most"), ("hours_per_week_least", "hours_per_week_most")):
            self._ordered(self[least], self[most])
        for entry in self.workloads:
            self._ordered(entry.form.least, entry.form.most)

    def _pay_is_plausible(self) -> None:
        basis, given = self.pay_basis.data, [f for f in (self.pay_least, self.pay_most) if f.data is not None]
        if given and not basis:
            self._complain(self.pay_basis, "Say what the amount is for: an hour, a year, a chart …")
        if basis in pay.PLAUSIBLE:
            low, high = pay.PLAUSIBLE[basis]
            for field in given:
                if field.data is not None and not low * 100 <= field.data <= high * 100:
                    span = f"{pay.money(int(low * 100))} to {pay.money(int(high * 100))}"
                    self._complain(
                        field, f"Not plausible as pay {pay.UNITS[basis]}: give an amount from {span}."
                    )

    def _place_and_states(self) -> None:
        for entry in self.places:
            one = entry.form
            if one.city.data and not one.state.data and not one.postal_code.data:
                self._complain(one.state, f"Choose the state of {one.city.data}.")
            if one.postal_code.data:
                known = postal_code(one.postal_code.data) if one.postal_code.data[:5].isdigit() else None
                if known is None:
                    self._complain(one.postal_code, "This board knows no such ZIP code.")
                elif one.state.data and known.state != one.state.data:
                    self._complain(one.postal_code, f"This ZIP code lies in {known.label}.")
        if self.eligible_mode.data in {"named", "all_but"} and not self.eligible_states.data:
            self._complain(self.eligible_states, "Choose the states.")
        if self.eligible_states.data and self.eligible_mode.data not in {"named", "all_but"}:
            self._complain(
                self.eligible_mode, "You chose states: say whether it hires only there, or everywhere else."
            )

    def _period(self) -> None:
        closes, opens = self.closes_on.data, self.opens_on.data
        today = (
            clock.today(self.time_zone.data) if dates.is_zone(self.time_zone.data or "") else clock.today()
        )
        if closes and opens and closes < opens:
            self._complain(self.closes_on, "It would close before it opens.")
        if closes and closes > dates.latest_closing(max(opens or today, today)):
            self._complain(
                self.closes_on, f"A posting stays open for at most {dates.LONGEST_DAYS_OPEN} days."
            )

    def _ordered(self, least: Any, most: Any) -> None:
        if least.data is not None and most.data is not None and least.data > most.data:
            self._complain(most, "The most is less than the least.")

    def _complain(self, field: Any, words: str) -> None:
        field.errors = [*field.errors, words]
        self._complaints += 1


def _optional(choices: Iterable[tuple[str, str]], silent: str = NOT_STATED) -> dict[str, str]:
    return {"": silent, **dict(choices)}


def _offer(field: SelectMultipleField | SelectField, facet: str) -> None:
    # What a posting carries already is offered too, though the vocabulary has retired it.
    vocabulary = vocabularies()[facet]
    kept = [(slug, vocabulary.label(slug)) for slug in field.data or () if slug in vocabulary]
    field.choices = dict([*vocabulary.choices(), *kept])
