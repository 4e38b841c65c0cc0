"""What speaks for five bare digits that no head introduces, weighed against what speaks of a thing that they number.

A code stands behind a function word, a verb or a clinical word, or in a list; a ticket's number stands behind the
noun that it belongs to. Such nouns cannot be counted up, function words can: so a singular noun that is not of the
clinic counts against the number, whichever it is.
"""

from __future__ import annotations

from jobboard.codes.linker.atoms import Shape
from jobboard.codes.linker.cases import Case
from jobboard.codes.linker.clinical import is_clinical
from jobboard.codes.linker.sentences import CODING, TITLES
from jobboard.codes.linker.tokens import NEW_LINE, WORD, Token
from jobboard.codes.linker.wordlists import words

_FUNCTION_WORDS = words(
    """
    MEDICAID MEDICARE TRICARE PAYER PAYERS COMMERCIAL PAYOR A ABOUT ABOVE ACROSS AFTER AGAINST ALL ALMOST
    ALONGSIDE ALSO ALWAYS AM AMONG AN AND ANOTHER ANY ARE AROUND AS AT BE BECAUSE BEEN BEFORE BEHIND BELOW
    BESIDE BETWEEN BEYOND BOTH BUT BY CAN CANNOT CONCERNING DID DO DOES DOWN EACH EG EITHER ESPECIALLY
    EVEN EVER EVERY EXCEPT FEW FOR FROM FREQUENTLY HAD HAS HAVE HOW I IE IF IN INCLUDING INSIDE INSTEAD
    INTO IS IT ITS JUST KNOW LESS LIKE MAINLY MAY MINUS MORE MOST MOSTLY MULTIPLE MUST MY NAMELY NEVER NEW
    NO NOR NOT NOW OF OFF OFTEN OLD ON ONCE ONE ONLY ONTO OR OTHER OUR OUT OVER OWN PER PLUS PRIMARILY
    QUITE RATHER REGARDING SAME SEE SEVERAL SHOULD SIMPLE SINCE SO SOME SOMETIMES SPECIFICALLY STILL SUCH
    THAN THAT THE THEIR THEM THEN THESE THEY THIS THOSE THROUGH TO TOO TOP TOWARD TWO UNDER UNTIL UP UPON
    US USE USUALLY VERSUS VIA VS WAS WE WERE WHAT WHEN WHENEVER WHERE WHETHER WHICH WHILE WHO WHY WILL
    WITH WITHIN WITHOUT YES YET YOU YOUR W X AKA RIGHT WRONG CORRECT CORRECTLY DAILY HEAVY PURE ROUTINE
    MAYBE MAKE TAKE GET GIVE GO HANDLE MASTER LEARN LOVE WRITE TEACH EXPLAIN DEFEND DISTINGUISH SUPPORT
    COVER PAIR SPOT CATCH UNBUNDLE BUNDLE AUDIT REVIEW QUERY RANGE RANGES SERIES FAMILY CHECK APPLY ADD
    LIST CHOOSE SELECT PICK HIT COMBINE SPLIT TELL SAY ENTER SUBMIT APPEAL SCRUB EDIT VALIDATE
    FAVORITE FAVOURITE STAPLE WORKHORSE COMMONEST
    INCLUDE INCLUDED INVOLVE FEATURE MEAN REMAIN BECOME EXAMPLE
    MANY THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN
    NEXT LAST FIRST SECOND THIRD WANT LIKES PREFER DEFINITELY PARTICULAR BESIDES
    """
)
_VERBS_IN_S = words(
    """
    ALWAYS PLUS VERSUS IS HAS WAS DOES THIS YES AS REQUIRES NEEDS MEANS GETS MAKES GOES COMES BELONGS
    APPLIES PAYS BUNDLES INCLUDES CARRIES TAKES DENIES BECOMES STAYS REMAINS STANDS COVERS HITS WINS FAILS
    DROPS TRIGGERS LOOKS SOUNDS SAYS READS WORKS RUNS USES UNLESS ACROSS CONSISTS SHOWS APPEARS FOLLOWS
    DESERVES COUNTS LEADS TOPS
    """
)
_VISITS = ("9920", "9921", "9922", "9923", "9928", "9929")  # where no postal code and few counts lie
_ARTICLES = words("A AN THE EVERY THIS THAT THESE")
_SKILL = words("EXPERIENCE EXPERTISE KNOWLEDGE PROFICIENCY SKILLS FAMILIARITY EXPOSURE")
_ENOUGH = 1


