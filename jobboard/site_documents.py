"""The site's own texts (About, Terms, Privacy, Accessibility, Licences): Markdown, the operator's over the shipped.

A text in `pages/<name>.md` of the data folder takes the place of the shipped one. `{{site}}`, `{{operator}}`,
`{{contact}}` and `{{address}}` stand for what settings and site.toml say.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from jobboard.settings import Settings
    from jobboard.site import Site

NAMES = ("about", "terms", "privacy", "accessibility", "licences")
_SHIPPED = Path(__file__).resolve().parent / "pages" / "documents"
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class SiteDocument:
    """A text of the site: its title, and its Markdown without the title. `version` changes with every word."""

    name: str
    title: str
    markdown: str
    version: str


def site_document(name: str) -> SiteDocument:
    """The text of that name as it stands now. LookupError where the site has no such text."""
    if name not in NAMES:
        raise LookupError(f"the site has no text {name!r}")
    settings: Settings = current_app.extensions["settings"]
    own = settings.data_dir / "pages" / f"{name}.md"
    source = own if own.is_file() else _SHIPPED / f"{name}.md"
    text = _filled(source.read_text(encoding="utf-8"), _words(settings, current_app.extensions["site"]))
    first, _, rest = text.lstrip("\ufeff\n ").partition("\n")
    titled = first.startswith("# ")
    return SiteDocument(
        name=name,
        title=first[2:].strip() if titled else name.capitalize(),
        markdown=(rest if titled else text).strip(),
        version=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def terms_version() -> str:
    """The version of the terms that a person accepts by joining now."""
    return site_document("terms").version


def _words(settings: Settings, site: Site) -> dict[str, str]:
    return {
        "site": site.name,
        "operator": site.operator,
        "contact": site.contact or "the operator",
        "address": settings.base_url or "this site",
    }


def _filled(text: str, words: dict[str, str]) -> str:
    """`text` with its places filled; one that is unknown stays as it is, for the operator to see."""
    return _PLACE.sub(lambda place: words.get(place[1], place[0]), text)
