"""The letter on what a new edition changes among one's codes: to who asked for it, once for each edition."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select

from jobboard import unit_of_work
from jobboard.accounts import letters
from jobboard.accounts.models import LetterChoice, Person
from jobboard.codes.edition_choice import counting_for_some, editions_on, loaded_editions
from jobboard.codes.models import CodeChange, CodeEdition
from jobboard.codes.viewers import viewer_of, viewers_of
from jobboard.crash_points import step
from jobboard.database import db, writing
from jobboard.my_codes.actions import note_mailed
from jobboard.my_codes.models import CodeChangeNotice
from jobboard.my_codes.news import (
    TOLD,
    News,
    in_a_sentence,
    is_changed,
    kept_by,
    news_to_mail,
    settled,
    that_change,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

log = logging.getLogger(__name__)

KIND: Final = "code_changes"
EVERY: Final = timedelta(hours=1)
AT_ONCE: Final = 1000
"""Letters of one round; other chores wait meanwhile."""

MOST_LISTED: Final = 100
"""Codes in one letter; the page has them all."""

_PEOPLE: Final = 500


def tell_of_changes() -> int:
    """Write to the people whose codes an edition changes, `AT_ONCE` at most; returns to how many. Commits each.

    Costs one statement while no edition changes anything, else one more for each 500 people who want such letters, one
    for what they keep, and two for the licences of those who keep what is changed.
    """
    loaded = loaded_editions()
    editions = settled(that_change(counting_for_some(loaded)))
    written, after, more = 0, 0, bool(editions)
    while more and written < AT_ONCE:
        people = _who_want_it(after)
        more = len(people) == _PEOPLE
        after = people[-1] if people else after
        waiting = _with_news(people, loaded, editions) if people else []
        db.session.commit()
        for person_id in waiting[: AT_ONCE - written]:
            written += _alone(person_id)
    return written


def _who_want_it(after: int) -> Sequence[int]:
    wanted = (
        select(LetterChoice.person_id)
        .join(Person, Person.id == LetterChoice.person_id)
        .where(
            LetterChoice.kind == KIND,
            LetterChoice.choice == "at_once",
            LetterChoice.person_id > after,
            Person.suspended_at.is_(None),
        )
    )
    return db.session.scalars(wanted.order_by(LetterChoice.person_id).limit(_PEOPLE)).all()


def _with_news(
    people: Sequence[int], loaded: Sequence[CodeEdition], editions: Mapping[int, CodeEdition]
) -> list[int]:
    """Those of `people` among whose codes an edition that counts for them changes something they were not told."""
    kept = kept_by(people)
    told = exists().where(
        CodeChangeNotice.person_id == kept.c.person_id, CodeChangeNotice.edition_id == CodeEdition.id, TOLD
    )
    rows = db.session.execute(
        select(kept.c.person_id, CodeEdition.id)
        .select_from(kept)
        .join(CodeEdition, CodeEdition.id.in_(list(editions)))
        .join(CodeChange, is_changed(kept, editions))
        .where(~told)
        .distinct()
    )
    changed: dict[int, set[int]] = {}
    for person_id, edition_id in rows:
        changed.setdefault(person_id, set()).add(edition_id)
    viewers = viewers_of(changed)
    return sorted(
        person_id
        for person_id, ids in changed.items()
        if ids & {each.id for each in editions_on(viewer=viewers[person_id], among=loaded).values()}
    )


def _alone(person_id: int) -> bool:
    # A unit of work each: what fails for one person is tried again at the next round, and keeps no other waiting.
    with writing():
        try:
            written = _write(person_id)
            unit_of_work.commit()
        except Exception:
            log.exception("person %d could not be told what is new among their codes", person_id)
            unit_of_work.rollback()
            return False
    return written


def _write(person_id: int) -> bool:
    """Everything is asked again here: the person may have read it, or lost a licence, since they were found."""
    person = db.session.scalar(
        select(Person).where(Person.id == person_id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    news = news_to_mail(person_id, viewer_of(person_id)) if person is not None else []
    if person is None or not news:
        return False
    subject = in_a_sentence(news)
    listed = _listed(news)
    letter = letters.write_to(
        person,
        KIND,
        subject=subject,
        template="my_codes/code_changes",
        context={
            "sentence": subject,
            "news": listed,
            "left": sum(len(each.changes) for each in news) - sum(len(each.changes) for each in listed),
        },
    )
    if letter is None:
        return False
    note_mailed(person_id, [each.edition.id for each in news])
    step("change-letter-written")
    return True


def _listed(news: Sequence[News]) -> list[News]:
    """The first `MOST_LISTED` changes."""
    listed: list[News] = []
    room = MOST_LISTED
    for each in news:
        if room:
            listed.append(News(each.edition, each.changes[:room]))
            room -= len(listed[-1].changes)
    return listed
