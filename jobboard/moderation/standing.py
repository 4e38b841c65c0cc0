"""People and companies: finding them, suspending and restoring them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import MODERATORS, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.accounts.queries import person_by_id
from jobboard.applications.presentation import when
from jobboard.codes import licences
from jobboard.employers import queries as employers
from jobboard.moderation import actions, directory, presentation, queries, rules
from jobboard.moderation.forms import ReasonForm
from jobboard.postings.rules import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from flask import Blueprint
    from werkzeug.wrappers import Response

    from jobboard.accounts.models import Person
    from jobboard.employers.models import Company

    Answer = Response | str | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Add the views of people and companies to the room's blueprint."""
    for one, many, view in (("person", "people", person), ("company", "companies", company)):
        place = f"/moderation/{many}"
        blueprint.add_url_rule(place, view_func={"people": people, "companies": companies}[many])
        blueprint.add_url_rule(f"{place}/<int:{one}_id>", view_func=view)
    for rule, do in (
        ("people/<int:person_id>/suspend", suspend_person),
        ("people/<int:person_id>/restore", restore_person),
        ("people/<int:person_id>/groups", set_groups),
        ("companies/<int:company_id>/suspend", suspend_company),
        ("companies/<int:company_id>/restore", restore_company),
    ):
        blueprint.add_url_rule(f"/moderation/{rule}", view_func=do, methods=["POST"])


def _moment(moment: datetime) -> str:
    return when(moment, current_user.person)


@audience(MODERATORS)
def people() -> str:
    """Everybody with an account, or those whose name or address has the words in it."""
    page, words = asked_page(), request.args.get("q", "").strip()[:200]
    suspended = request.args.get("standing") == "suspended"
    found, total = directory.people(words, only_suspended=suspended, page=page)
    return _list(
        "moderation/people.html", people=found, total=total, words=words, suspended=suspended, page=page
    )


@audience(MODERATORS)
def companies() -> str:
    """All companies, or those whose name or domain has the words in it."""
    page, words = asked_page(), request.args.get("q", "").strip()[:200]
    suspended = request.args.get("standing") == "suspended"
    found, total = directory.companies(words, only_suspended=suspended, page=page)
    return _list(
        "moderation/companies.html", companies=found, total=total, words=words, suspended=suspended, page=page
    )


def _list(template: str, *, total: int, page: int, **shown: object) -> str:
    return render_template(
        template,
        total=total,
        page=page,
        pages=-(-total // directory.PER_PAGE),
        when=_moment,
        age=presentation.age,
        counts=queries.counts(current_user.person_id),
        **shown,
    )


@audience(MODERATORS)
def person(person_id: int) -> str:
    """One person, and the way to suspend or restore them."""
    return _person_page(_person(person_id))


def _person(person_id: int) -> Person:
    found = person_by_id(person_id)
    if found is None:
        abort(404)
    return found


def _person_page(found: Person, form: ReasonForm | None = None, problem: str = "") -> str:
    return render_template(
        "moderation/person.html",
        person=found,
        companies=employers.companies_of(found.id),
        open_postings=directory.open_postings_by(found.id),
        may_suspend=rules.may_suspend(current_user.person, found),
        form=form or ReasonForm(formdata=None),
        groups=licences.groups_to_grant(),
        memberships=directory.memberships(found.id),
        problem=problem,
        when=_moment,
        age=presentation.age,
    )


@audience(MODERATORS)
def company(company_id: int) -> str:
    """One company, and the way to suspend or restore it."""
    return _company_page(_company(company_id))


def _company(company_id: int) -> Company:
    found = directory.company_with_people(company_id)
    if found is None:
        abort(404)
    return found


def _company_page(found: Company, form: ReasonForm | None = None, problem: str = "") -> str:
    return render_template(
        "moderation/company.html",
        company=found,
        decisions=queries.decisions_of([found.id]).get(found.id, queries.Decisions()),
        open_postings=directory.open_postings_of_company(found.id),
        own=employers.speaks_for(current_user.person_id, found.id),
        form=form or ReasonForm(formdata=None),
        problem=problem,
        agree=rules.domains_agree,
        when=_moment,
        age=presentation.age,
    )


@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def suspend_person(person_id: int) -> Answer:
    """Shut a person out, with a reason."""
    found, form = _person(person_id), ReasonForm()
    if not form.validate():
        return _person_page(found, form), 422
    return _done(
        lambda: actions.suspend_person(found, current_user.person, form.reason.data),
        lambda problem: _person_page(_person(person_id), form, problem),
        url_for("moderation.person", person_id=person_id),
        f"{found.display_name} is suspended: signed out everywhere, postings hidden.",
    )


@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def restore_person(person_id: int) -> Answer:
    """Let a person in again."""
    found = _person(person_id)
    return _done(
        lambda: actions.restore_person(found, current_user.person),
        lambda problem: _person_page(_person(person_id), problem=problem),
        url_for("moderation.person", person_id=person_id),
        f"{found.display_name} is restored.",
    )


@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def set_groups(person_id: int) -> Answer:
    """Put a person into the ticked groups of readers of the code reference, and take them out of the others."""
    found = _person(person_id)
    wanted = set(request.form.getlist("group"))
    return _done(
        lambda: actions.set_groups(found, current_user.person, wanted),
        lambda problem: _person_page(_person(person_id), problem=problem),
        url_for("moderation.person", person_id=person_id),
        f"The groups of {found.display_name} are as you ticked them.",
    )


@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def suspend_company(company_id: int) -> Answer:
    """Hide a company, with a reason."""
    found, form = _company(company_id), ReasonForm()
    if not form.validate():
        return _company_page(found, form), 422
    return _done(
        lambda: actions.suspend_company(found, current_user.person, form.reason.data),
        lambda problem: _company_page(_company(company_id), form, problem),
        url_for("moderation.company", company_id=company_id),
        f"{found.name} is suspended: its page and postings are hidden.",
    )


@audience(MODERATORS)
@limited("moderate", "600/hour", per="account")
def restore_company(company_id: int) -> Answer:
    """Show a company again."""
    found = _company(company_id)
    return _done(
        lambda: actions.restore_company(found, current_user.person),
        lambda problem: _company_page(_company(company_id), problem=problem),
        url_for("moderation.company", company_id=company_id),
        f"{found.name} is restored.",
    )


def _done(do: Callable[[], None], again: Callable[[str], str], place: str, words: str) -> Answer:
    try:
        do()
        unit_of_work.commit()
    except NotAllowed as refusal:
        problem, status = str(refusal), 403
    except unit_of_work.ChangedByAnother:
        problem, status = "Nothing was changed: somebody else was at it. This is how it is now.", 409
    else:
        flash(words, "success")
        return redirect(place, 303)
    unit_of_work.rollback()
    return again(problem), status
