"""The articles of the running application, and what is said of a code system on its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from flask import current_app

from jobboard.codes.article_store import published_articles

if TYPE_CHECKING:
    from jobboard.codes.articles import Article
    from jobboard.codes.models import CodeEdition

EXTENSION: Final = "code_articles"


@dataclass(frozen=True, slots=True)
class SystemNotice:
    """Who keeps a system and what it is; whose its text is, and why it is not here; in our own words.

    `unlicensed` is said while no edition of the system is loaded. A system without it lacks the text of `copyright`
    whatever is loaded.
    """

    about: str
    copyright: str = ""
    unlicensed: str = ""

    def missing(self, edition: CodeEdition | None) -> str:
        """Why official wording is not here, where `edition` is what the reader may see of the system; '' for no reason.

        Of an edition that is kept from the reader its licence says why, and not this.
        """
        if edition is not None and self.unlicensed:
            return ""
        return f"{self.copyright} {self.unlicensed}".strip()


NOTICES: Final[dict[str, SystemNotice]] = {
    "icd10cm": SystemNotice(
        "Diagnoses and reasons for care, in every setting. A new edition takes effect each 1 October, with a smaller "
        "release on 1 April. It is kept by CDC/NCHS and CMS and is in the public domain."
    ),
    "icd10pcs": SystemNotice(
        "Procedures of hospital inpatients: seven characters, each an answer to one question. It is kept by CMS and is "
        "in the public domain."
    ),
    "icd9cm": SystemNotice(
        "Diagnoses up to 30 September 2015, when ICD-10-CM took its place; kept here to read old records. Its codes "
        "come from the general equivalence mappings of CMS, which have no descriptions."
    ),
    "hcpcs": SystemNotice(
        "Supplies, drugs and services that CPT does not cover: a letter and four digits. It is kept by CMS; its dental "
        "codes belong to the American Dental Association."
    ),
    "cpt": SystemNotice(
        "Procedures and services of physicians and outpatient departments: five characters, kept by the American "
        "Medical Association as the first level of HCPCS.",
        "The descriptors of CPT® are copyright of the American Medical Association.",
        "This board has no licence to show them, so no official wording stands here. What you read about a CPT code on "
        "this site is our own; look the descriptor up in a licensed code book or encoder before you code from it.",
    ),
    "cdt": SystemNotice(
        "Dental procedures: D and four digits, kept by the American Dental Association.",
        "The text of CDT is copyright American Dental Association.",
        "This board has no licence to show it.",
    ),
    "msdrg": SystemNotice("Payment groups of Medicare inpatient stays, 001 to 999, kept by CMS."),
    "apc": SystemNotice("Payment groups of Medicare hospital outpatient services, kept by CMS."),
    "hcc": SystemNotice("Groups of conditions that predict cost, used in risk adjustment and kept by CMS."),
    "modifier": SystemNotice(
        "Two characters that follow a CPT or HCPCS code and say what was different about the service.",
        "The wording of CPT modifiers is copyright American Medical Association and is not shown here.",
    ),
}


def filed_articles() -> dict[tuple[str, str], Article]:
    """The articles that come in files, by (system, code), as they were read when the application started."""
    return cast("dict[tuple[str, str], Article]", current_app.extensions[EXTENSION])


def articles() -> dict[tuple[str, str], Article]:
    """All articles by (system, code): those of the files, and those that editors published, which replace them.

    An article on one code stands before one on several, whichever of the two is a file.
    """
    filed = filed_articles()
    published = {key: _nearer(one, filed.get(key)) for key, one in published_articles().items()}
    return {**filed, **published}


def articles_together(system: str = "") -> list[list[Article]]:
    """The articles of `system`, or of all; those that one article on several codes is stand together, by code."""
    lines: dict[object, list[Article]] = {}
    for (named, code), article in sorted(articles().items()):
        if system in ("", named):
            lines.setdefault((named, article.codes or code), []).append(article)
    return list(lines.values())


def article_on(system: str, code: str) -> Article | None:
    """The article on one code as `articles` has it, or None."""
    published, filed = published_articles().get((system, code)), filed_articles().get((system, code))
    return _nearer(published, filed) if published is not None else filed


def _nearer(published: Article, filed: Article | None) -> Article:
    is_less_special = published.codes and filed is not None and not filed.codes
    return filed if is_less_special and filed is not None else published
