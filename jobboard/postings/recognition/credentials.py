"""Reads what an opening requires, prefers and refuses, as a tree of credentials."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jobboard.postings.recognition.credential_logic import tree
from jobboard.postings.recognition.credential_words import (
    ACCEPTED,
    LEADS,
    PREFERRED,
    REFUSED,
    REQUIRED,
    SILENT,
    Sign,
    months_to_obtain,
    signs,
)
from jobboard.postings.recognition.lexicon import Mention
from jobboard.postings.recognition.reading import Sentence
from jobboard.postings.requirements import (
    MOST_CREDENTIALS,
    AllOf,
    AnyOf,
    Leaf,
    Node,
    Requirement,
    RequirementError,
    SomeOf,
    from_json,
    leaves,
    simplified,
    to_json,
)
from jobboard.vocabulary import Vocabulary

_TO_OBTAIN = re.compile(r"\b(?:obtain|achieve|earn|attain|acquire|pass|get|become|complete|secure)")
_MOST_GROUPS = 12
_MOST_IN_A_GROUP = 24
_SIGNALS = (REQUIRED, PREFERRED, REFUSED, ACCEPTED, SILENT)
_ABOUT_OTHERS = re.compile(
    r"\b(?:reimburs\w+|we (?:will )?pay|exam (?:fees?|prep\w*|costs?|vouchers?)|vouchers?|tuition"
    r"|boot ?camp|our (?:\w+ )?(?:team|staff|coders|auditors)"
    r"|we are (?:a|an|all)\b|prepare for|supervis\w+|taught by|mentor\w*)\b"
)
_APPRENTICES = re.compile(r"\bapprentic\w*")
_NO_APPRENTICE = re.compile(
    r"\b(?:no|not|non|without)[ -](?:(?!definition)\w+ ){0,2}?apprentic\w*"
    r"|\bapprentic\w*(?: \w+){0,4} (?:not|cannot|n't|need not)\b"
    r"|\bapprentic\w*(?: \w+){0,3} (?:excluded|ineligible)"
)
_APPRENTICE_WELCOME = re.compile(
    r"\bapprentic\w*(?:\W+\w+){0,4}?\W+(?:welcome|accepted|considered|encouraged|ok\b|okay"
    r"|eligible|may apply)"
    r"|\b(?:accept|consider|welcome|open to|hire|hiring|include|including)\w*(?:\W+\w+){0,3}?\W+apprentic"
)


@dataclass(frozen=True)
class CredentialReading:
    """The requirement, and whether apprentices are said to be welcome (nothing where it is silent)."""

    requirement: Requirement
    apprentice_welcome: bool | None


@dataclass(frozen=True)
class _Group:
    status: str
    node: Node
    is_title: bool = False
    is_listing: bool = False


def read_credentials(
    read: Iterable[tuple[Sentence, tuple[Mention, ...]]], credentials: Vocabulary
) -> CredentialReading:
    """Puts together what the sentences say about credentials."""
    apprentice_of = {term.slug: term.apprentice_of for term in credentials if term.apprentice_of}
    groups: list[_Group] = []
    no_apprentice, apprentice_welcome = False, False
    for sentence, mentions in read:
        lower = sentence.lower
        if _APPRENTICES.search(lower):
            no_apprentice = no_apprentice or bool(_NO_APPRENTICE.search(lower))
            welcome = _APPRENTICE_WELCOME.search(lower) and not _NO_APPRENTICE.search(lower)
            apprentice_welcome = apprentice_welcome or bool(welcome)
        if len(groups) < _MOST_GROUPS and any(mention.facet == "credential" for mention in mentions):
            groups += _groups(sentence, mentions, apprentice_of)
    refused = [leaf.slug for group in groups if group.status == REFUSED for leaf in leaves(group.node)]
    if no_apprentice:
        named = {leaf.slug for group in groups for leaf in leaves(group.node)}
        concerned = [slug for slug, full in apprentice_of.items() if full in named]
        refused += concerned or list(apprentice_of)
    required, welcomed = _required(groups, apprentice_of, set(refused))
    if apprentice_welcome and not no_apprentice:
        required = _accepting(required, set(apprentice_of.values()))
    preferred = _any_of([group.node for group in groups if group.status == PREFERRED])
    required, preferred = _pruned(required, set(refused)), _pruned(preferred, set(refused))
    required, preferred = (
        _with_full_names(required, apprentice_of),
        _with_full_names(preferred, apprentice_of),
    )
    if preferred is not None and required is not None:
        preferred = _pruned(
            preferred, {leaf.slug for leaf in leaves(required)} if isinstance(required, Leaf) else set()
        )
    if preferred is None and required is None and welcomed:
        preferred = _with_full_names(_any_of([Leaf(slug) for slug in welcomed]), apprentice_of)
    requirement = _bounded(
        Requirement(simplified(required), simplified(preferred), tuple(dict.fromkeys(refused)))
    )
    return CredentialReading(
        requirement, _welcome(requirement, apprentice_of, bool(welcomed) or apprentice_welcome, no_apprentice)
    )


def _bounded(requirement: Requirement) -> Requirement:
    """The requirement, or its credentials as plain choices where it is larger than a posting may store."""
    try:
        return from_json(to_json(requirement))
    except RequirementError:
        required, preferred = (
            _any_of(list(dict.fromkeys(leaves(node)))[: MOST_CREDENTIALS // 3])
            for node in (requirement.required, requirement.preferred)
        )
        return Requirement(required, preferred, requirement.refused[: MOST_CREDENTIALS // 3])


def _welcome(
    requirement: Requirement, apprentice_of: dict[str, str], welcomed: bool, no_apprentice: bool
) -> bool | None:
    if no_apprentice or any(slug in apprentice_of for slug in requirement.refused):
        return False
    accepted = any(leaf.apprentice_accepted for leaf in leaves(requirement.required))
    return True if welcomed or accepted else None


def _groups(sentence: Sentence, mentions: tuple[Mention, ...], apprentice_of: dict[str, str]) -> list[_Group]:
    """The sentence cut at its signals, each part with its status and tree."""
    found = signs(sentence, mentions)
    kinds = {sign.kind for sign in found}
    if _ABOUT_OTHERS.search(sentence.lower) and not kinds & {REQUIRED, REFUSED}:
        return []
    result: list[_Group] = []
    for status, part, start, end in _segments(found, len(sentence.text)):
        whole = tree(part[: 4 * _MOST_IN_A_GROUP])
        if whole is None:
            continue
        months = months_to_obtain(sentence.lower[start:end])
        if months is not None and status in (REQUIRED, SILENT, ""):
            whole, status = _obtainable(whole, months, _lead(sentence, start, part)), REQUIRED
        listing = any(sign.kind == "listing" for sign in part)
        result.append(_Group(status or _default(sentence), whole, sentence.is_title, listing))
    return _apprentices_on_the_way(result, apprentice_of)


def _lead(sentence: Sentence, start: int, part: list[Sign]) -> str:
    """What stands in a part before its first credential."""
    first = next(sign.start for sign in part if sign.kind == "credential")
    return sentence.lower[start:first]


def _obtainable(node: Node, months: int, lead: str) -> Node:
    """ "Must obtain CPC and CRC within a year" gives time for both, "RHIT, and CCS within a year" for the last."""
    if isinstance(node, AllOf) and not _TO_OBTAIN.search(lead):
        return AllOf((*node.nodes[:-1], _obtainable(node.nodes[-1], months, lead)))
    return _mapped(node, lambda leaf: replace(leaf, within_months=months))


def _apprentices_on_the_way(groups: list[_Group], apprentice_of: dict[str, str]) -> list[_Group]:
    """ "A CPC-A must obtain CPC within 24 months" accepts the apprentice."""
    if len(groups) != 2 or not isinstance(groups[0].node, Leaf) or not isinstance(groups[1].node, Leaf):
        return groups
    first, second = groups[0].node, groups[1].node
    if apprentice_of.get(first.slug) != second.slug or second.within_months is None:
        return groups
    return [_Group(REQUIRED, Leaf(second.slug, apprentice_accepted=True)), _Group(ACCEPTED, first)]


def _default(sentence: Sentence) -> str:
    if sentence.section in (REQUIRED, PREFERRED):
        return sentence.section
    return REQUIRED


def _segments(found: list[Sign], length: int) -> list[tuple[str, list[Sign], int, int]]:
    """(status, signs, from, to) of each part. A signal after credentials closes their part ("CPC required"), one
    before them opens it ("must hold CPC"); after "must hold CPC, CRC preferred" the last item is taken off."""
    parts: list[tuple[str, list[Sign], int, int]] = []
    current: list[Sign] = []
    opened, start = "", 0
    for place, sign in enumerate(found):
        if sign.kind not in _SIGNALS:
            current.append(sign)
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
    return (before is not None and before.kind in ("comma", "and", "or", "close", "open")) or sign.start - (
        before.end if before else 0
    ) > 25


def _split_last(current: list[Sign]) -> tuple[list[Sign], list[Sign]]:
    """Signs up to the last comma or joining word that has credentials after it, and from there on."""
    for kinds in (("comma",), ("and",)):
        for place in range(len(current) - 1, 0, -1):
            if current[place].kind in kinds and _named(current[place:]) and _named(current[:place]):
                return current[:place], current[place + 1 :]
    return [], current


def _named(part: list[Sign]) -> bool:
    return any(sign.kind == "credential" for sign in part)


def _required(
    groups: list[_Group], apprentice_of: dict[str, str], refused: set[str]
) -> tuple[Node | None, list[str]]:
    """The tree of all required groups, and the apprentice credentials that are said to be accepted."""
    asked = [group for group in groups if group.status == REQUIRED]
    if any(not group.is_title for group in asked):
        # A title's credentials count only where the text names none of its own.
        asked = [group for group in asked if not group.is_title]
    # "Apprentice certifications include …", "mastery certifications include …" list what may be held.
    listed = [group.node for group in asked if group.is_listing]
    nodes = _without_repeats([group.node for group in asked if not group.is_listing])
    if listed:
        nodes = _without_repeats([*nodes, AnyOf(tuple(listed))])
    node = simplified(AllOf(tuple(nodes)))
    welcomed: list[str] = []
    for group in groups:
        if group.status != ACCEPTED:
            continue
        slugs = [leaf.slug for leaf in leaves(group.node) if leaf.slug not in refused]
        welcomed += [slug for slug in slugs if slug in apprentice_of]
        others = [Leaf(slug) for slug in slugs if slug not in apprentice_of]
        if others:
            node = simplified(AnyOf((*([node] if node is not None else []), *others)))
    node = _accepting(node, {apprentice_of[slug] for slug in welcomed})
    return node, welcomed


def _without_repeats(nodes: list[Node]) -> list[Node]:
    """Drops a group that names nothing but credentials of another: the fuller sentence is the rule."""
    named = [frozenset(leaf.slug for leaf in leaves(node)) for node in nodes]
    kept = []
    for place, node in enumerate(nodes):
        inside = any(
            named[place] < other or (named[place] == other and before < place)
            for before, other in enumerate(named)
            if before != place
        )
        if not inside:
            kept.append(node)
    return kept


def _any_of(nodes: list[Node]) -> Node | None:
    return simplified(AnyOf(tuple(nodes)))


def _with_full_names(node: Node | None, apprentice_of: dict[str, str]) -> Node | None:
    """ "CPC or CPC-A" and "CPC-A or higher" are a CPC whose apprentices are accepted."""
    if node is None:
        return None
    full = _mapped(
        node,
        lambda leaf: (
            replace(leaf, slug=apprentice_of.get(leaf.slug, leaf.slug), apprentice_accepted=True)
            if leaf.slug in apprentice_of
            else leaf
        ),
    )
    accepting = {leaf.slug for leaf in leaves(full) if leaf.apprentice_accepted}
    return simplified(_accepting(full, accepting))


def _accepting(node: Node | None, full: set[str]) -> Node | None:
    def accepting(leaf: Leaf) -> Leaf:
        return replace(leaf, apprentice_accepted=True) if leaf.slug in full else leaf

    return None if node is None else _mapped(node, accepting)


def _mapped(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    if isinstance(node, Leaf):
        return change(node)
    return replace(node, nodes=tuple(_mapped(child, change) for child in node.nodes))


def _pruned(node: Node | None, slugs: set[str]) -> Node | None:
    """The tree without these credentials."""
    if node is None or isinstance(node, Leaf):
        return None if node is not None and node.slug in slugs else node
    kept = tuple(child for child in (_pruned(child, slugs) for child in node.nodes) if child is not None)
    if not kept:
        return None
    if isinstance(node, SomeOf):
        return SomeOf(min(node.least, len(kept)), kept)
    return replace(node, nodes=kept)
