"""Reads what an opening requires, prefers and refuses, as a tree of credentials."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jobboard.postings.recognition.credential_logic import tree
from jobboard.postings.recognition.credential_parts import segments
from jobboard.postings.recognition.credential_trees import (
    accepting,
    any_of,
    bounded,
    mapped,
    pruned,
    with_full_names,
    without_repeats,
)
from jobboard.postings.recognition.credential_words import (
    ACCEPTED,
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
    AllOf,
    AnyOf,
    Leaf,
    Node,
    Requirement,
    leaves,
    simplified,
)
from jobboard.vocabulary import Vocabulary

_TO_OBTAIN = re.compile(r"\b(?:obtain|achieve|earn|attain|acquire|pass|get|become|complete|secure)")
_ANNOUNCED = re.compile(r"\b(?:certifications?|credentials?)\b[^.:]{0,40}\b(?:includes?|are)\s*:$")
# What an applicant may answer, one of several: "I am a Certified Health Data Analyst".
_ANSWER = re.compile(r"(?:[a-f][.)]\s*)?i (?:have|am|hold|possess)\b")
# "RHIT or RHIA" is a demand of its own, "or CCS-P" goes on with the line before.
_CHOICE = re.compile(r"\w.*(?:\bor\b|/)")
_BARE = frozenset(
    re.findall(
        r"\w+",
        "and or certification certifications certified credential credentials active current aapc ahima by from "
        "the through based physician hospital",
    )
)
_MOST_GROUPS = 12
_MOST_IN_A_GROUP = 24
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
    in_list, announced = False, False
    for sentence, mentions in read:
        lower = sentence.lower
        if _APPRENTICES.search(lower):
            no_apprentice = no_apprentice or bool(_NO_APPRENTICE.search(lower))
            welcome = _APPRENTICE_WELCOME.search(lower) and not _NO_APPRENTICE.search(lower)
            apprentice_welcome = apprentice_welcome or bool(welcome)
        if len(groups) < _MOST_GROUPS and any(mention.facet == "credential" for mention in mentions):
            found = _groups(sentence, mentions, apprentice_of)
            bare = len(found) == 1 and _is_bare(sentence, mentions)
            choice = bare and _CHOICE.search(lower) is not None
            if bare and not choice and in_list and groups[-1].status == found[0].status:
                # Lines that are nothing but credentials are a list of what may be held.
                groups[-1] = replace(
                    groups[-1], node=AnyOf((groups[-1].node, found[0].node)), is_listing=True
                )
            elif bare and (announced or (not choice and isinstance(found[0].node, AnyOf))):
                groups.append(replace(found[0], is_listing=True))
            else:
                groups += found
            bare = bare and not choice
            in_list = bare
        else:
            in_list = False
        announced = _ANNOUNCED.search(lower) is not None
    refused = [leaf.slug for group in groups if group.status == REFUSED for leaf in leaves(group.node)]
    if no_apprentice:
        named = {leaf.slug for group in groups for leaf in leaves(group.node)}
        concerned = [slug for slug, full in apprentice_of.items() if full in named]
        refused += concerned or list(apprentice_of)
    required, welcomed = _required(groups, apprentice_of, set(refused))
    if apprentice_welcome and not no_apprentice:
        required = accepting(required, set(apprentice_of.values()))
    preferred = any_of([group.node for group in groups if group.status == PREFERRED])
    required, preferred = pruned(required, set(refused)), pruned(preferred, set(refused))
    required, preferred = (
        with_full_names(required, apprentice_of),
        with_full_names(preferred, apprentice_of),
    )
    if preferred is not None and required is not None:
        preferred = pruned(
            preferred, {leaf.slug for leaf in leaves(required)} if isinstance(required, Leaf) else set()
        )
    if preferred is None and required is None and welcomed:
        preferred = with_full_names(any_of([Leaf(slug) for slug in welcomed]), apprentice_of)
    requirement = bounded(
        Requirement(simplified(required), simplified(preferred), tuple(dict.fromkeys(refused)))
    )
    return CredentialReading(
        requirement, _welcome(requirement, apprentice_of, bool(welcomed) or apprentice_welcome, no_apprentice)
    )


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
    for status, part, start, end in segments(found, len(sentence.text)):
        whole = tree(part[: 4 * _MOST_IN_A_GROUP])
        if whole is None:
            continue
        months = months_to_obtain(sentence.lower[start:end])
        if months is not None and status in (REQUIRED, SILENT, ""):
            whole, status = _obtainable(whole, months, _lead(sentence, start, part)), REQUIRED
        listing = any(sign.kind == "listing" for sign in part) or bool(_ANSWER.match(sentence.lower))
        result.append(_Group(status or _default(sentence), whole, sentence.is_title, listing))
    return _apprentices_on_the_way(result, apprentice_of)


def _is_bare(sentence: Sentence, mentions: tuple[Mention, ...]) -> bool:
    """Whether a line names credentials and nothing else: "Certified Coding Specialist (CCS)"."""
    named = {
        place
        for mention in mentions
        if mention.facet == "credential"
        for place in range(mention.first, mention.last)
    }
    return not sentence.is_title and all(
        place in named or token.word in _BARE for place, token in enumerate(sentence.tokens)
    )


def _lead(sentence: Sentence, start: int, part: list[Sign]) -> str:
    """What stands in a part before its first credential."""
    first = next(sign.start for sign in part if sign.kind == "credential")
    return sentence.lower[start:first]


def _obtainable(node: Node, months: int, lead: str) -> Node:
    """ "Must obtain CPC and CRC within a year" gives time for both, "RHIT, and CCS within a year" for the last."""
    if isinstance(node, AllOf) and not _TO_OBTAIN.search(lead):
        return AllOf((*node.nodes[:-1], _obtainable(node.nodes[-1], months, lead)))
    return mapped(node, lambda leaf: replace(leaf, within_months=months))


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
    nodes = without_repeats([group.node for group in asked if not group.is_listing])
    if listed:
        nodes = without_repeats([*nodes, AnyOf(tuple(listed))])
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
    node = accepting(node, {apprentice_of[slug] for slug in welcomed})
    return node, welcomed
