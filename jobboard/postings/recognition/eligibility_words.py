"""The words by which a text says where it hires and where it does not."""

import re

_PEOPLE = r"(?:candidates?|applicants?|coders?|employees|people|individuals|residents?|those|workers?|staff)"
_AT_HOME = r"(?:located|based|residing|living|reside|live|who (?:are )?(?:live|reside|located|based|living|residing))"

# What leads to a list of the states where one may live.
TRIGGER = re.compile(
    r"\b(?:"
    r"(?:must|should|need to|required to|has to|have to|currently|able to|who|may|can)\s+(?:currently\s+"
    r"|also\s+)?(?:reside|live|work|be (?:located|based|living|residing|a resident|residents"
    r"|domiciled)|be)\s+(?:remotely\s+)?(?:in|within|of|from)"
    r"|(?:reside|residing|resides|lives?|living|domiciled)\s+(?:and work\s+)?(?:in|within)"
    r"|residents?\s+(?:of|in|from)|residency\s+in|resident\s+states?"
    rf"|{_PEOPLE}\s+(?:must be "
    r"|who are |currently |only )*(?:located |based |residing |living |who live |who reside "
    r"|licensed )?(?:in|from|within)"
    r"|(?:hire|hires|hiring|employ|employs|recruit|recruiting|accept|accepting|consider"
    r"|considering)\s+(?:[\w-]+\s+){0,4}?(?:in|from|within|residing in|living in|who live in"
    r"|who reside in|located in|residents of)"
    r"|(?:hire|hires|hiring|employ)\s*:"
    r"|(?:remote(?:ly)?|work from home|telework|work at home)\s*[-,(:]?\s*(?:only\s+)?"
    r"(?:position\s+|role\s+|job\s+|work\s+|opportunity\s+)?(?:only\s+)?(?:is\s+)?(?:available\s+"
    r"|open\s+|limited\s+)?(?:only\s+)?(?:in|within|from|to|for)(?: residents of)?"
    r"|(?:open|available|limited|restricted)\s+(?:only\s+)?(?:in|to|for)(?:\s+(?:candidates"
    r"|applicants|residents|those|people|individuals|coders))?(?:\s+(?:who (?:live|reside)|living"
    r"|residing|located|based))?(?:\s+(?:in|of|from))?"
    r"|(?:eligible|approved|hiring|authorized|permitted|accepted|allowed|participating|qualifying"
    r")\s+(?:hiring\s+|work\s+|remote\s+|in\s+these\s+|in\s+the following\s+)?(?:states?"
    r"|locations?)(?:\s+(?:are|is|include|includes|of residence))*"
    r"|following\s+(?:\w+\s+)?(?:states?|locations?)(?:\s+(?:are|is|include|only))*"
    r"|(?:all|any)\s+(?:(?:other|us|u\.s\.|united)\s+)*states?(?:\s+of the (?:us|u\.s\.|usa"
    r"|country))?"
    r")(?=[\s:,(.;]|$)"
    r"|\bremote\s?\((?=[a-z. ,/&]{2,200}\bonly\b)"
)
# Words between such a lead and the first state.
FILLER = re.compile(
    r"[\s:,(\-]*(?:(?:one|any|either|only|the|of|following|states?|these|in|to|for|from|residents"
    r"|candidates|applicants|people|those|individuals|eligible|approved|is|are|include|limited|a|resident"
    r"|currently|will|be|considered|who|live|reside|living|residing|located|based"
    r"|our|\d{1,2}|listed|below|hiring|footprint|welcome|midwest|northeast|southeast|southwest|northwest|region|area|country|continental"
    r"|may|apply|at|this|time|accepted|hired|only|remotely)\b[\s:,(\-]*){0,9}"
)
# What leads to a list of the states where one may not live.
REFUSAL = re.compile(
    r"(?:\b(?:not|cannot|unable|never|no|prohibited|barred|don't|doesn't|aren't|isn't|won't|can't)\b)"
    r"(?!\s+(?:only|limited|just)\b)[^.;:(]{0,70}?\b(?:hir(?:e|es|ed|ing)|employ\w*|recruit\w*|accept\w*"
    r"|consider\w*|perform\w*|work\w*|done|fill|filled|resid\w+|live|living|located|based|available"
    r"|open|offer\w*|support\w*|register\w*|business|set up|licensed|eligible|applicants?|candidates?"
    r"|sponsor\w*|permitted|allowed|presence|payroll)\b(?:\s+[\w']+){0,4}?\s*"
    r"(?::|\b(?:in|from|within|of|to|for|are)\b)"
    r"|\b(?:not eligible|ineligible|non-eligible|excluded|prohibited|disallowed)"
    r"(?:\s+(?:hiring\s+|work\s+|remote\s+)?(?:states?|locations?))?(?:\s+(?:are|is|include))?\s?(?::|\b)"
    r"|\b(?:restricted|unavailable|forbidden)\s+(?:states?|locations?)(?:\s+(?:are|is|include))?\s?:?"
    r"|\bstates?\s+(?:that are\s+)?(?:not|in)\s?eligible\s?:?"
    r"|\b(?:unavailable|off[ -]limits|closed) (?:in|to|for)\b"
    r"|\bexclusions?(?:\s+(?:are|include))?\s?:?"
)
FURTHER = re.compile(r"(?:\s+[\w']+){0,4}?\s+(?:in|from|within|of|to|for)\b")
BARE_NO = re.compile(r"\b(?:no|not|just not|but not)\s+(?=[a-z])")
# What takes states out of a whole: of all states, or of those where one may not live.
EXCEPTION = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|excludes?|excl\.?|with the exceptions? of|other than|besides"
    r"|but not|outside(?: of)?|apart from|aside from|minus"
    r"|(?<=states )but|(?<=state )but|(?<=anywhere )but|(?<=everywhere )but|(?<=nationwide )but|(?<=, )but)"
    r"(?![\w-])[\s:,(]*(?:(?:in|for|residents|of|the|following|states?|those|from)\b[\s:]*){0,5}"
)
DENIED = re.compile(
    r"\b(?:not|cannot|can't|[a-z]+n't|unable|never|ineligible|excluded|no)\b"
    r"(?!\s+(?:only|limited|just)\b)[^.;]{0,70}$"
)
REFUSED_TAIL = re.compile(
    r"(?:\W+(?:residents?|applicants?|candidates?|coders?|employees|workers?|states?|based|who|live|there))"
    r"{0,3}\W*(?:(?:is|are|be|will|do|does|can|may|should|must|please|also|currently)\s+){0,3}"
    r"(?:not\b(?!\s+(?:only|limited|required))|cannot\b|can't\b|aren't\b|won't\b|excluded\b|ineligible\b"
    r"|need not\b|prohibited\b|are exempt)"
)
# "Candidates in Nevada preferred" asks for no state.
PREFERRED_TAIL = re.compile(
    r"\W*(?:(?:residents?|candidates?|applicants?|is|are|strongly|highly)\s+){0,3}(?:preferred|a plus|ideal|desired)\b"
)
RESIDENTS_TAIL = re.compile(
    r"[\s,()-]*residents?\b(?!\s+(?:physicians?|doctors?|program|training|preferred|receive|see|may view))"
)
ONLY_TAIL = re.compile(r"[\s,()-]*(?:(?:applicants|candidates|coders|based)\s+){0,3}only\b")
# "You do not have to live in Ohio" neither allows nor refuses.
WAIVED = re.compile(
    r"\b(?:not|n't)\s+(?:have|need|required?|necessary|necessarily)\b(?!\s+the\b|\s+(?:an?\s+)?(?:ability|presence))"
)
EVERYWHERE = re.compile(
    r"\b(?:all|any)\s+(?:(?:us|u\.s\.|united|50|fifty)\s+){0,2}states?\b(?! (?:citizen|national|person))"
    r"|\b(?:all|any of the)\s+(?:50|fifty)\b|\b50 states\b"
    r"|\banywhere in the (?:continental |contiguous )?(?:us\b|u\.s|usa\b|united states|country)"
    r"|\b(?:us|u\.s\.|usa|nation)[ -]?wide\b|\bnation(?:wide|ally)\b|\bacross the nation\b|\b(?:any|every) state\b"
    r"|\bany(?:one|body) in the (?:us\b|u\.s|usa\b|united states|country)"
    r"|\b(?:across|throughout) the (?:us\b|u\.s\.|united states|country)"
)
# "Open to current employees of the agency nationwide" tells who may apply, not where one may live.
OWN_STAFF = re.compile(r"\bcurrent (?:\w+ )?employees\b")
CANDIDATES = re.compile(
    r"\b(?:remote\w*|candidates?|applicants?|open|resid\w+|live|living|hir(?:e|es|ing)|work"
    r"|working|eligible|employ\w*|located|available|based|coders?|welcome|apply)\b"
)
# Sentences that name states for what they pay or for their laws.
PAY_OR_LAW = re.compile(
    r"\b(?:pay|salary|compensation|wage|hiring) (?:ranges?|scale|transparency)\b|\bprivacy\b|\bordinance\b"
    r"|\bcriminal\b|\bfair chance\b|\bnotice\b|\bbenefits\b|\bdisclos\w+|\baccommodation"
)
SETS_A_RULE = re.compile(
    r"\b(?:must|hires?|hiring in|only|eligible|unable|cannot|except|excluding|reside|open to)\b"
)
