"""The tree of a list of credentials and connectives: "RHIT and (CCS or CIC)", "two of the following: …".

`and` binds closer than `or`; `, and` after an `or` without a comma is looser than both; a comma takes the
connective of the list it stands in, and a bare list asks for any of its credentials.
"""

from jobboard.postings.recognition.credential_words import Sign
from jobboard.postings.requirements import AllOf, AnyOf, Leaf, Node, SomeOf, simplified

_DEEPEST = 4


def tree(signs: list[Sign], depth: int = 0) -> Node | None:
    """The demand that these signs express; nothing when no credential is among them."""
    if depth > _DEEPEST:
        return simplified(AnyOf(tuple(_leaves(signs))))
    items = _items(signs, depth)
    return simplified(_joined(items)) if items else None


def _leaves(signs: list[Sign]) -> list[Leaf]:
    return [Leaf(str(sign.value)) for sign in signs if sign.kind == "credential"]


Item = Node | Sign


def _items(signs: list[Sign], depth: int) -> list[Item]:
    """Credentials and bracketed groups as nodes; connectives as they are; the rest left out."""
    items: list[Item] = []
    place = 0
    while place < len(signs):
        sign = signs[place]
        if sign.kind == "credential":
            leaf = Leaf(str(sign.value))
            # "Certified Professional Coder (CPC)" names one credential twice.
            if not (items and items[-1] == leaf):
                items.append(leaf)
        elif sign.kind == "open":
            close = _closing(signs, place)
            _add_group(items, signs[place + 1 : close], depth)
            place = close
        elif sign.kind not in ("close", "other"):
            items.append(sign)
        place += 1
    return items


def _add_group(items: list[Item], inner: list[Sign], depth: int) -> None:
    node = tree(inner, depth + 1)
    if node is None or (items and items[-1] == node):
        return
    items.append(node)


def _closing(signs: list[Sign], start: int) -> int:
    level = 0
    for place in range(start, len(signs)):
        level += {"open": 1, "close": -1}.get(signs[place].kind, 0)
        if level == 0:
            return place
    return len(signs)


def _joined(items: list[Item]) -> Node:
    for kind in ("some", "listing", "any", "both", "either"):
        place = _place(items, kind)
        if place is not None:
            return _quantified(items, place, kind)
    nodes = [item for item in items if not isinstance(item, Sign)]
    if len(nodes) < 2:
        return AnyOf(tuple(nodes))
    loose = _loose_and(items)
    if loose is not None:
        return AllOf((_joined(items[:loose]), _joined(items[loose + 1 :])))
    between = _connectives(items)
    groups: list[list[Node]] = [[nodes[0]]]
    for connective, node in zip(between, nodes[1:], strict=True):
        if connective == "and":
            groups[-1].append(node)
        else:
            groups.append([node])
    return AnyOf(tuple(AllOf(tuple(group)) for group in groups))


def _place(items: list[Item], kind: str) -> int | None:
    """Where a quantifier stands with credentials after it."""
    for place, item in enumerate(items):
        if (
            isinstance(item, Sign)
            and item.kind == kind
            and any(not isinstance(other, Sign) for other in items[place:])
        ):
            return place
    return None


def _quantified(items: list[Item], place: int, kind: str) -> Node:
    """ "RHIT and either CCS or CIC": what stands before the quantifier, and the group that it opens."""
    sign = items[place]
    before, after = items[:place], items[place + 1 :]
    group: Node
    if kind in ("either", "both"):
        group = _joined(after) if kind == "either" else AllOf((_joined(_without_or(after)),))
    else:
        nodes = tuple(item for item in after if not isinstance(item, Sign))
        count = sign.value if isinstance(sign, Sign) and isinstance(sign.value, int) else 1
        group = SomeOf(min(count, len(nodes)), nodes) if kind == "some" else AnyOf(nodes)
    if not any(not isinstance(item, Sign) for item in before):
        return group
    last = next(
        (
            item.kind
            for item in reversed(before)
            if isinstance(item, Sign) and item.kind in ("and", "or", "plus")
        ),
        "and",
    )
    trailing = isinstance(before[-1], Sign) and before[-1].kind in ("and", "or", "plus")
    joint = last if trailing else "or" if kind in ("any", "listing") else "and"
    parts = (_joined(before), group)
    return AnyOf(parts) if joint == "or" else AllOf(parts)


def _without_or(items: list[Item]) -> list[Item]:
    return [
        Sign("and", item.start, item.end) if isinstance(item, Sign) and item.kind == "comma" else item
        for item in items
    ]


def _loose_and(items: list[Item]) -> int | None:
    """The `and` after a comma that joins what an `or` without a comma has joined: "CPC or CCS, and CRC"."""
    kinds = [item.kind if isinstance(item, Sign) else "node" for item in items]
    # "RHIT plus CCS or CIC": what is added is looser than any other word.
    if "plus" in kinds:
        place = kinds.index("plus")
        if "node" in kinds[:place] and "node" in kinds[place:]:
            return place
    if "or" not in kinds:
        return None
    # "RHIT or RHIA and CCS or CIC": one `and` between two choices joins them.
    if kinds.count("and") == 1 and "comma" not in kinds:
        place = kinds.index("and")
        return place if "or" in kinds[:place] and "or" in kinds[place:] else None
    for place in range(1, len(kinds)):
        if kinds[place] != "and" or kinds[place - 1] != "comma" or "node" not in kinds[place:]:
            continue
        left, right = kinds[: place - 1], kinds[place + 1 :]
        alone = "comma" not in left and ("or" in left or left.count("node") == 1)
        if alone and ("or" in left or "or" in right):
            return place
    return None


def _connectives(items: list[Item]) -> list[str]:
    """The connective before each node but the first; a comma takes the next one that is said in its list."""
    said: list[str] = []
    current: str | None = None
    seen = 0
    for item in items:
        if isinstance(item, Sign):
            if item.kind in ("and", "or") or (item.kind == "comma" and current is None):
                current = item.kind
            continue
        if seen:
            said.append(current or "comma")
        seen += 1
        current = None
    for place in range(len(said) - 1, -1, -1):
        if said[place] == "comma":
            said[place] = said[place + 1] if place + 1 < len(said) else "or"
    return said
