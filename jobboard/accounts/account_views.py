"""A person's own pages: the account, its browsers, password, address and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import ANYONE, SIGNED_IN, audience
from jobboard.access.door import open_to_other_sites
from jobboard.access.limits import limited
from jobboard.accounts import actions, letters, passwords, queries, sessions
from jobboard.accounts.browsers import shown_browser
from jobboard.accounts.forms import NewAddressForm, PasswordForm, PersonForm, letters_form
from jobboard.accounts.signing import checks_out, count_for, sign_in_as
from jobboard.accounts.tokens import NEW_ADDRESS, fits, person_id_in, stopped_by
from jobboard.accounts.views import blueprint
from jobboard.mail.kinds import KINDS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

NOT_YOURS = "This is not your password."


@blueprint.route("/account", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("describe", "60/hour", per="account")
def account() -> ResponseReturnValue:
    """The account at a glance: name, address, and the browsers that are signed in."""
    person = current_user.person
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        actions.describe(person, form.name.data, form.time_zone.data)
        unit_of_work.commit()
        flash("Saved.", "success")
        return redirect(url_for("accounts.account"), 303)
    zone = person.time_zone or current_app.extensions["site"].time_zone
    browsers = [shown_browser(found, current_user.session.id, zone) for found in sessions.sessions_of(person)]
    page = render_template("accounts/account.html", form=form, person=person, browsers=browsers)
    return page, 400 if form.errors else 200


@blueprint.route("/account/sessions/<int:session_id>/end", methods=["POST"])
@audience(SIGNED_IN)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign out one of the person's other browsers."""
    found = queries.session_of(current_user.person, session_id)
    if found is None:
        abort(404)
    actions.end_session(found)
    unit_of_work.commit()
    flash("That browser is signed out.", "success")
    return redirect(url_for("accounts.account"), 303)


@blueprint.route("/account/sessions/end-others", methods=["POST"])
@audience(SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign out every browser but this one."""
    sessions.end_all(current_user.person, keep=current_user.token)
    unit_of_work.commit()
    flash("All other browsers are signed out.", "success")
    return redirect(url_for("accounts.account"), 303)


@blueprint.route("/account/password", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("password", "20/hour", per="account")
def password() -> ResponseReturnValue:
    """Change the password; other browsers are signed out and a letter tells of it."""
    person = current_user.person
    form = PasswordForm(about=(person.email, person.name))
    if form.validate_on_submit():
        if checks_out(person.password_hash, form.password.data):
            password_hash = passwords.hash_of(form.new_password.data)
            actions.set_password(person, password_hash)
            sign_in_as(person)
            flash("Your password is changed. Other browsers were signed out.", "success")
            return redirect(url_for("accounts.account"), 303)
        form.password.errors = [*form.password.errors, NOT_YOURS]
    return render_template("accounts/password.html", form=form), 400 if form.errors else 200


@blueprint.route("/account/address", methods=["GET", "POST"])
@audience(SIGNED_IN)
@limited("address", "20/hour", per="account")
def address() -> ResponseReturnValue:
    """Ask for another address; it counts once it is confirmed."""
    person = current_user.person
    form = NewAddressForm()
    if form.validate_on_submit():
        count_for("letter again to it", "5/hour", form.email.data.casefold())
        if checks_out(person.password_hash, form.password.data):
            actions.ask_for_address(person, form.email.data)
            unit_of_work.commit()
            flash(f"We have written to {form.email.data}. Open the link in that letter.", "success")
            return redirect(url_for("accounts.account"), 303)
        form.password.errors = [*form.password.errors, NOT_YOURS]
    page = render_template("accounts/address.html", form=form, person=person)
    return page, 400 if form.errors else 200


@blueprint.route("/confirm-address/<token>", methods=["GET", "POST"])
@audience(ANYONE)
@limited("confirm", "60/hour")
def confirm_address(token: str) -> ResponseReturnValue:
    """Confirm a new address with a button; the old one is told."""
    person = queries.person_by_id(person_id_in(NEW_ADDRESS, token))
    if person is None or not fits(NEW_ADDRESS, token, person) or not person.new_email:
        return render_template("accounts/link_over.html", purpose="address", done=False, next=""), 410
    if request.method != "POST":
        return render_template("accounts/confirm_address.html", person=person)
    try:
        actions.take_new_address(person)
    except actions.AddressTaken:
        return render_template("accounts/link_over.html", purpose="address", done=False, next=""), 410
    unit_of_work.commit()
    flash(f"Your address is {person.email} now.", "success")
    return redirect(url_for("accounts.account"), 303)


@blueprint.route("/account/letters", methods=["GET", "POST"], endpoint="letters")
@audience(SIGNED_IN)
@limited("letters", "60/hour", per="account")
def choose_letters() -> ResponseReturnValue:
    """Which letters the person wants, and how often."""
    person = current_user.person
    form = letters_form(dict(letters.choices_of(person.id)), is_moderator=person.is_moderator)
    if form.validate_on_submit():
        for field in form:
            if field.name in KINDS:
                letters.choose(person.id, field.name, field.data)
        unit_of_work.commit()
        flash("Your letters are set.", "success")
        return redirect(url_for("accounts.letters"), 303)
    page = render_template("accounts/letters.html", form=form, kinds=KINDS.values())
    return page, 400 if form.errors else 200


@blueprint.route("/letters/stop/<token>", methods=["GET", "POST"])
@open_to_other_sites
@audience(ANYONE)
@limited("stop letters", "120/hour")
def stop_letters(token: str) -> ResponseReturnValue:
    """Stop letters of one kind with one click; mail programs may press the button too (RFC 8058)."""
    found = stopped_by(token)
    person = queries.person_by_id(found[0]) if found else None
    kind = KINDS.get(found[1]) if found else None
    if person is None or kind is None or not kind.can_be_off:
        abort(404)
    if request.method == "POST":
        letters.choose(person.id, kind.name, "off")
        unit_of_work.commit()
    stopped = letters.choice(person.id, kind.name) == "off"
    return render_template("accounts/stop_letters.html", kind=kind, stopped=stopped, token=token)
