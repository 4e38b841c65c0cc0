"""The crawlers of search engines, which keep no cookie and cannot register.

They are shown what every guest sees at first, and are not counted; nothing is shown to them that a guest may not see.
"""

from __future__ import annotations

import re
from typing import Final

_KNOWN: Final = re.compile(
    r"Googlebot|Storebot-Google|Google-InspectionTool|bingbot|DuckDuckBot|Applebot|YandexBot|Baiduspider|Slurp",
    re.I,
)


def is_crawler(user_agent: str) -> bool:
    """Whether a User-Agent header names a crawler of a search engine."""
    return _KNOWN.search(user_agent) is not None
