"""The way in: registering, confirming, signing in and out, and a forgotten password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from jobboard import unit_of_work
from jobboard.access.audience import ANYONE, audience
from jobboard.access.limits import limited
from jobboard.access.return_path import local_path
from jobboard.accounts import account_letters, actions, passwords, queries
from jobboard.accounts.addresses import address_key
from jobboard.accounts.forms import AddressForm, ConfirmForm, JoinForm, ResetForm, SignInForm
from jobboard.accounts.signing import (
    checks_out,
    count_for,
    count_tries,
    joined_here,
    remember_joining,
    sign_in_as,
    sign_out_here,
)
from jobboard.accounts.tokens import CONFIRM, RESET, fits, person_id_in
from jobboard.site_documents import terms_version

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("accounts", __name__)
WRONG = "This address and this password do not belong together."


@blueprint.route("/join", methods=["GET", "POST"])
@audience(ANYONE)
@limited("join", "20/hour")
def join() -> ResponseReturnValue:
    """Register; the answer is the same whether or not the address has an account."""
    back_to = _back_to()
    if current_user.is_authenticated:
        return redirect(back_to or "/", 303)
    form = JoinForm(next=back_to)
    if not form.validate_on_submit():
        return render_template("accounts/join.html", form=form, next=back_to), 400 if form.errors else 200
    address, version = form.email.data, terms_version()
    count_for("join with it", "5/hour", address_key(address))
    password_hash = passwords.hash_of(form.new_password.data)
    actions.join(address, form.name.data, password_hash, terms_version=version, back_to=back_to)
    try:
        unit_of_work.commit()
    except IntegrityError:
        # The same address was registered twice at one instant; the other one's letter is on its way.
        unit_of_work.rollback()
    remember_joining(password_hash)
    return _letter_is_on_its_way(address, back_to)


@blueprint.get("/join/letter")
@audience(ANYONE)
def letter_sent() -> ResponseReturnValue:
    """Say where the letter went and what to do with it."""
    address = session.get("letter_to")
    if not address:
        return redirect(url_for("accounts.join"))
    back_to = local_path(session.get("letter_next"), "")
    form = AddressForm(formdata=None, email=address, next=back_to)
    return render_template("accounts/letter_sent.html", form=form, sent_to=address)


@blueprint.post("/join/letter")
@audience(ANYONE)
@limited("letter again", "20/hour")
def resend() -> ResponseReturnValue:
    """Send the letter once more, if there is anything to confirm; the answer is the same if there is not."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/letter_sent.html", form=form, sent_to=""), 400
    address, back_to = form.email.data, local_path(form.next.data, "")
    count_for("letter again to it", "5/hour", address_key(address))
    person = queries.person_by_address(address)
    if person is not None and person.confirmed_at is None:
        account_letters.confirm(person, back_to)
    else:
        account_letters.nothing_for(address)
    unit_of_work.commit()
    flash("If there is something to confirm, another letter is on its way.", "success")
    return _letter_is_on_its_way(address, back_to)


@blueprint.route("/confirm/<token>", methods=["GET", "POST"])
@audience(ANYONE)
@limited("confirm", "60/hour")
def confirm(token: str) -> ResponseReturnValue:
    """Confirm an address with a button, as mail programs open links by themselves; then sign in."""
    back_to = _back_to()
    person = queries.person_by_id(person_id_in(CONFIRM, token))
    if person is None or not fits(CONFIRM, token, person):
        done = person is not None and person.confirmed_at is not None
        return render_template("accounts/link_over.html", purpose="confirm", done=done, next=back_to), 410
    form = ConfirmForm()
    ask = not joined_here(person)
    if not form.validate_on_submit():
        return render_template("accounts/confirm.html", form=form, person=person, ask=ask, next=back_to)
    if ask:
        count_tries(person.email_key)
        if not checks_out(person.password_hash, form.password.data or ""):
            form.password.errors = [*form.password.errors, "This is not the password that was chosen."]
            page = render_template("accounts/confirm.html", form=form, person=person, ask=ask, next=back_to)
            return page, 400
    actions.confirm(person)
    sign_in_as(person)
    flash("Your address is confirmed and you are signed in.", "success")
    return redirect(back_to or url_for("accounts.account"), 303)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@audience(ANYONE)
@limited("sign-in", "60/hour")
@limited("sign-in burst", "15/minute")
def sign_in() -> ResponseReturnValue:
    """Sign in; what is wrong with an account is said only to who knows its password."""
    back_to = _back_to()
    if current_user.is_authenticated:
        return redirect(back_to or "/", 303)
    form = SignInForm(next=back_to)
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form, next=back_to), 400 if form.errors else 200
    address, password = form.email.data, form.password.data
    count_tries(address_key(address))
    stored = queries.password_behind(address)
    right = checks_out(stored, password)
    fresh = passwords.hash_of(password) if right and stored and passwords.is_outdated(stored) else ""
    person = queries.person_by_address(address) if right else None
    if person is None or person.password_hash != stored:
        form.password.errors = [*form.password.errors, WRONG]
        return render_template("accounts/sign_in.html", form=form, next=back_to), 400
    if fresh:
        actions.refresh_hash(person, fresh)
    if person.suspended_at is not None:
        return render_template("accounts/suspended.html", person=person), 403
    if person.confirmed_at is None:
        unit_of_work.commit()
        count_for("letter again to it", "5/hour", person.email_key)
        account_letters.confirm(person, back_to)
        unit_of_work.commit()
        remember_joining(person.password_hash)
        flash("Your address is not confirmed yet. We have written to it again.", "info")
        return _letter_is_on_its_way(person.email, back_to)
    sign_in_as(person)
    return redirect(back_to or "/", 303)


@blueprint.post("/sign-out")
@audience(ANYONE)
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    sign_out_here()
    flash("You are signed out.", "success")
    return redirect("/", 303)


@blueprint.route("/forgotten", methods=["GET", "POST"])
@audience(ANYONE)
@limited("forgotten", "20/hour")
def forgotten() -> ResponseReturnValue:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 400 if form.errors else 200
    address = form.email.data
    count_for("forgotten for it", "5/hour", address_key(address))
    person = queries.person_by_address(address)
    if person is not None:
        account_letters.reset(person)
    else:
        account_letters.nothing_for(address)
    unit_of_work.commit()
    return render_template("accounts/reset_sent.html", sent_to=address)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@audience(ANYONE)
@limited("reset", "30/hour")
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password with the link of a letter; that shows the address to be theirs, too."""
    person = queries.person_by_id(person_id_in(RESET, token))
    if person is None or not fits(RESET, token, person):
        return render_template("accounts/link_over.html", purpose="reset", done=False, next=""), 410
    form = ResetForm(about=(person.email, person.name))
    if not form.validate_on_submit():
        page = render_template("accounts/reset.html", form=form, person=person)
        return page, 400 if form.errors else 200
    unit_of_work.commit()
    password_hash = passwords.hash_of(form.new_password.data)
    actions.set_password(person, password_hash)
    actions.confirm(person)
    if person.suspended_at is not None:
        unit_of_work.commit()
        return render_template("accounts/suspended.html", person=person), 403
    sign_in_as(person)
    flash("Your new password is set and you are signed in. Other browsers were signed out.", "success")
    return redirect(url_for("accounts.account"), 303)


def _back_to() -> str:
    """Where the person was going: a path of this site, or ""."""
    return local_path(request.values.get("next"), "")


def _letter_is_on_its_way(address: str, back_to: str) -> ResponseReturnValue:
    session["letter_to"], session["letter_next"] = address, back_to
    return redirect(url_for("accounts.letter_sent"), 303)
