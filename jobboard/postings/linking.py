"""A posting's codes: read from its text by the linker, then confirmed, dismissed or added by its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobboard.codes.linker import interval, link
from jobboard.postings.models import Origin, PostingCode

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
    """Add codes that the posting's people name themselves; returns how many are new or taken back."""
    present = {_key_of(code): code for code in posting.codes}
    changed = 0
    for key, mention in _first_of_each(mentions).items():
        known = present.get(key)
        if known is None:
            posting.codes.append(_row(mention, len(posting.codes), Origin.STATED))
            changed += 1
        elif known.dismissed or known.origin == Origin.RECOGNISED:
            known.dismissed, known.origin = False, Origin.CONFIRMED.value
            changed += 1
    return changed


def _first_of_each(mentions: Iterable[Mention]) -> dict[_Key, Mention]:
    found: dict[_Key, Mention] = {}
    for mention in mentions:
        found.setdefault((mention.system, mention.start, mention.end, mention.family), mention)
        if len(found) >= MOST_CODES:
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
