"""What a company's people do to a posting with one button each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from jobboard import unit_of_work
from jobboard.access.audience import SIGNED_IN, audience
from jobboard.access.limits import limited
from jobboard.access.row_numbers import row_number
from jobboard.codes.linker import parse_query_code
from jobboard.postings import actions, linking, signals
from jobboard.postings.adding_codes import AddedCodesForm
from jobboard.postings.code_standing import doubts_about
from jobboard.postings.rules import NotAllowed
from jobboard.postings.stated_codes import read_codes
from jobboard.postings.views import blueprint, mine_or_404, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from jobboard.postings.models import Posting


@blueprint.post("/postings/<int:posting_id>/submit")
@audience(SIGNED_IN)
@limited("submit posting", "60/hour", per="account")
def submit(posting_id: int) -> ResponseReturnValue:
    """Hand a draft to the moderators."""
    posting = mine_or_404(posting_id)
    return _done(
        posting_id,
        lambda: actions.submit(posting, person_id=current_user.person_id),
        "Handed in. A moderator looks at it, and you get a letter.",
    )


@blueprint.post("/postings/<int:posting_id>/withdraw-from-review")
@audience(SIGNED_IN)
def take_back(posting_id: int) -> ResponseReturnValue:
    """Make a posting in review a draft again."""
    posting = mine_or_404(posting_id)
    return _done(
        posting_id,
        lambda: actions.take_back(posting, person_id=current_user.person_id),
        "It is a draft again; no moderator sees it.",
    )


@blueprint.post("/postings/<int:posting_id>/close")
@audience(SIGNED_IN)
def close(posting_id: int) -> ResponseReturnValue:
    """Close an open posting with a reason."""
    posting = mine_or_404(posting_id)
    reason = request.form.get("reason", "")
    return _done(
        posting_id,
        lambda: actions.close(posting, person_id=current_user.person_id, reason=reason),
        "Closed. Those who applied are told.",
    )


@blueprint.post("/postings/<int:posting_id>/renew")
@audience(SIGNED_IN)
@limited("renew posting", "60/hour", per="account")
def renew(posting_id: int) -> ResponseReturnValue:
    """Give a posting more time."""
    posting = mine_or_404(posting_id)
    typed = request.form.get("closes_on", "").strip()
    try:
        last = date.fromisoformat(typed) if typed else None
    except ValueError:
        flash("Closes on: give a day such as 2026-06-30.", "error")
        return redirect(url_for("postings.show", posting_id=posting_id), 303)
    return _done(
        posting_id,
        lambda: actions.renew(posting, person_id=current_user.person_id, closes_on=last),
        "Renewed.",
    )


@blueprint.post("/postings/<int:posting_id>/copy")
@audience(SIGNED_IN)
@limited("posting", "40/hour", per="account")
def copy(posting_id: int) -> ResponseReturnValue:
    """Begin a new draft that says the same."""
    fresh = actions.copy(mine_or_404(posting_id), person_id=current_user.person_id)
    unit_of_work.commit()
    flash("Copied. This is the new draft.", "success")
    return redirect(url_for("postings.edit", posting_id=fresh.id), 303)


@blueprint.post("/postings/<int:posting_id>/drop-change")
@audience(SIGNED_IN)
def drop_change(posting_id: int) -> ResponseReturnValue:
    """Forget a change that waits or was returned."""
    posting = mine_or_404(posting_id)
    return _done(
        posting_id,
        lambda: actions.drop_change(posting, person_id=current_user.person_id),
        "The change is dropped; the posting stays as it was approved.",
    )


@blueprint.post("/postings/<int:posting_id>/codes")
@audience(SIGNED_IN)
@limited("codes of posting", "200/hour", per="account")
def codes(posting_id: int) -> ResponseReturnValue:
    """Confirm, dismiss or add codes, or put a deleted one's successor in its place; live at once."""
    posting = mine_or_404(posting_id)
    chosen = [number for text in request.form.getlist("code") if (number := row_number(text)) is not None]
    do = request.form.get("do", "")
    if do == "add":
        form = AddedCodesForm()
        if not form.validate():
            return shown(posting, form), 422
        linking.add(posting, read_codes(", ".join(form.typed.data or ())))
    elif do == "dismiss":
        linking.dismiss(posting, chosen)
    elif do == "succeed":
        if not _succeed(posting, chosen, request.form.get("successor", "")):
            abort(400, "successor takes the place of no code of the posting")
    else:
        linking.confirm(posting, chosen)
    signals.posting_changed.send(posting)
    unit_of_work.commit()
    flash("The codes are saved.", "success")
    return redirect(url_for("postings.show", posting_id=posting_id, _anchor="codes"), 303)


def _succeed(posting: Posting, chosen: list[int], successor: str) -> bool:
    """Put `successor` in the place of a code that an edition deleted; False where no table says so."""
    doubt = next((one for one in doubts_about(posting) if one.code_id in chosen), None)
    if doubt is None or successor not in doubt.successors:
        return False
    linking.add(posting, [each for each in parse_query_code(successor) if each.system == doubt.system])
    linking.dismiss(posting, [doubt.code_id])
    return True


def _done(posting_id: int, do: Callable[[], None], words: str) -> ResponseReturnValue:
    try:
        do()
        unit_of_work.commit()
    except NotAllowed as refusal:
        unit_of_work.rollback()
        flash(str(refusal), "error")
    else:
        flash(words, "success")
    return redirect(url_for("postings.show", posting_id=posting_id), 303)
