"""The people of a company: inviting, accepting, roles, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import ANYONE, SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.employers import actions, queries, rules
from jobboard.employers.forms import InvitationForm
from jobboard.employers.rules import OWNER, NotAllowed
from jobboard.employers.views import blueprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from jobboard.employers.models import Company


@blueprint.route("/employers/<slug>/people", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("invite", "30/day", per="account")
def people(slug: str) -> ResponseReturnValue:
    """Who speaks for a company; its owners invite others."""
    company = queries.company_for(current_user.person_id, slug, owner=request.method == "POST") or abort(404)
    form = InvitationForm()
    if not form.validate_on_submit():
        return _people_page(company, form, 400 if form.errors else 200)
    try:
        actions.invite(company, form.email.data, form.role.data, current_user.person)
    except NotAllowed as refusal:
        unit_of_work.rollback()
        form.email.errors = [str(refusal)]
        return _people_page(company, form, 400)
    unit_of_work.commit()
    flash(f"An invitation is on its way to {form.email.data}.", "success")
    return redirect(url_for("employers.people", slug=slug), 303)


@blueprint.post("/employers/<slug>/people/<int:person_id>/role")
@audience(SIGNED_IN)
def set_role(slug: str, person_id: int) -> ResponseReturnValue:
    """Make somebody an owner or a recruiter; owners only."""
    company = queries.company_for(current_user.person_id, slug, owner=True) or abort(404)
    return _done(
        lambda: actions.set_role(company, person_id, request.form.get("role", "")),
        slug,
        "The role is changed.",
    )


@blueprint.post("/employers/<slug>/people/<int:person_id>/remove")
@audience(SIGNED_IN)
def remove(slug: str, person_id: int) -> ResponseReturnValue:
    """Take somebody from the company: owners anyone, everybody themselves."""
    leaving = person_id == current_user.person_id
    company = queries.company_for(current_user.person_id, slug, owner=not leaving) or abort(404)
    words = f"You no longer speak for {company.name}." if leaving else "They no longer speak for the company."
    return _done(lambda: actions.remove(company, person_id), slug, words, leaving=leaving)


@blueprint.post("/employers/<slug>/invitations/<int:invitation_id>/call-back")
@audience(SIGNED_IN)
def call_back(slug: str, invitation_id: int) -> ResponseReturnValue:
    """End an invitation; owners only."""
    company = queries.company_for(current_user.person_id, slug, owner=True) or abort(404)
    waiting = {found.id: found for found in queries.invitations_of(company.id)}
    actions.call_back(waiting.get(invitation_id) or abort(404))
    unit_of_work.commit()
    flash("The invitation is called back; its link leads nowhere now.", "success")
    return redirect(url_for("employers.people", slug=slug), 303)


@blueprint.get("/invitations/<token>")
@audience(ANYONE)
def invitation(token: str) -> ResponseReturnValue:
    """What the link in an invitation shows: who asks, and how to accept."""
    found = queries.invitation_by(token) or abort(404)
    person = current_user.person if current_user.is_authenticated else None
    return render_template(
        "employers/invitation.html",
        invitation=found,
        secret=token,
        in_time=rules.is_in_time(found),
        meant=person is not None and rules.is_meant_for(found, person),
    )


@blueprint.post("/invitations/<token>")
@audience(SIGNED_IN)
@limited("accept", "30/hour", per="account")
def accept(token: str) -> ResponseReturnValue:
    """Speak for the company from now on."""
    found = queries.invitation_by(token) or abort(404)
    name = found.company.name
    try:
        actions.accept(found, current_user.person)
    except NotAllowed as refusal:
        unit_of_work.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("employers.invitation", token=token), 303)
    unit_of_work.commit()
    flash(f"You speak for {name} now.", "success")
    return redirect(url_for("employers.mine"), 303)


def _done(do: Callable[[], None], slug: str, words: str, *, leaving: bool = False) -> ResponseReturnValue:
    try:
        do()
        unit_of_work.commit()
    except NotAllowed as refusal:
        unit_of_work.rollback()
        flash(str(refusal), "error")
        return redirect(url_for("employers.people", slug=slug), 303)
    flash(words, "success")
    return redirect(
        url_for("employers.mine" if leaving else "employers.people", slug=None if leaving else slug), 303
    )


def _people_page(company: Company, form: InvitationForm, status: int) -> ResponseReturnValue:
    members = sorted(company.members, key=lambda member: member.id)
    mine = next(member for member in members if member.person_id == current_user.person_id)
    page = render_template(
        "employers/people.html",
        company=company,
        form=form,
        members=members,
        is_owner=mine.role == OWNER,
        invitations=queries.invitations_of(company.id),
        in_time=rules.is_in_time,
        roles=rules.ROLES,
    )
    return page, status
