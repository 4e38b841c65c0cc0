"""Cuts a sentence about credentials into parts at the words that require, prefer or refuse."""

from jobboard.postings.recognition.credential_words import (
    ACCEPTED,
    LEADS,
    OTHER,
    PREFERRED,
    REFUSED,
    REQUIRED,
    SILENT,
    Sign,
)

_SIGNALS = (REQUIRED, PREFERRED, REFUSED, ACCEPTED, SILENT)


def segments(found: list[Sign], length: int) -> list[tuple[str, list[Sign], int, int]]:
    """(status, signs, from, to) of each part. A signal after credentials closes their part ("CPC required"), one
    before them opens it ("must hold CPC"); after "must hold CPC, CRC preferred" the last item is taken off."""
    parts: list[tuple[str, list[Sign], int, int]] = []
    current: list[Sign] = []
    opened, start = "", 0
    for place, sign in enumerate(found):
        if sign.kind not in _SIGNALS:
            current.append(sign)
            continue
        if sign.kind == PREFERRED and _of_another(current):
            if _named(current):
                parts.append((opened, current, start, sign.start))
            current, opened, start = [], "", sign.end
            continue
        if not _named(current):
            if parts and not opened and parts[-1][0] == SILENT and sign.kind == PREFERRED:
                # "CPC is not required but preferred"
                parts[-1] = (PREFERRED, *parts[-1][1:])
                continue
            opened = _stronger(opened, sign.kind)
            continue
        if _opens(found, place) and not (opened == "" and sign.kind in (PREFERRED, ACCEPTED)):
            parts.append((opened, current, start, sign.start))
            current, opened, start = [], sign.kind, sign.start
        elif opened in ("", sign.kind) or sign.kind == SILENT:
            parts.append((sign.kind, current, start, sign.end))
            current, opened, start = [], "", sign.end
        else:
            head, tail = _split_last(current)
            if _named(head):
                parts.append((opened, head, start, tail[0].start))
                parts.append((sign.kind, tail, tail[0].start, sign.end))
            else:
                status = REFUSED if REFUSED in (opened, sign.kind) else sign.kind
                parts.append((status, current, start, sign.end))
            current, opened, start = [], "", sign.end
    if _named(current):
        parts.append((opened, current, start, length))
    elif parts and any(sign.kind in _SIGNALS for sign in found):
        status, part, begin, _ = parts[-1]
        parts[-1] = (status, part, begin, length)
    return parts


def _stronger(known: str, new: str) -> str:
    return known if known == REFUSED else new


def _opens(found: list[Sign], place: int) -> bool:
    """Whether a signal between credentials speaks of those after it: "CPC; must obtain CCS", "CPC, no CPC-A"."""
    sign = found[place]
    if sign.value == LEADS:
        return True
    if place + 1 >= len(found) or found[place + 1].kind == "comma":
        return False
    following = next(
        (other for other in found[place + 1 :] if other.kind == "credential" or other.kind in _SIGNALS), None
    )
    if following is None or following.kind != "credential" or following.start - sign.end > 40:
        return False
    before = found[place - 1] if place else None
    return (
        before is not None and before.kind in ("comma", "and", "or", "plus", "close", "open")
    ) or sign.start - (before.end if before else 0) > 25


def _of_another(current: list[Sign]) -> bool:
    """Whether the last item, behind a comma, is no credential: "CCS or CIC, RN preferred"."""
    kinds = [sign.kind for sign in current]
    if OTHER not in kinds or "comma" not in kinds:
        return False
    comma = len(kinds) - 1 - kinds[::-1].index("comma")
    after = kinds[comma + 1 :]
    return OTHER in after and not {"credential", "or", "and"} & set(after)


def _split_last(current: list[Sign]) -> tuple[list[Sign], list[Sign]]:
    """Signs up to the last comma or joining word that has credentials after it, and from there on."""
    for kinds in (("comma",), ("plus",), ("and",)):
        for place in range(len(current) - 1, 0, -1):
            if current[place].kind in kinds and _named(current[place:]) and _named(current[:place]):
                return current[:place], current[place + 1 :]
    return [], current


def _named(part: list[Sign]) -> bool:
    return any(sign.kind == "credential" for sign in part)
