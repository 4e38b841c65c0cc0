"""Every numbered place between two effects has a test that kills a process there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.crashes import CODES, DRAIN, MAIL, MY_CODES, REBUILD, WORK

PACKAGE = Path(__file__).resolve().parents[2] / "jobboard"


def test_the_places_at_which_tests_kill_are_those_of_the_source() -> None:
    sources = [file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*.py"))]
    marked = [
        name for source in sources for name in re.findall(r'^\s+step\("([^"]+)"\)', source, re.MULTILINE)
    ]
    assert sorted(marked) == sorted((*DRAIN, *REBUILD, *MAIL, *WORK, *CODES, *MY_CODES))
