"""A posting's codes: read from its text by the linker, then confirmed, dismissed or added by its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.codes.linker import interval, link
from jobboard.postings.models import Origin, PostingCode
from jobboard.postings.stated_codes import MOST_STATED, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jobboard.codes.linker import Mention
    from jobboard.postings.models import Posting

MOST_CODES = 300
_LONGEST_TEXT = 120
_Key = tuple[str, str, str | None, bool]


def link_codes(posting: Posting) -> None:
    """Read the codes of title and description again.

    New ones come in as recognised; recognised ones that the text no longer names go. What people stated, confirmed
    or dismissed stays as they left it, so that a dismissed code is not offered again.
    """
    mentions = _first_of_each(link(f"{posting.title}\n\n{posting.description}"))
    present = {_key_of(code): code for code in posting.codes}
    for key, code in present.items():
        if key not in mentions and code.origin == Origin.RECOGNISED and not code.dismissed:
            posting.codes.remove(code)
    for position, (key, mention) in enumerate(mentions.items()):
        known = present.get(key)
        if known is None:
            posting.codes.append(_row(mention, position, Origin.RECOGNISED))
        elif known.position != position:
            known.position = position


def confirm(posting: Posting, code_ids: Iterable[int]) -> None:
    """Say that the posting works with these codes, dismissed ones too."""
    for code in _chosen(posting, code_ids):
        code.dismissed = False
        if code.origin == Origin.RECOGNISED:
            code.origin = Origin.CONFIRMED


def dismiss(posting: Posting, code_ids: Iterable[int]) -> None:
    """Say that the posting does not work with these codes. A stated one goes; one read from the text is remembered."""
    for code in list(_chosen(posting, code_ids)):
        if code.origin == Origin.STATED:
            posting.codes.remove(code)
        else:
            code.dismissed, code.origin = True, Origin.RECOGNISED.value


def add(posting: Posting, mentions: Iterable[Mention]) -> int:
    """Add codes that the posting's people name themselves, while it has fewer than `MOST_STATED`; returns how many are
    new or taken back."""
    present = {_key_of(code): code for code in posting.codes}
    changed = 0
    for key, mention in _first_of_each(mentions, MOST_STATED).items():
        known = present.get(key)
        if known is None and len(posting.codes) < MOST_STATED:
            posting.codes.append(_row(mention, len(posting.codes), Origin.STATED))
            changed += 1
        elif known is not None and (known.dismissed or known.origin == Origin.RECOGNISED):
            known.dismissed, known.origin = False, Origin.CONFIRMED.value
            changed += 1
    return changed


def state(posting: Posting, mentions: Iterable[Mention]) -> None:
    """Let exactly these be the codes that the posting's people name themselves.

    One that is named no more goes; where the text names it, it counts as read from there again (`link_codes` sees to
    both). What no list can say (`written`) stays.
    """
    wanted = _first_of_each(mentions, MOST_STATED)
    for code in list(posting.codes):
        if code.origin == Origin.RECOGNISED or _key_of(code) in wanted or not written(code):
            continue
        if code.origin == Origin.STATED:
            posting.codes.remove(code)
        else:
            code.origin = Origin.RECOGNISED.value
    add(posting, wanted.values())


def _first_of_each(mentions: Iterable[Mention], most: int = MOST_CODES) -> dict[_Key, Mention]:
    found: dict[_Key, Mention] = {}
    for mention in mentions:
        found.setdefault((mention.system, mention.start, mention.end, mention.family), mention)
        if len(found) >= most:
            break
    return found


def _key_of(code: PostingCode) -> _Key:
    return code.system, code.start, code.end, code.is_family


def _chosen(posting: Posting, code_ids: Iterable[int]) -> list[PostingCode]:
    wanted = set(code_ids)
    return [code for code in posting.codes if code.id in wanted]


def _row(mention: Mention, position: int, origin: Origin) -> PostingCode:
    low, high = interval(mention.system, mention.start, mention.end, mention.family)
    return PostingCode(
        position=position,
        system=mention.system,
        start=mention.start,
        end=mention.end,
        is_family=mention.family,
        low=low,
        high=high,
        text=mention.text[:_LONGEST_TEXT],
        origin=origin.value,
        dismissed=False,
    )
