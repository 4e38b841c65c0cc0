"""One letter a day on who applied, to those who want it so.

The day is the site's; a day's letter has a key of its own, so that a chore that runs again, or runs late, writes
each of them once.
"""

from __future__ import annotations

from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from jobboard import clock, unit_of_work
from jobboard.accounts import letters
from jobboard.accounts.models import Person
from jobboard.applications import queries
from jobboard.applications.letters import key_at_once
from jobboard.database import db, writing
from jobboard.employers import queries as employers
from jobboard.mail.models import Letter
from jobboard.postings.dates import day_words
from jobboard.postings.labels import count

# A board that stood still over a long weekend still tells of what came before it.
DAYS_BACK = 3
_KIND = "new_application"


def write_digests() -> int:
    """Write yesterday's letters, and those of the days before that are missing; returns how many. A chore."""
    zone = current_app.extensions["site"].time_zone
    today = clock.today(zone)
    written = 0
    for days in range(DAYS_BACK, 0, -1):
        with writing():
            written += _write_for(today - timedelta(days=days), zone)
            unit_of_work.commit()
    return written


def _write_for(day: date, zone: str) -> int:
    start, end = clock.start_of_day(day, zone), clock.end_of_day(day, zone)
    by_person: dict[int, tuple[Person, list[int]]] = {}
    for company_id in queries.companies_with_applications_between(start, end):
        for person in employers.people_of(company_id):
            if letters.choice(person.id, _KIND) == "daily":
                by_person.setdefault(person.id, (person, []))[1].append(company_id)
    written = 0
    for person, companies in by_person.values():
        key = f"new-applications:{person.id}:{day.isoformat()}"
        came = [one for company in companies for one in queries.applications_between(company, start, end)]
        told = _written({key, *(key_at_once(one.id, person.id) for one in came)})
        came = [one for one in came if key_at_once(one.id, person.id) not in told]
        if key in told or not came:
            continue
        letters.write_to(
            person,
            _KIND,
            subject=f"{count(len(came), 'new application')} on {day_words(day)}",
            template="applications/new_applications_daily",
            context={"applications": came, "day": day},
            rhythm="daily",
            once_key=key,
        )
        written += 1
    return written


def _written(keys: set[str]) -> set[str]:
    known = select(Letter.once_key).where(Letter.once_key.in_(keys))
    return {key for key in db.session.scalars(known) if key is not None}
