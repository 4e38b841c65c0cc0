"""What stands in every federal questionnaire and says nothing about the opening."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# The questionnaire proper is between the first of these lines and the foot of the page.
BODY_BEGINS: Final = re.compile(r"^[ \t]*Assessment 1[ \t]*$", re.MULTILINE)
BODY_ENDS: Final = re.compile(
    r"^[ \t]*+(?:Terms of Use\b|Privacy & Cookies\b|© \d{4} US Office|This is a USA Staffing)", re.MULTILINE
)

_SENTENCES = re.compile(
    r"""thank\ you\ for\ (?:your|considering|expressing)
    |thanks\ for\ your\ interest
    |(?:your\ )?responses?\ (?:to\ th\w+\ |you\ provide|are\ |is\ |will\ )
    |r[eé]sum[eé]s?\b
    |cover\ letter
    |transcripts?\b
    |\bsf-?\s?50|\bdd-?\s?214|standard\ form
    |veterans?['’]?s?\ preference
    |usajobs\b|https?://
    |18\ u\.?s\.?c\.?\ (?:§\ ?)?1001
    |falsif|false\ statement|fraud|imprison|misrepresent|untruthful
    |true,?\ (?:correct|complete|and\ accurate)|overstate|inflat\w+\ your
    |subject\ to\ (?:evaluation|verification|investigation|review)
    |verified\ against|practical\ demonstration|provide\ specific\ examples
    |before\ you\ submit|submit\ (?:this|your|the)\ (?:questionnaire|application)
    |this\ (?:assessment\ )?questionnaire|assessment\ questionnaire|this\ assessment
    |occupational\ questionnaire
    |^(?:please\ )?select\ .{0,12}(?:yes|the\ appropriate|the\ one|the\ response|only\ one|one\b|all\b)
    |^\(?(?:please\ )?(?:select|choose|check|mark|indicate|answer|respond|review|read)\b.{0,120}
        (?:statement|response|answer|option
        |question|announcement|below|entirety)
    |(?:do|must)\ not\ leave\ blank|select\ only\ one
    |you\ may\ be\ asked\ to|you\ will\ be\ asked\ to\ confirm|may\ lose\ consideration
    |will\ not\ (?:receive|make\ assumptions|be\ considered)|make\ assumptions|cannot\ make\ assumptions
    |not\ receive\ (?:consideration|credit)|receive\ (?:appropriate\ )?consideration|ineligible\ rating
    |rated\ (?:ineligible|not\ qualified|lower)|removed\ from\ (?:further\ )?consideration
    |(?:must|attach|submit|provide|include)\ (?:you\ )?(?:a\ |an\ )?
        (?:legible\ |clear\ |proper\ )?(?:copy|documentation|proof)\b
    |copy\ of\ (?:your|the)\b|(?:documentation|transcripts?|copy|copies|certification)\ (?:is\ )?required\)
    |required\ documents?\b|documents?\ (?:are|must)\ |upload
    |grandfather|effective\ date\ of\ th(?:e|is)\ (?:qualification|vha)|^\(?\d?\)?\s*such\ employees
    |retained\ (?:as|in)\ (?:a|an|this)\ |appointed\ on\ a\ temporary\ basis,?\ prior|lose\ protected\ status
    |initially\ grandfathered
    |within\ grade\ increases|effective\ date\ more\ than|highest\ grade\ held
    |privacy\ act\ statement|paperwork\ reduction|omb\ (?:no|control|approval)
    |equal\ (?:employment\ )?opportunity\ employer|reasonable\ accommodation
    |^note:?\s*$|^(?:and|or|-?\s?and\s?-?|-?\s?or\s?-?)[:;,.\s-]*$|^https?:
    |failure\ to\ (?:provide|do\ so|submit|respond|answer)|missing\ doc|ensure\ (?:all|that\ all)\b
    |in\ order\ to\ receive|if\ you\ are\ basing\ your|evaluate\ your|determine\ (?:if|whether)\ you
    |basic\ eligibility\ and\ qualification\ requirements\ for\ this\ position
    |application\ package|we\ appreciate\ your|our\ goal\ to\ forward|nature\ of\ our\ systems
    |until\ the\ closing\ date
    |helpful\ tips|please\ (?:choose|provide\ an\ answer|answer|respond|read|note\s*$|see|ensure|attach)
    |(?:enter|indicate|put)\ n/?a\b
    |proof\ of\ (?:current|your)|following\ section\ is\ used|in\ the\ (?:text\ )?box|character\ limit
    |characters\)
    |narrative\ (?:response|statement)|supporting\ documentation|required\ documentation
    |does\ not\ apply\ to\ you
    |part-?\s?time\ experience|full-?\s?time\ work\s?week|full-time\ credit|half-time\ work|work\ week\ credit
    |quality\ of\ experience\.?$|va\ form\ \d|-\ required\.?$|^end\ dates\b|hours\ per\ week,?\ (?:\d+|etc|if)
    |following\ documents|would\ like\ to\ be\ considered|yes,\ i\ am\ a\ current
    |may\ be\ investigated|responding\ "no"|later\ steps\ in|select\ all\ that\ apply
    |choose\ (?:the|one)\ (?:statement|response|answer)|from\ the\ descriptions?\ below|take\ this\ opportunity
    |if\ you\ fail\ to|disqualified\ from|part\ of\ the\ questionnaire
    |remember\ that\ your\ experience|using\ the\ scale|scale\ provided|statement\ that\ (?:best|most)""",
    re.IGNORECASE | re.VERBOSE,
)

# Lines of the list of what belongs on a résumé, which no sentence marks.
_LINES = re.compile(
    r"""^\W*(?:job\ title\b|duties\ \(be|month\ (?:&|and)\ year|full-?time\ or\ part-?time\ (?:status|\(include)
    |series\ and\ grade
    |grade\ level\ \(for|name\ and\ contact\ info|position\ title\b|employer|your\ major|your\ cumulative
    |the\ (?:courses|dates)\ you
    |a\ list\ of\ the\ courses|any\ honors|the\ date\ your\ degree|recommended:|hours\ worked|supervisor
    |salary\b|start(?:ing)?\ (?:and|&)\ end
    |beginning\ and\ end|work\ schedule|latest\ non-award|promotions\ with|please\ be\ aware|--\s?select
    |error\ has\ occurred|reload\b|assessment\ \d+\s*$|section\ [ivx\d]+\b)""",
    re.IGNORECASE | re.VERBOSE,
)

# Questions about the form itself, not about the person or the work.
_QUESTIONS = re.compile(
    r"""\bi\ certify|\bi\ verify|do\ you\ (?:certify|verify|confirm)|to\ the\ best\ of\ (?:my|your)\ knowledge
    |true\ and\ accurate
    |subject\ to\ evaluation\ and\ verification|i\ (?:authorize|understand)|in\ good\ faith|resume\ reminder
    |authorize\ my\ application|signature|type\ your\ (?:full\ )?name|by\ submitting""",
    re.IGNORECASE | re.VERBOSE,
)

NO_ANSWER: Final = re.compile(
    r"none of th(?:e above|ese)|not reflected|\bi do not (?:possess|have|meet|hold)|^no\b|not (?:qualify|applicable)"
    r"|do not possess the|\bn/a\b|^other\b|does not (?:match|fit)",
    re.IGNORECASE,
)

# Answers of the scale on which applicants rate how well they know a task.
RATING: Final = re.compile(
    r"education,? (?:or )?training,? or experience|not had (?:any )?(?:education|training)"
    r"|lack (?:education|training)|performed this task|regular part of (?:a|my) job"
    r"|considered (?:an|the) expert|performing this task|this task on the job",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def is_empty_sentence(sentence: str) -> bool:
    """Whether a sentence speaks of the form, of papers to send or of penalties, not of the opening."""
    return bool(_SENTENCES.search(sentence))


def is_empty_line(line: str) -> bool:
    """Whether a whole line belongs to such a list."""
    return bool(_LINES.search(line))


def is_about_the_form(stem: str) -> bool:
    """Whether a question only has the applicant vouch for the answers."""
    return bool(_QUESTIONS.search(stem))
