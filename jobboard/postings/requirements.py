"""The credentials an opening asks for, as logic: RHIT and (CCS or CIC), two of a list, CPC within six months.

Pure values. In JSON a leaf is `{"credential": "cpc", "apprentice_accepted": true, "within_months": 6}` (the last
two where they say something), a node `{"all": [...]}`, `{"any": [...]}` or `{"least": 2, "of": [...]}`, and the
whole `{"required": node, "preferred": node, "refused": ["cpc-a"]}` without the keys that are not stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from jobboard.vocabulary import shipped

DEEPEST = 6
MOST_CREDENTIALS = 60
LONGEST_WAIT = 60


class RequirementError(ValueError):
    """A requirement that cannot be used; the message names the place in it, such as `required.all[1]`."""


@dataclass(frozen=True)
class Leaf:
    """One credential by its slug; `within_months`: it may be obtained within so many months of hire."""

    slug: str
    apprentice_accepted: bool = False
    within_months: int | None = None


@dataclass(frozen=True)
class AllOf:
    """Every one of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of the nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class SomeOf:
    """At least `least` of the nodes."""

    least: int
    nodes: tuple[Node, ...]


Node = Leaf | AllOf | AnyOf | SomeOf


@dataclass(frozen=True)
class Requirement:
    """What an opening requires and prefers (nothing where it is silent), and the slugs that it refuses."""

    required: Node | None = None
    preferred: Node | None = None
    refused: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required or self.preferred or self.refused)


@cache
def _apprentices() -> Mapping[str, str]:
    """Full credential → its apprentice form."""
    credentials = shipped()["credential"]
    return MappingProxyType({term.apprentice_of: term.slug for term in credentials if term.apprentice_of})


def leaves(node: Node | None) -> Iterator[Leaf]:
    """The leaves of a tree from left to right."""
    if isinstance(node, Leaf):
        yield node
    elif node is not None:
        for child in node.nodes:
            yield from leaves(child)


def flat(requirement: Requirement) -> frozenset[str]:
    """The slugs that the facet counts: all that are required or preferred, apprentice forms where they are
    accepted, never one that is refused."""
    slugs: set[str] = set()
    for node in (requirement.required, requirement.preferred):
        for leaf in leaves(node):
            slugs.add(leaf.slug)
            if leaf.apprentice_accepted and leaf.slug in _apprentices():
                slugs.add(_apprentices()[leaf.slug])
    return frozenset(slugs.difference(requirement.refused))


def satisfied(node: Node | None, held: Collection[str]) -> bool:
    """Whether someone who holds these slugs may be hired: a leaf with `within_months` can still be obtained, and
    a full credential stands for its apprentice form. Nothing asked is satisfied."""
    if node is None:
        return True
    if isinstance(node, Leaf):
        return _leaf_satisfied(node, held)
    met = sum(satisfied(child, held) for child in node.nodes)
    if isinstance(node, AllOf):
        return met == len(node.nodes)
    return met >= (1 if isinstance(node, AnyOf) else node.least)


def _leaf_satisfied(leaf: Leaf, held: Collection[str]) -> bool:
    if leaf.slug in held or leaf.within_months is not None:
        return True
    apprentices = _apprentices()
    if leaf.apprentice_accepted and apprentices.get(leaf.slug) in held:
        return True
    return any(full in held and apprentice == leaf.slug for full, apprentice in apprentices.items())


def met(requirement: Requirement, held: Collection[str]) -> bool:
    """Whether someone who holds these slugs meets what is required; refused ones do not count."""
    return satisfied(requirement.required, set(held).difference(requirement.refused))


def simplified(node: Node | None) -> Node | None:
    """The same demand in its plainest form: no nesting of like in like, no repetition, no group of one."""
    if node is None or isinstance(node, Leaf):
        return node
    children = [child for child in (simplified(child) for child in node.nodes) if child is not None]
    if isinstance(node, SomeOf):
        if 1 < node.least < len(children):
            return SomeOf(node.least, tuple(children))
        node = AnyOf(tuple(children)) if node.least <= 1 else AllOf(tuple(children))
    kind = type(node)
    merged: list[Node] = []
    for child in children:
        merged += child.nodes if isinstance(child, kind) else (child,)
    unique = tuple(dict.fromkeys(merged))
    if not unique:
        return None
    return unique[0] if len(unique) == 1 else kind(unique)


def from_lists(all_of: Iterable[str], any_of: Iterable[str]) -> Node | None:
    """The tree of a form's two lists of slugs: each of the first, and at least one of the second."""
    every = tuple(Leaf(slug) for slug in all_of)
    one = tuple(Leaf(slug) for slug in any_of)
    return simplified(AllOf((*every, AnyOf(one))))


