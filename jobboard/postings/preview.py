"""How a posting would look that is typed but not stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard import clock
from jobboard.employers.models import Company
from jobboard.postings.content import fill
from jobboard.postings.linking import link_codes
from jobboard.postings.models import Posting, State
from jobboard.postings.presentation import Details, details
from jobboard.postings.requirements import from_json

if TYPE_CHECKING:
    from jobboard.postings.forms import PostingForm


def preview_of(form: PostingForm, stored: Posting | None) -> Details:
    """The details of what a valid form says; nothing is stored, not even a client company that is new."""
    manager = form.manager
    client = form.client_name.data
    name = client or (manager.name if manager else "")
    typed = Posting(
        id=stored.id if stored is not None else 0,
        state=State.DRAFT,
        time_zone=form.time_zone.data,
        created_at=clock.now(),
        company=Company(name=name, slug=manager.slug if manager and not client else ""),
        posted_by_company=Company(name=manager.name, slug=manager.slug) if manager and client else None,
        origins={},
        credential_requirement={},
        eligible_states=[],
        confidential=False,
        pay_currency="USD",
    )
    content = form.content()
    if content.requirement is None and stored is not None:
        content.requirement = from_json(stored.credential_requirement)
    fill(typed, content)
    link_codes(typed)
    return details(typed)