def is_likely_a_code(case: Case) -> bool:
    """Whether more speaks for a code than for a number of some other kind."""
    candidate, sentence = case.candidate, case.candidate.sentence
    weight = 2 * (candidate.element.shape is not Shape.FIVE)  # a letter says more than digits alone
    if candidate.element.modifiers or len(case.tokens) == 1:
        return True
    weight += _left(case) + _right(case)
    weight += sentence.acts or sentence.clinical
    weight += sentence.clinical and sentence.numbers > 2 and not (sentence.pay or sentence.commute)
    weight += 2 * (sentence.codes > (1 if candidate.accepted else 0))
    weight += min(max(case.group.size - 1, sentence.numbers > 1 and _behind_function_word(case)), 3) + (
        candidate.element.last is not None
    )
    weight += candidate.element.atom.value.startswith(_VISITS)
    weight -= 2 * (sentence.pay and not sentence.clinical and not _is_paid_for(case))
    weight += case.tokens[case.first].raw[-1] == "s"  # "97110s"
    return weight + _begins_line(case) >= _ENOUGH


def _left(case: Case) -> int:
    """-2 behind a noun that may own the number, +1 behind a clinical word or an article ("a 43239"), else 0."""
    at = case.first - 1
    if at > 0 and case.tokens[at].kind == "(" and case.tokens[at - 1].kind == WORD:
        word = case.tokens[at - 1]
        name = word.raw[:1].isupper() and word.raw[1:].islower() and not is_clinical(word.value)
        return -2 if name and at > 1 else int(is_clinical(word.value))
    among = case.group.size > 2 or case.candidate.sentence.codes - case.candidate.accepted > 1
    labelled = at >= 0 and case.tokens[at].kind == ":" and among  # "Neuro: 61510, 61781, 63030"
    if at >= 0 and case.tokens[at].kind in {":", "=", "#"} and case.tokens[case.first].gap < NEW_LINE:
        at -= 1
    if at < 0 or (case.tokens[at + 1].gap >= NEW_LINE):
        return 0
    word = case.tokens[at]
    value = word.value
    if word.kind != WORD or not value.isalpha():
        return 0
    if value in _ARTICLES:
        return 1
    if value in TITLES:
        return -2
    if value in _FUNCTION_WORDS or value in CODING:
        return 0
    if is_clinical(value):
        return 1
    if _is_name(word) and at > 1 and _is_name(case.tokens[at - 1]):
        return -2  # "Beverly Hills 90210"
    plural = value.endswith("S") and not value.endswith(("AS", "IS", "US", "OS", "SS"))  # Dallas, Louis
    if plural or value.endswith(("ING", "ED", "LY")):
        return 0
    return -1 if labelled or (word.raw.isupper() and len(value) < 6) else -2


def _is_paid_for(case: Case) -> bool:
    """ "$2.10 per 99284", "$1.10 for 71046"."""
    return case.first > 0 and case.tokens[case.first - 1].value in {"FOR", "PER"}


def _behind_function_word(case: Case) -> bool:
    return case.first > 0 and case.tokens[case.first - 1].value in _FUNCTION_WORDS


def _is_name(word: Token) -> bool:
    return (
        word.kind == WORD and word.raw[0].isupper() and word.raw[1:].islower() and not is_clinical(word.value)
    )


def _right(case: Case) -> int:
    """-2 before a plural that says what is counted, +1 before "experience" and its like, else 0."""
    if case.after >= len(case.tokens):
        return 0
    word = case.tokens[case.after]
    if word.kind != WORD or word.gap > NEW_LINE or not word.value.isalpha():
        return 0
    if _is_house_number(case, word):
        return -2
    if not word.raw.islower():
        return 0
    if word.value in _SKILL:
        return 1
    plural = (
        case.candidate.element.shape is Shape.FIVE
        and word.value.endswith("S")
        and len(word.value) > 3
        and word.value not in _VERBS_IN_S
    )
    return -2 if plural and not is_clinical(word.value) and word.value not in CODING else 0


def _is_house_number(case: Case, word: Token) -> bool:
    """Whether a name follows a number behind "at" ("at 4100 Elm")."""
    name = word.raw[0].isupper() and word.raw[1:].islower() and not is_clinical(word.value)
    return name and case.first > 0 and case.tokens[case.first - 1].value in {"AT", "OF", "TO", "NEAR"}


def _begins_line(case: Case) -> int:
    """1 for a number that begins a line of a text about codes."""
    at = case.first
    while at > 0 and case.tokens[at].gap < NEW_LINE and case.tokens[at - 1].kind != WORD:
        at -= 1
    begins = case.tokens[at].gap >= NEW_LINE and at < len(case.tokens)
    return int(begins and case.among_codes)
