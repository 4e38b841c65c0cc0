"""Between a stored posting and its form: what the form shows at first, what it hands over, what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobboard.employers.actions import find_or_found_for_import
from jobboard.postings import credential_fields
from jobboard.postings.content import Content
from jobboard.postings.forms import COLUMNS, FACETS, PostingForm
from jobboard.postings.models import State
from jobboard.postings.pay import money
from jobboard.postings.requirements import from_json
from jobboard.postings.stated_codes import named_by_people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobboard.postings.models import Posting

# What is typed once for a list is compared as one.
_NOT_COMPARED = frozenset({"csrf_token", "version"})


def form_data(posting: Posting, wanted: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the form shows for a posting; `wanted` are reviewed columns of an edit that is not live yet."""
    columns = {**{name: getattr(posting, name) for name in COLUMNS}, **_reviewed(posting), **(wanted or {})}
    data: dict[str, Any] = {name: columns[name] for name in COLUMNS}
    data |= {"pay_least": columns["pay_least_cents"], "pay_most": columns["pay_most_cents"]}
    agency = columns["posted_by_company_id"]
    data["company"] = agency or columns["company_id"]
    data["client_name"] = (
        posting.company.name if agency and columns["company_id"] == posting.company_id else ""
    )
    for name, facet in FACETS.items():
        data[name] = posting.slugs(facet)
    data["codes"] = named_by_people(posting)
    lists = credential_fields.to_lists(from_json(posting.credential_requirement))
    data["keep_requirement"] = lists is None
    if lists is not None:
        data |= {
            "credentials_all": list(lists.all_of),
            "credentials_any": list(lists.any_of),
            "credentials_preferred": list(lists.preferred),
            "credentials_refused": list(lists.refused),
            "apprentice_accepted": lists.apprentice_accepted,
        }
    data["places"] = [
        {"city": place.city, "state": place.state, "postal_code": place.postal_code, "street": place.street}
        for place in posting.places
    ]
    data["workloads"] = [
        {
            "chart_type": row.chart_type,
            "least": row.charts_per_hour_least,
            "most": row.charts_per_hour_most,
        }
        for row in posting.workloads
    ]
    data["version"] = str(posting.version)
    return data


def content_from(form: PostingForm, posting: Posting | None = None) -> Content:
    """What a valid form says, companies included; a client that is new to the board becomes a company without
    people. Dates that cannot change any more keep their value."""
    content = form.content()
    content.columns |= _companies(form, posting)
    if posting is not None and posting.state == State.OPEN:
        for name in ("opens_on", "time_zone"):
            del content.columns[name]
        if content.columns["closes_on"] is None:
            del content.columns["closes_on"]
    return content


def differences(
    form: PostingForm, stored: Posting, wanted: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """(label, what is stored) of every field in which a typed form differs from what is stored by now."""
    theirs = PostingForm(list(form.companies.values()), formdata=None, data=form_data(stored, wanted))
    found = []
    for field in theirs:
        if field.short_name in _NOT_COMPARED:
            continue
        mine = form[field.short_name]
        if _plain(mine.data) != _plain(field.data):
            found.append((field.label.text, _words(field)))
    return found


def _reviewed(posting: Posting) -> dict[str, Any]:
    names = ("pay_least_cents", "pay_most_cents", "company_id", "posted_by_company_id")
    return {name: getattr(posting, name) for name in names}


def _companies(form: PostingForm, posting: Posting | None) -> dict[str, int | None]:
    manager = form.manager
    if manager is None:
        raise ValueError("a posting needs a company")
    client = form.client_name.data
    if not client:
        return {"company_id": manager.id, "posted_by_company_id": None}
    if posting is not None and posting.posted_by_company_id and posting.company.name == client:
        return {"company_id": posting.company_id, "posted_by_company_id": manager.id}
    hires = find_or_found_for_import(client)
    return {"company_id": hires.id, "posted_by_company_id": manager.id}


def _plain(data: Any) -> Any:
    if isinstance(data, list):
        return [_plain(entry) for entry in data if _plain(entry)]
    if isinstance(data, dict):
        return {key: value for key, value in data.items() if value not in (None, "") and key != "csrf_token"}
    return data or None if not isinstance(data, (bool, int, float)) else data


def _words(field: Any) -> str:
    data = field.data
    if data in (None, "", [], False):
        return "no" if data is False else "not stated"
    if data is True:
        return "yes"
    if field.type == "MoneyField":
        return money(data)
    if field.type == "CredentialsField":
        return str(field._value())
    if field.type == "FieldList":
        entries = (entry.data.values() for entry in field)
        lines = (" ".join(str(value) for value in values if value not in (None, "")) for values in entries)
        return "; ".join(line for line in lines if line) or "not stated"
    offered = field.iter_choices() if hasattr(field, "iter_choices") else ()
    choices = {str(choice.value): choice.label for choice in offered}
    if isinstance(data, list):
        return ", ".join(choices.get(str(value), str(value)) for value in data)
    return str(choices.get(str(data), data))
