"""A candidate before its judges: what its head, list and neighbouring words say of its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jobboard.codes.linker.atoms import Shape
from jobboard.codes.linker.heads import Head, Kind, head_at
from jobboard.codes.linker.neighbours import is_counted
from jobboard.codes.linker.reading import HARD_PLACES, Candidate
from jobboard.codes.linker.tokens import NEW_LINE, Token
from jobboard.codes.linker.wordlists import words

ICD_HEADS = frozenset({"icd10cm", "diagnosis"})
_DOCUMENTS = words(
    """
    SECTION PARAGRAPH ARTICLE FIGURE ANNEX MODULE LESSON RULE STANDARD CLAUSE REGULATION PAGE STEP
    APPENDIX EXHIBIT FORM MODEL CLASS DOOR DESK ZONE TERMINAL STATION SOFTWARE HANDBOOK TRACK STREET
    """
)
_OF_PEOPLE = words(
    "GROUP TEAM DEPARTMENT DEPT UNIT CAMPUS LOCATION BRANCH STATION ITEM ITEMS LINE LINES PLAN"
)
_OF_LABS = words("PORT GENE PROTEIN RECEPTOR HEMOGLOBIN VITAMIN VITAMINS")
_OF_DIGITS = frozenset(
    """
    NDC|NDCS|LOINC|LOINCS|SNOMED|SNOMED CT|RXNORM|CVX|REVENUE CODE|REVENUE CODES|REV CODE|REV CODES|REV|POS
    PLACE OF SERVICE|PLACES OF SERVICE|TOB|TOBS|TYPE OF BILL|TYPES OF BILL|BILL TYPE|BILL TYPES|APC|APCS|C APC|C APCS
    CONDITION CODE|CONDITION CODES|OCCURRENCE CODE|OCCURRENCE CODES|EAPG|EAPGS|PATIENT STATUS|DISCHARGE STATUS|FL
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
_LONGEST_LABELLED = 40  # members that a label and its colon can introduce
_LONGEST_LIST = 12  # members that a word behind a list can name


@dataclass(slots=True)
class Group:
    """What is settled about the members of one list so far."""

    accepted: set[str] = field(default_factory=set)
    undotted: bool = False
    refused_numbers: bool = False
    survey: bool = False
    size: int = 0


@dataclass(slots=True)
class Case:
    """One candidate with its list and the whole text around it."""

    tokens: Sequence[Token]
    candidate: Candidate
    group: Group
    candidates: Sequence[Candidate]
    at: int
    among_codes: bool  # whether the text has accepted codes

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads that govern the place, if any do."""
        return self.candidate.heads if self.candidate.wide else ()

    @property
    def coded(self) -> bool:
        """Whether "code", "procedure" or an act of coding governs the place."""
        return any(head.kind in (Kind.CODE, Kind.VERB) for head in self.heads)

    @property
    def first(self) -> int:
        """The index of its first token."""
        return self.candidate.element.atom.first

    @property
    def after(self) -> int:
        """The index of the token behind it."""
        return self.candidate.element.after

    def compatible(self, shape: Shape) -> set[str]:
        """The governing systems whose codes have this shape."""
        if not self.heads:
            return set()
        names = {head.name for head in self.heads}
        if shape in (Shape.FIVE, Shape.LETTERED):
            return names & {"cpt", "hcpcs"}
        if shape is Shape.LEVEL2:
            return names & {"cpt", "hcpcs", *ICD_HEADS}
        if shape in (Shape.PCS, Shape.PCS_PART):
            return names & {"icd10pcs"}
        return names & ICD_HEADS

    def is_ruled_out(self) -> bool:
        """Whether a foreign system, a place or an identifier governs."""
        if self._is_of_tumours():
            return True
        value = self.candidate.element.atom.value
        shape = self.candidate.element.shape
        for head in self.heads:
            if head.kind is Kind.FOREIGN and head.name == "icd9":
                return shape is not Shape.DOTTED or value[0] in "VE"
            if head.kind is Kind.FOREIGN and head.name in _OF_DIGITS and value[0].isalpha():
                continue
            if head.name in {"BED", "BEDS"} and shape is Shape.LEVEL2 and self.candidate.sentence.codes > 1:
                continue  # equipment among codes
            if shape is Shape.FIVE and head.name in _OF_LABS and self._has_mates():
                continue  # "hemoglobin 85018", "port 36561"
            if head.kind in (Kind.FOREIGN, Kind.PLACE):
                return True
            if head.kind is Kind.NOUN and self.candidate.narrow:
                if self._is_label(head) and self._is_among_codes():
                    continue  # "CRNA group: 00810, 00811"
                return shape is not Shape.DOTTED or head.name in _DOCUMENTS
        return self.before("#") and not self.coded

    def _is_of_tumours(self) -> bool:
        """Whether ICD-O is named right behind ("C34.9 in ICD-O-3 topography")."""
        named = self.behind("IN", "PER", "OF") and self.after + 1 < len(self.tokens)
        head = head_at(self.tokens, self.after + 1) if named else None
        return head is not None and head.name.startswith("ICD O")

    def _is_label(self, head: Head) -> bool:
        """Whether the noun and a colon introduce the list, or it names a part of the body."""
        if head.name == "APPENDIX":
            return self.tokens[self.first - 1].raw.islower()
        first = self.first
        for other in reversed(self.candidates[max(0, self.at - _LONGEST_LABELLED) : self.at + 1]):
            if other.group != self.candidate.group:
                break
            first = other.element.atom.first
        return head.name in _OF_PEOPLE and first > 0 and self.tokens[first - 1].kind == ":"

    def _has_mates(self) -> bool:
        return self.candidate.sentence.codes > self.candidate.accepted

    def _is_among_codes(self) -> bool:
        """Whether a list, or two other codes in the sentence, make it a code though its label could own a number."""
        return self.group.size > 2 or self.candidate.sentence.codes - self.candidate.accepted > 1

    def before(self, *signs: str) -> bool:
        """Whether one of these signs stands before it."""
        return self.first > 0 and self.tokens[self.first - 1].kind in signs

    def behind(self, *values: str) -> bool:
        """Whether one of these words or signs stands behind it."""
        return self.after < len(self.tokens) and self.tokens[self.after].value in values

    def is_named_behind(self) -> bool:
        """Whether the word behind the list names its members ("19103 and 08054 ZIP codes")."""
        last = self.candidate
        for other in self.candidates[self.at : self.at + _LONGEST_LIST]:
            if other.group != last.group:
                break
            last = other
        at = last.element.after
        head = head_at(self.tokens, at) if at < len(self.tokens) and self.tokens[at].gap <= NEW_LINE else None
        return head is not None and head.name.split()[0] in HARD_PLACES

    def is_of_counts(self) -> bool:
        """Whether a list of round numbers counts what is named behind it ("61500, 63200 and 64450 ED visits")."""
        members = [
            other
            for other in self.candidates[max(0, self.at - _LONGEST_LIST) : self.at + _LONGEST_LIST]
            if other.group == self.candidate.group and other.element.shape is self.candidate.element.shape
        ]
        if len(members) < 2 or len(members) > _LONGEST_LIST:
            return False
        round_numbers = all(other.element.atom.value.endswith(("00", "50")) for other in members)
        return round_numbers and is_counted(self.tokens, members[-1].element.after, round_number=True)

    def is_of_a_headline(self) -> bool:
        """Whether it stands alone in a line that names a job: the opening's own number."""
        return self.candidate.sentence.title and self.group.size < 2
