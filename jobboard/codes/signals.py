"""What the room tells others, within the same unit of work.

`edition_in_force` is sent with the name of a code system when another edition of it begins to count. Receivers write
and do not commit.
"""

from __future__ import annotations

from blinker import Namespace

edition_in_force = Namespace().signal("edition-in-force")
