"""What a code's page tells search engines of its parts that not everybody sees, as Google documents it.

Shape: "Structured data for subscription and paywalled content"; each selector names the parts of one kind.
"""

from __future__ import annotations

from typing import Any, Final

GATED: Final = ".gated"
METERED: Final = ".metered"


def gate_markup(name: str, url: str, *, gated: bool, metered: bool) -> dict[str, Any] | None:
    """The JSON-LD object of a page of which some needs an account or is counted; None where all is free."""
    selectors = [selector for selector, present in ((METERED, metered), (GATED, gated)) if present]
    if not selectors:
        return None
    parts = [
        {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": each} for each in selectors
    ]
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": name,
        "url": url,
        "isAccessibleForFree": False,
        "hasPart": parts if len(parts) > 1 else parts[0],
    }
