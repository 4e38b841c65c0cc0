"""Files that are one JSON object."""

from __future__ import annotations

import json
from typing import Any, Final

from jobboard.codes.readers.opening import Source, SourceError

MOST_BYTES: Final = 16 * 1024**2


def is_json_object(source: Source) -> bool:
    """Whether the file begins as a JSON object does."""
    return source.start(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")


def json_object(source: Source) -> dict[str, Any]:
    """The object that the file is. Raises SourceError naming the line where it breaks off."""
    content = source.content()
    if len(content) > MOST_BYTES:
        raise SourceError(source.name, 0, f"has more than {MOST_BYTES // 1024**2} MB")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise SourceError(source.name, error.lineno, f"is not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(source.name, 1, f"is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise SourceError(source.name, 1, "is no JSON object")
    return told
