"""A credential requirement in plain English: "RHIT and either CCS or CIC"."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from jobboard.postings.requirements import AllOf, AnyOf, Leaf, Node, Requirement, leaves, simplified
from jobboard.vocabulary import shipped

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

Label = Callable[[str], str]


def in_words(node: Node | None, label: Label | None = None) -> str:
    """The tree as a phrase; `label` turns a slug into its short form (by default the shipped vocabulary's)."""
    plain = simplified(node)
    if plain is None:
        return ""
    return _phrase(plain, label or shipped()["credential"].label, depth=0)


def sentences(requirement: Requirement, label: Label | None = None) -> tuple[str, ...]:
    """One short sentence for what is required, preferred and refused, each where it is stated."""
    name = label or shipped()["credential"].label
    said = []
    if requirement.required is not None:
        said.append(f"Required: {in_words(requirement.required, name)}")
    if requirement.preferred is not None:
        said.append(f"Preferred: {in_words(requirement.preferred, name)}")
    if requirement.refused:
        said.append(f"Not accepted: {_joined([name(slug) for slug in requirement.refused], 'or')}")
    return tuple(said)


def _phrase(node: Node, label: Label, depth: int) -> str:
    if isinstance(node, Leaf):
        return _leaf(node, label)
    months = {child.within_months if isinstance(child, Leaf) else None for child in node.nodes}
    if depth == 0 and len(months) == 1 and None not in months:
        held = replace(node, nodes=tuple(replace(leaf, within_months=None) for leaf in leaves(node)))
        return f"{_phrase(held, label, depth)}{_within(months.pop() or 1)}"
    # Single credentials first: "RHIT and either CCS or CIC" cannot be misread, the other order can.
    children = sorted(node.nodes, key=lambda child: not isinstance(child, Leaf))
    comma = sum(not isinstance(child, Leaf) for child in children) > 1
    parts = [_phrase(child, label, depth + 1) for child in children]
    if isinstance(node, AllOf):
        lead = "" if depth == 0 else ("both " if len(parts) == 2 else "all of ")
        phrase = lead + _joined(parts, "and", comma)
    elif isinstance(node, AnyOf):
        lead = "" if depth == 0 else ("either " if len(parts) == 2 else "one of ")
        phrase = lead + _joined(parts, "or", comma)
    else:
        phrase = f"at least {_number(node.least)} of {_joined(parts, 'and', comma)}"
    return f"({phrase})" if depth > 1 else phrase


def _leaf(leaf: Leaf, label: Label) -> str:
    words = label(leaf.slug)
    if leaf.apprentice_accepted:
        words += " (apprentices accepted)"
    if leaf.within_months is not None:
        words += _within(leaf.within_months)
    return words


def _within(months: int) -> str:
    return f" within {months} {'month' if months == 1 else 'months'} of hire"


def _joined(parts: Sequence[str], word: str, comma: bool = False) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])}{',' if comma else ''} {word} {parts[-1]}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