def as_lists(node: Node | None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The two lists ("all of", "any of") of a tree that says no more than they can; nothing for a richer one."""
    plain = simplified(node)
    if plain is None:
        return (), ()
    nodes = plain.nodes if isinstance(plain, AllOf) else (plain,)
    choices = [child for child in nodes if isinstance(child, AnyOf)]
    every = [child for child in nodes if isinstance(child, Leaf)]
    one = list(choices[0].nodes) if choices else []
    if len(choices) > 1 or len(every) + len(choices) < len(nodes):
        return None
    if any(not isinstance(leaf, Leaf) or leaf != Leaf(leaf.slug) for leaf in (*every, *one)):
        return None
    return tuple(leaf.slug for leaf in every), tuple(leaf.slug for leaf in leaves(AnyOf(tuple(one))))


def to_json(requirement: Requirement) -> dict[str, Any]:
    """The requirement as JSON; `{}` when nothing is stated."""
    result: dict[str, Any] = {}
    if requirement.required is not None:
        result["required"] = _node_to_json(requirement.required)
    if requirement.preferred is not None:
        result["preferred"] = _node_to_json(requirement.preferred)
    if requirement.refused:
        result["refused"] = list(requirement.refused)
    return result


def _node_to_json(node: Node) -> dict[str, Any]:
    if isinstance(node, Leaf):
        result: dict[str, Any] = {"credential": node.slug}
        if node.apprentice_accepted:
            result["apprentice_accepted"] = True
        if node.within_months is not None:
            result["within_months"] = node.within_months
        return result
    children = [_node_to_json(child) for child in node.nodes]
    if isinstance(node, SomeOf):
        return {"least": node.least, "of": children}
    return {"all" if isinstance(node, AllOf) else "any": children}


def from_json(data: object, known: Collection[str] | None = None) -> Requirement:
    """The requirement of a JSON object; raises RequirementError for another shape, for a slug outside `known`
    (where it is given), and beyond DEEPEST levels or MOST_CREDENTIALS credentials."""
    if not isinstance(data, dict):
        raise RequirementError("a credential requirement is an object")
    _only(data, ("required", "preferred", "refused"), "requirement")
    trees = {
        key: _node_from_json(data[key], key, 1, known)
        for key in ("required", "preferred")
        if data.get(key) is not None
    }
    refused = data.get("refused", [])
    if not isinstance(refused, list):
        raise RequirementError("refused: expected a list of credentials")
    for place, slug in enumerate(refused):
        _check_slug(slug, f"refused[{place}]", known)
    if len(refused) + sum(1 for tree in trees.values() for _ in leaves(tree)) > MOST_CREDENTIALS:
        raise RequirementError(f"requirement: names more than {MOST_CREDENTIALS} credentials")
    return Requirement(trees.get("required"), trees.get("preferred"), tuple(dict.fromkeys(refused)))


def _node_from_json(data: object, path: str, depth: int, known: Collection[str] | None) -> Node:
    if depth > DEEPEST:
        raise RequirementError(f"{path}: nested more than {DEEPEST} levels deep")
    if not isinstance(data, dict):
        raise RequirementError(f"{path}: expected an object")
    if "credential" in data:
        return _leaf_from_json(data, path, known)
    kinds = [key for key in ("all", "any", "of") if key in data]
    if len(kinds) != 1:
        raise RequirementError(f"{path}: expected one of credential, all, any, or least with of")
    kind = kinds[0]
    _only(data, ("least", "of") if kind == "of" else (kind,), path)
    children = data[kind]
    if not isinstance(children, list) or not 1 <= len(children) <= MOST_CREDENTIALS:
        raise RequirementError(f"{path}.{kind}: expected a list of 1 to {MOST_CREDENTIALS} entries")
    nodes = tuple(
        _node_from_json(child, f"{path}.{kind}[{place}]", depth + 1, known)
        for place, child in enumerate(children)
    )
    if kind == "of":
        return SomeOf(_whole_number(data.get("least"), 1, len(nodes), f"{path}.least"), nodes)
    return AllOf(nodes) if kind == "all" else AnyOf(nodes)


def _leaf_from_json(data: dict[str, Any], path: str, known: Collection[str] | None) -> Leaf:
    _only(data, ("credential", "apprentice_accepted", "within_months"), path)
    _check_slug(data["credential"], path, known)
    accepted = data.get("apprentice_accepted", False)
    if not isinstance(accepted, bool):
        raise RequirementError(f"{path}.apprentice_accepted: expected true or false")
    months = data.get("within_months")
    if months is not None:
        months = _whole_number(months, 1, LONGEST_WAIT, f"{path}.within_months")
    return Leaf(data["credential"], accepted, months)


def _check_slug(slug: object, path: str, known: Collection[str] | None) -> None:
    if not isinstance(slug, str) or not slug or len(slug) > 60:
        raise RequirementError(f"{path}: expected a credential")
    if known is not None and slug not in known:
        raise RequirementError(f"{path}: unknown credential '{slug}'")


def _whole_number(value: object, least: int, most: int, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise RequirementError(f"{path}: expected a whole number from {least} to {most}")
    return value


def _only(data: Mapping[str, Any], keys: tuple[str, ...], path: str) -> None:
    for key in data:
        if key not in keys:
            raise RequirementError(f"{path}: unknown key '{key}'; known: {', '.join(keys)}")
