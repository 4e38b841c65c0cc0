"""What the room tells others, within the same unit of work. Each is sent with the `Posting`.

`posting_closed` carries `reason` (a slug of the vocabulary close_reason). Receivers write and do not commit.
"""

from __future__ import annotations

from blinker import Namespace

_names = Namespace()
posting_opened = _names.signal("posting-opened")
posting_closed = _names.signal("posting-closed")
posting_changed = _names.signal("posting-changed")
posting_waits = _names.signal("posting-waits")
