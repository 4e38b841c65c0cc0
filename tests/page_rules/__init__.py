"""The house's rules for a page: small functions from a parsed page to complaints in words."""

from __future__ import annotations

from tests.page_rules import controls, outline, safety, validity
from tests.page_rules.reading import parsed

RULES = (
    validity.syntax,
    outline.head,
    outline.landmarks,
    outline.headings,
    outline.tables,
    controls.labels,
    controls.links_and_buttons,
    controls.references,
    controls.forms,
    safety.nothing_inline,
    safety.images,
    safety.other_hosts,
    safety.leftovers,
)


def problems_of(page: str) -> list[str]:
    """What is wrong with a page, in words; empty for a good one."""
    read = parsed(page)
    return [problem for rule in RULES for problem in rule(read)]


def problems_of_letter(html: str) -> list[str]:
    """What is wrong with the HTML of a letter, which carries its own style and has no landmarks of a site."""
    read = parsed(html)
    rules = (validity.syntax, outline.headings, controls.links_and_buttons, safety.images, safety.leftovers)
    return [problem for rule in rules for problem in rule(read)]
