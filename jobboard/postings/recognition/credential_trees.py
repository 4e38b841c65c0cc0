"""Changes to trees of credentials: leaving out, accepting apprentices, keeping to what a posting stores."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from jobboard.postings.requirements import (
    MOST_CREDENTIALS,
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


def bounded(requirement: Requirement) -> Requirement:
    """The requirement, or its credentials as plain choices where it is larger than a posting may store."""
    try:
        return from_json(to_json(requirement))
    except RequirementError:
        required, preferred = (
            any_of(list(dict.fromkeys(leaves(node)))[: MOST_CREDENTIALS // 3])
            for node in (requirement.required, requirement.preferred)
        )
        return Requirement(required, preferred, requirement.refused[: MOST_CREDENTIALS // 3])


def without_repeats(nodes: list[Node]) -> list[Node]:
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


def any_of(nodes: Sequence[Node]) -> Node | None:
    """At least one of the nodes; nothing when there are none."""
    return simplified(AnyOf(tuple(nodes)))


def with_full_names(node: Node | None, apprentice_of: dict[str, str]) -> Node | None:
    """ "CPC or CPC-A" and "CPC-A or higher" are a CPC whose apprentices are accepted."""
    if node is None:
        return None
    full = mapped(
        node,
        lambda leaf: (
            replace(leaf, slug=apprentice_of.get(leaf.slug, leaf.slug), apprentice_accepted=True)
            if leaf.slug in apprentice_of
            else leaf
        ),
    )
    welcoming = {leaf.slug for leaf in leaves(full) if leaf.apprentice_accepted}
    return simplified(accepting(full, welcoming))


def accepting(node: Node | None, full: set[str]) -> Node | None:
    """The tree with apprentices accepted for these full credentials."""

    def changed(leaf: Leaf) -> Leaf:
        return replace(leaf, apprentice_accepted=True) if leaf.slug in full else leaf

    return None if node is None else mapped(node, changed)


def mapped(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    """The tree with every leaf changed."""
    if isinstance(node, Leaf):
        return change(node)
    return replace(node, nodes=tuple(mapped(child, change) for child in node.nodes))


def pruned(node: Node | None, slugs: set[str]) -> Node | None:
    """The tree without these credentials."""
    if node is None or isinstance(node, Leaf):
        return None if node is not None and node.slug in slugs else node
    kept = tuple(child for child in (pruned(child, slugs) for child in node.nodes) if child is not None)
    if not kept:
        return None
    if isinstance(node, SomeOf):
        return SomeOf(min(node.least, len(kept)), kept)
    return replace(node, nodes=kept)
