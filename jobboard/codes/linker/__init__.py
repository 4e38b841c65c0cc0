"""The linker: finds codes, families and ranges of codes in the text of a posting.

`link(text)` gives mentions, `resolve` says what the loaded editions know of them, `as_json` writes them as
promised, `parse_query_code` reads a code typed alone, `interval` gives the positions by which mentions meet.
Everything here is pure: no database, no settings, and what is loaded plays no part in what is found.

A text goes through five hands. `tokens` cuts it up; `atoms` and `elements` know what codes, families, ranges and
tied modifiers look like; `heads` and `government` know which introducing word governs a place; `reading` walks
the text once and notes candidates; `judging` decides. Its rules, with their reasons:

- A shape that hardly occurs otherwise is a code unless something speaks against it: `E11.9`, `J1885`, `0DTJ4ZZ`.
  Against it speak a foreign system (`ICD-9 V57.1`, CDT, APR-DRG, remark and revenue codes), a place or document
  (`room`, `section`, `version`), and shapes that the public code sets do not have (see `plausible`).
- Five digits that no head introduces are a CPT code unless their neighbours name them as a place, amount, telephone
  number, identifier, date or count, and if more speaks for a code than against one (`evidence`): the clinic, coding
  or other codes in the sentence, a list, a range or a modifier for it, an unknown noun that may own the number
  ("ticket 88305") against it. A round number needs less to be a count ("12500 encounters") than another.
- Weak shapes (`E11`, `e119`) need a reason: a head, a sure neighbour in the list or sentence, or a sentence about
  coding. So `B12`, `F150` and `T10-T12` are none, and `I10` beside `E78.5` is one.
- Bare numbers and pairs (`DRG 470`, `HCC 18`, `modifiers 25 and LT`) are codes only under their head, and not where
  they count or measure ("HCC 5 years", "DRG: 25 per day"). A tied pair (`99213-25`, `A4253 KX`) needs no head,
  nor a modifier behind what it stands for ("co-surgeon 62", "bills TC"; see `named_modifiers`).
- A letter and four digits are HCPCS Level II, unless the letter has no such codes or ICD is what the place names;
  D and four digits are CDT, and never HCPCS.
- Members of a list share their fate: what is sure of one speaks for the others, and one ZIP code for its like.
- A dash and two digits behind a CPT code are its modifier where such a modifier makes sense, else the shortened end
  of a range (`99213-25`, `99202-15`, `99221-23`). A pair that descends is two codes.
- Plausibility is asked only where the text does not name the system: under "ICD-10-CM" a code that no edition has is
  still a mention, with `known: false`.
"""

from jobboard.codes.linker.linking import LONGEST_TEXT, link
from jobboard.codes.linker.mention import Mention, NothingLoaded, Reference, ResolvedMention, as_json, resolve
from jobboard.codes.linker.positions import interval, position
from jobboard.codes.linker.query_codes import parse_query_code

__all__ = [
    "LONGEST_TEXT",
    "Mention",
    "NothingLoaded",
    "Reference",
    "ResolvedMention",
    "as_json",
    "interval",
    "link",
    "parse_query_code",
    "position",
    "resolve",
]
