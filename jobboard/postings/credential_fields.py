"""Between the form's lists of credentials and the requirement tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobboard.postings.requirements import (
    AllOf,
    AnyOf,
    Leaf,
    Node,
    Requirement,
    SomeOf,
    as_lists,
    from_lists,
    leaves,
    simplified,
)
from jobboard.vocabulary import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Lists:
    """A requirement as the form shows it; all slugs."""

    all_of: Sequence[str] = ()
    any_of: Sequence[str] = ()
    preferred: Sequence[str] = ()
    refused: Sequence[str] = ()
    apprentice_accepted: bool = False


def to_requirement(lists: Lists) -> Requirement:
    """The tree that the lists say."""
    required = from_lists(lists.all_of, lists.any_of)
    preferred = from_lists((), lists.preferred)
    if lists.apprentice_accepted:
        required = _accepting(required)
        preferred = _accepting(preferred)
    return Requirement(required, preferred, tuple(lists.refused))


def to_lists(requirement: Requirement) -> Lists | None:
    """The lists that say the same, or None for a tree that says more than they can."""
    every = [*leaves(requirement.required), *leaves(requirement.preferred)]
    accepted = any(leaf.apprentice_accepted for leaf in every)
    required, preferred = as_lists(_plain(requirement.required)), as_lists(_plain(requirement.preferred))
    if required is None or preferred is None:
        return None
    lists = Lists(required[0], required[1], (*preferred[0], *preferred[1]), requirement.refused, accepted)
    whole = Requirement(
        simplified(requirement.required), simplified(requirement.preferred), requirement.refused
    )
    return lists if to_requirement(lists) == whole else None


def _accepting(node: Node | None) -> Node | None:
    full = {term.apprentice_of for term in vocabularies()["credential"] if term.apprentice_of}
    return _each(node, lambda leaf: replace(leaf, apprentice_accepted=leaf.slug in full))


def _plain(node: Node | None) -> Node | None:
    return _each(node, lambda leaf: replace(leaf, apprentice_accepted=False))


def _each(node: Node | None, change: Callable[[Leaf], Leaf]) -> Node | None:
    if node is None:
        return None
    if isinstance(node, Leaf):
        return change(node)
    children = tuple(child for child in (_each(child, change) for child in node.nodes) if child is not None)
    if isinstance(node, SomeOf):
        return SomeOf(node.least, children)
    return AllOf(children) if isinstance(node, AllOf) else AnyOf(children)
