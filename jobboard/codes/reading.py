"""One reader at one code's page: who they are, and whether its descriptions are open to them now."""

from __future__ import annotations

from dataclasses import dataclass

from jobboard.codes.rules import Viewer


@dataclass(frozen=True, slots=True)
class Reading:
    """What decides which parts of a code's page are shown.

    `open` is false once a reader's page views are used up: then the code, its place and its openings stay.
    """

    viewer: Viewer
    open: bool = True
