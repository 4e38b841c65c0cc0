"""A company's own pages: founding it, its facts, and the list of those for which one speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.return_path import local_path
from jobboard.employers import actions, queries
from jobboard.employers.forms import CompanyForm
from jobboard.employers.rules import OWNER
from jobboard.unit_of_work import ChangedByAnother

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from jobboard.employers.models import Company

blueprint = Blueprint("employers", __name__)


@blueprint.get("/employers/mine")
@audience(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """The companies for which the person speaks."""
    return render_template(
        "employers/mine.html", memberships=queries.memberships_of(current_user.person_id), owner=OWNER
    )


@blueprint.route("/employers/new", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("found", "10/day", per="account")
def found() -> ResponseReturnValue:
    """Add a company; whoever adds it is its owner."""
    onward = local_path(request.values.get("next"), "")
    form = CompanyForm()
    if not form.validate_on_submit():
        status = 400 if form.errors else 200
        return render_template("employers/found.html", form=form, next=onward), status
    company = actions.found(current_user.person, form.name.data, form.facts)
    unit_of_work.commit()
    flash(
        f"{company.name} is here now, and you are its owner. Next, post an opening or invite colleagues.",
        "success",
    )
    return redirect(onward or url_for("employers.mine"), 303)


@blueprint.route("/employers/<slug>/edit", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("edit company", "60/hour", per="account")
def edit(slug: str) -> ResponseReturnValue:
    """Change what is said of a company; owners only."""
    company = queries.company_for(current_user.person_id, slug, owner=True) or abort(404)
    form = CompanyForm(obj=company)
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.version.data = str(company.version)
        return _form_page(form, company, 400 if form.errors else 200)
    try:
        actions.change(company, form.name.data, form.facts, version=form.seen_version)
        unit_of_work.commit()
    except ChangedByAnother:
        unit_of_work.rollback()
        stored = queries.company_for(current_user.person_id, slug, owner=True) or abort(404)
        form.version.data = str(stored.version)
        return _form_page(form, stored, 409, stored_elsewhere=True)
    flash("The company page is saved.", "success")
    return redirect(url_for("employers.mine"), 303)


def _form_page(
    form: CompanyForm, company: Company, status: int, *, stored_elsewhere: bool = False
) -> ResponseReturnValue:
    theirs = []
    if stored_elsewhere:
        names = ("name", *actions.WRITABLE)
        different = [name for name in names if getattr(company, name) != form[name].data]
        theirs = [(form[name].label.text, getattr(company, name)) for name in different]
    page = render_template(
        "employers/edit.html", form=form, company=company, stored_elsewhere=stored_elsewhere, theirs=theirs
    )
    return page, status
