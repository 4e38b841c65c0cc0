"""What a call to a cluster can end in, apart from an answer."""

from __future__ import annotations

from typing import Any

from search_index.errors import Unavailable


class NotElastic(Exception):
    """What answers does not say that it is Elasticsearch."""


class Overloaded(Unavailable):
    """The server, or what stands before it, cannot take the call now; the same call may go through soon."""


class Refusal(Exception):
    """The server is there and says no to this call: its status, the kind of error and the reason in its words."""

    def __init__(self, status: int, body: Any) -> None:
        """Take the HTTP status and the decoded answer."""
        self.status = status
        error = body.get("error") if isinstance(body, dict) else None
        roots = error.get("root_cause") if isinstance(error, dict) else None
        root = roots[0] if isinstance(roots, list) and roots and isinstance(roots[0], dict) else error
        self.kind = str(root.get("type", "")) if isinstance(root, dict) else ""
        self.reason = reason_of(root if isinstance(root, dict) else body)
        super().__init__(f"{status} {self.kind}: {self.reason}")


def reason_of(error: Any) -> str:
    """What an error in an answer says, its deepest cause included, at most 500 characters."""
    if not isinstance(error, dict):
        return str(error or "")[:500]
    words = [str(error.get("reason", "") or error.get("type", ""))]
    cause = error.get("caused_by")
    while isinstance(cause, dict):
        words.append(str(cause.get("reason", "") or cause.get("type", "")))
        cause = cause.get("caused_by")
    return "; ".join(dict.fromkeys(filter(None, words)))[:500]
