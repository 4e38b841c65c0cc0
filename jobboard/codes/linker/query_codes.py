"""A code, family or range typed alone: in a search box, or as a value in an address."""

from __future__ import annotations

from jobboard.codes.linker.atoms import Atom, Shape, atoms_at
from jobboard.codes.linker.elements import Element, element_from
from jobboard.codes.linker.heads import Kind, head_at
from jobboard.codes.linker.linking import mention_of
from jobboard.codes.linker.mention import Mention, System
from jobboard.codes.linker.plausible import is_category, is_pcs_table
from jobboard.codes.linker.tokens import WORD, Token, lex

LONGEST = 80  # characters; nothing longer is one code

_SLUGS: dict[str, set[System]] = {
    "CPT": {"cpt"}, "ICD10CM": {"icd10cm"}, "ICD10PCS": {"icd10pcs"}, "HCPCS": {"hcpcs"}, "MSDRG": {"msdrg"},
    "HCC": {"hcc"}, "MODIFIER": {"modifier"},
}  # fmt: skip
_HEADS: dict[str, set[System]] = {
    "cpt": {"cpt", "hcpcs"}, "hcpcs": {"cpt", "hcpcs"}, "icd10cm": {"icd10cm", "icd10pcs"},
    "diagnosis": {"icd10cm"}, "icd10pcs": {"icd10pcs"}, "msdrg": {"msdrg"}, "hcc": {"hcc"},
    "modifier": {"modifier"},
}  # fmt: skip
_NUMBERS: frozenset[System] = frozenset({"msdrg", "hcc", "modifier"})


def parse_query_code(text: str) -> list[Mention]:
    """Read `E11.9`, `e119`, `62320-62327`, `99202-15`, `I50.x`, `0SR`, `DRG 470`, the likeliest reading first.

    More than one mention means that the text can be read in more than one system (`E1165` is a code's shape in
    HCPCS and in ICD-10-CM); the empty list, that it is not one code, family or range and nothing else.
    Numbers of DRGs and HCCs, and modifiers, need their word. A modifier tied to a code (`99213-25`) is read
    over. Tables of ICD-10-PCS that are digits only (`027`) need `PCS`.
    """
    if len(text) > LONGEST:
        return []
    tokens = lex(text)
    named, first = _named(tokens)
    if first >= len(tokens) or (named is not None and not named):
        return []
    return [
        mention_of(text, element, system)
        for atom in atoms_at(tokens, first)
        if (element := element_from(tokens, atom)).after == len(tokens)
        for system in _systems(element, tokens[first])
        if (system in named if named is not None else _speaks_for_itself(system, atom))
    ]


def _named(tokens: list[Token]) -> tuple[set[System] | None, int]:
    """The systems that leading words allow (None: no word; empty: a foreign one), and where the code begins."""
    named: set[System] | None = None
    at = 0
    while at < len(tokens):
        if tokens[at].kind == WORD and tokens[at].value in _SLUGS:
            named = (named or set()) | _SLUGS[tokens[at].value] | _HEADS.get(tokens[at].value.lower(), set())
            at += 1
            continue
        head = head_at(tokens, at) if tokens[at].kind == WORD else None
        if head is not None:
            if head.kind is Kind.SYSTEM:
                named = (named or set()) | _HEADS[head.name]
            elif head.kind is not Kind.CODE:
                return set(), at
            at = head.after
        elif tokens[at].kind in {":", "#"} or tokens[at].value in {"TABLE", "TABLES", "FAMILY"}:
            at += 1
        else:
            break
    return named, at


def _systems(element: Element, token: Token) -> list[System]:
    shape, value = element.shape, element.atom.value
    if shape in {Shape.FIVE, Shape.LETTERED}:
        return ["cpt"]
    if shape is Shape.LEVEL2:
        level2: list[System] = [] if value[0] in "DFINOWXYZ" else ["hcpcs"]
        return [*level2, "icd10cm"] if is_category(value) and not element.atom.family else level2
    if shape in {Shape.PCS, Shape.PCS_PART}:
        return ["icd10pcs"]
    if shape is Shape.NUMBER:
        return ["msdrg", "hcc"] if int(value) else []
    if shape is Shape.PAIR:
        return ["modifier"] if value.isdecimal() or token.raw.isalnum() else []
    return ["icd10cm"]


def _speaks_for_itself(system: System, atom: Atom) -> bool:
    if system in _NUMBERS:
        return False
    if system == "icd10cm":
        return is_category(atom.value) or atom.shape is Shape.DOTTED
    if system == "icd10pcs":
        return (
            is_pcs_table(atom.value)
            and not atom.value.isdecimal()
            and not (atom.shape is Shape.PCS_PART and atom.value[0].isalpha())
        )
    return True
