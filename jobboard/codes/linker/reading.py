"""One walk over a text's tokens: heads, codes, and what stands between them.

The walk decides what is *written* as a code; whether it *is* one is for `judging`, except for bare numbers and
pairs ("DRG 470", "modifiers 25 and LT"), which are nothing without the head that governs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobboard.codes.linker.atoms import Atom, Shape, atoms_at
from jobboard.codes.linker.boundaries import begins_cleanly, ends_the_code
from jobboard.codes.linker.distant import begins_drgs, begins_modifiers, continues_drgs
from jobboard.codes.linker.elements import Element, completed_neighbour, element_from, ends_cleanly
from jobboard.codes.linker.government import JOINING_SIGNS, JOINING_WORDS, Government
from jobboard.codes.linker.heads import Head, Kind, head_at
from jobboard.codes.linker.named_modifiers import is_named
from jobboard.codes.linker.neighbours import is_time
from jobboard.codes.linker.numbers import governed_number, is_unmistakable, loose_modifier, named_backward
from jobboard.codes.linker.plausible import is_category, is_modifier, is_pcs_table
from jobboard.codes.linker.sentences import Sentence, ends_sentence, read_sentences
from jobboard.codes.linker.tokens import BLANK_LINE, DASH, GLUED, NEW_LINE, OPAQUE, WORD, Token
from jobboard.codes.linker.wordlists import words

HARD_PLACES = words(
    """
    ZIP ZIPS ZIPCODE ZIPCODES POSTAL REQ REQS REQUISITION REQUISITIONS ID IDS EXT EXTENSION NPI
    ANNOUNCEMENT VACANCY PHONE TELEPHONE TEL FAX SALARY SOLICITATION
    """
)
_NEAR = 10  # tokens within which a hard place still speaks
_CHAMBERS = words("HOUSE SENATE ASSEMBLY LEGISLATIVE")
_PURPOSE = words("FOR WHEN IF ON / =")
_QUIET_IN_GROUP = frozenset(
    {"(", ")", "[", "]", '"', "“", "”", "'", "`", "**", "_", DASH, "{", "}", "<", ">", ".", OPAQUE}
)


@dataclass(slots=True)
class Candidate:
    """A code as written, with everything about its place that the judgement asks for."""

    element: Element
    system: str | None  # decided already for bare numbers and modifiers
    heads: tuple[Head, ...]
    narrow: bool
    wide: bool
    group: int
    sentence: Sentence
    near_place: bool
    accepted: bool = False  # by the last round of the judgement
    follows: bool = False  # a shortened list member: stands and falls with the one before


class Reader:
    """The walk's state. One reader reads one text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.sentences = read_sentences(tokens)
        self.government = Government()
        self.candidates: list[Candidate] = []
        self.group = 0
        self.previous_after = -1  # index behind the last code
        self.head_after = -1  # index behind the last head
        self.place_at = -_NEAR - 1
        self.modifier_run = False
        self.modifier_sentence: Sentence | None = None

    def read(self) -> list[Candidate]:
        """All candidates in the order of the text."""
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self.candidates.sort(key=lambda candidate: candidate.element.atom.start)
        return self.candidates

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        if token.gap >= NEW_LINE:
            self.government.new_line(self.tokens, at)
            self.group += token.gap == BLANK_LINE
        if token.kind == WORD:
            head = head_at(self.tokens, at)
            if head is not None and not self._is_no_head(at, head):
                return self._take_head(at, head)
        candidate = self._candidate(at)
        if candidate is not None:
            return self._take(candidate)
        if is_unmistakable(self.tokens, at, self.sentences[at].is_of_work):
            before = len(self.candidates)
            self._take_backward(at + 1)
            if len(self.candidates) > before:
                return at + 1
        self._pass_over(at)
        return at + 1

    def _is_code_after_all(self, at: int) -> bool:
        """Heads of two letters ("CM", "MO") are modifiers where modifiers are listed."""
        token = self.tokens[at]
        return (
            len(token.value) == 2 and self.modifier_run and is_modifier(token.value) and token.raw.isupper()
        )

    def _is_no_head(self, at: int, head: Head) -> bool:
        compound = head.kind is Kind.NOUN and at > 0 and self.tokens[at].gap == GLUED
        if compound and self.tokens[at - 1].kind == DASH:  # C-section
            return True
        return self._is_code_after_all(at) or self._is_much(at)

    def _is_much(self, at: int) -> bool:
        """Whether "lot" is no parking place ("a lot of")."""
        return (
            self.tokens[at].value == "LOT" and at + 1 < len(self.tokens) and self.tokens[at + 1].value == "OF"
        )

    def _take_head(self, at: int, head: Head) -> int:
        if head.name == "BILL" and at and self.tokens[at - 1].value in _CHAMBERS:
            head = Head(Kind.PLACE, "BILL", head.after)
        if head.name == "modifier" and not self.tokens[at].value.startswith("APPEND"):
            self._take_backward(at)
        self.government.begin(head)
        self.head_after = head.after
        self.modifier_run = False
        self.group += 1
        if head.kind is Kind.PLACE and head.name.split()[0] in HARD_PLACES:
            self.place_at = at
        elif head.kind in (Kind.SYSTEM, Kind.CODE):
            self.place_at = -_NEAR - 1
        return head.after

    def _take_backward(self, head: int) -> None:
        for at in named_backward(self.tokens, head, self.previous_after):
            self._take(self._make(element_from(self.tokens, _pair_atom(self.tokens, at)), "modifier"))

    def _take(self, candidate: Candidate) -> int:
        self.candidates.append(candidate)
        self.government.take_element()
        self.previous_after = candidate.element.after
        if candidate.system == "modifier":
            self.modifier_sentence = candidate.sentence
        self.modifier_run = candidate.system == "modifier" or bool(candidate.element.modifiers)
        return candidate.element.after

    def _pass_over(self, at: int) -> None:
        token = self.tokens[at]
        number = token.value == "NUMBER" or (token.value == "NO" and self._kind(at + 1) == ".")
        if number and not self.government.wide:
            self.government.begin(Head(Kind.PLACE, "NUMBER", at + 1))
        self.government.pass_over(self.tokens, at)
        joins = token.kind in JOINING_SIGNS or token.kind in _QUIET_IN_GROUP or token.value in JOINING_WORDS
        if ends_sentence(self.tokens, at):
            self.government.clear()
            self.place_at = -_NEAR - 1
            joins = False
        if not joins:
            self.group += 1
            self.modifier_run = False

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def _candidate(self, at: int) -> Candidate | None:
        token = self.tokens[at]
        if token.kind in {".", "/", DASH}:
            return self._continuation(at) or self._dashed_modifier(at)
        if token.kind != WORD or not begins_cleanly(self.tokens, at, self.previous_after, self.head_after):
            return None
        broken = self._broken(at)
        if broken is not None:
            return broken
        atoms = atoms_at(self.tokens, at)
        if not atoms:
            return None
        if self._is_distant_drg(at):
            number = next(atom for atom in atoms if atom.shape is Shape.NUMBER)
            return self._make(element_from(self.tokens, number), "msdrg")
        if self._goes_on(at) or (len(token.value) == 2 and self._is_headless(at)):
            return self._make(element_from(self.tokens, _pair_atom(self.tokens, at)), "modifier")
        governed = governed_number(self.tokens, atoms, self.government, self.modifier_run)
        if governed is not None:
            return self._make(governed[1], governed[0])
        atom_or_none = self._choose(atoms)
        if atom_or_none is None:
            return None
        element = element_from(self.tokens, atom_or_none)
        if not ends_the_code(self.tokens, element):
            return None
        return self._make(element, None)

    def _is_distant_drg(self, at: int) -> bool:
        last = self.candidates[-1] if self.candidates else None
        among = last is not None and last.system == "msdrg" and at - self.previous_after <= _NEAR
        if among and last is not None and last.sentence is self.sentences[at] and not self.government.narrow:
            between = self.tokens[self.previous_after : at]
            if not any(token.value.isdecimal() for token in between) and continues_drgs(
                self.tokens, at, beside=len(between) <= 1
            ):
                return True
        return begins_drgs(self.tokens, at, self.government)

    def _is_headless(self, at: int) -> bool:
        listed = begins_modifiers(self.tokens, at, self.government)
        return listed or is_named(
            self.tokens, at, self.sentences[at], self.modifier_sentence is self.sentences[at]
        )

    def _goes_on(self, at: int) -> bool:
        """Whether a sentence about modifiers goes on with the next ("54 for surgical care only; 52/53 for …")."""
        token = self.tokens[at]
        if self.modifier_sentence is not self.sentences[at] or not token.value.isdecimal() or at < 1:
            return False
        if not is_modifier(token.value) or is_time(self.tokens, at + 1):
            return False
        before = self.tokens[at - 1].kind
        if before == "/":
            return self.previous_after == at - 1 and self.modifier_run
        return before in {";", ","} and at + 1 < len(self.tokens) and self.tokens[at + 1].value in _PURPOSE

    def _make(self, element: Element, system: str | None, follows: bool = False) -> Candidate:
        government = self.government
        at = element.atom.first
        return Candidate(
            element,
            system,
            government.heads,
            government.narrow,
            government.wide,
            self.group,
            self.sentences[at],
            at - self.place_at <= _NEAR,
            follows=follows,
        )

    def _choose(self, atoms: list[Atom]) -> Atom | None:
        by_shape = {atom.shape: atom for atom in atoms}
        names = {head.name for head in self.government.heads} if self.government.wide else set()
        pcs = "icd10pcs" in names
        icd = bool(names & {"icd10cm", "diagnosis"})
        part = by_shape.get(Shape.PCS_PART)
        whole = by_shape.get(Shape.PCS)
        if whole and (
            Shape.UNDOTTED not in by_shape or (is_pcs_table(whole.value) and not icd) or (pcs and not icd)
        ):
            return whole
        for shape in (Shape.FIVE, Shape.LETTERED, Shape.LEVEL2, Shape.DOTTED):
            if shape in by_shape:
                return by_shape[shape]
        if part and pcs and not (icd and is_category(part.value) and part.value[0].isalpha()):
            return part
        for shape in (Shape.CATEGORY, Shape.UNDOTTED):
            if shape in by_shape:
                return by_shape[shape]
        return part

    def _broken(self, at: int) -> Candidate | None:
        """Five characters broken over a line where CPT or HCPCS is named (`CPT 992-` / `13`)."""
        names = {head.name for head in self.government.heads} if self.government.wide else set()
        if not names & {"cpt", "hcpcs"} or names & {"msdrg", "hcc", "modifier", "icd10cm", "diagnosis"}:
            return None
        rest = at + 2 if self._kind(at + 1) == DASH and self.tokens[at + 1].gap == GLUED else at + 1
        if rest >= len(self.tokens) or self.tokens[rest].gap != 2 or self.tokens[rest].kind != WORD:
            return None
        value = self.tokens[at].value + self.tokens[rest].value
        lettered = (
            "hcpcs" in names and value[0].isalpha() and value[0] != "D" and len(self.tokens[at].value) > 1
        )
        digits = value[1:] if lettered else value
        if len(value) != 5 or not (digits.isdecimal() and digits.isascii()):
            return None
        shape = Shape.LEVEL2 if lettered else Shape.FIVE
        atom = Atom(shape, value, False, at, rest + 1, self.tokens[at].start, self.tokens[rest].end)
        return self._make(Element(atom, None, atom.after, atom.end), None)

    def _continuation(self, at: int) -> Candidate | None:
        """`E11.21, .22 and .29`, `99213/14`: the rest is taken from the code before."""
        if not self.candidates or self.candidates[-1].group != self.group or at + 1 >= len(self.tokens):
            return None
        previous, sign, rest = self.candidates[-1], self.tokens[at], self.tokens[at + 1]
        if (
            previous.system is not None
            or rest.kind != WORD
            or rest.gap != GLUED
            or not rest.value[0].isdigit()
        ):
            return None
        if not ends_cleanly(self.tokens, at + 2) or not rest.value.isascii() or len(rest.value) > 4:
            return None
        first = at
        if sign.kind == ".":
            if sign.gap == GLUED and self.tokens[at - 1].kind != "/":
                return None
            value = completed_neighbour(previous.element, "." + rest.value)
        else:
            if sign.kind == "/" and (sign.gap != GLUED or self.previous_after != at):
                return None
            if sign.kind == DASH and (sign.gap == GLUED or self.previous_after == at):
                return None
            value = completed_neighbour(previous.element, rest.value)
            first = at + 1
        if value is None:
            return None
        atom = Atom(previous.element.shape, value, False, first, at + 2, self.tokens[first].start, rest.end)
        return self._make(Element(atom, None, at + 2, rest.end), None, follows=True)

    def _dashed_modifier(self, at: int) -> Candidate | None:
        if self.tokens[at].kind != DASH or not loose_modifier(self.tokens, at, self.sentences[at]):
            return None
        atom = _pair_atom(self.tokens, at + 1)
        return self._make(Element(atom, None, at + 2, atom.end), "modifier")


def _pair_atom(tokens: Sequence[Token], at: int) -> Atom:
    token = tokens[at]
    return Atom(Shape.PAIR, token.value, False, at, at + 1, token.start, token.end)
