"""The JDKs of this machine: search servers are Java programs, and each needs its own range of versions."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL_FOLDER = Path("/usr/lib/jvm")


@dataclass(frozen=True, order=True)
class Jdk:
    """A full JDK; `major` is 17 for "17.0.15" and 8 for "1.8.0_402"."""

    major: int
    home: Path

    @property
    def java(self) -> Path:
        return self.home / "bin" / "java"


def jdk_in(home: Path) -> Jdk | None:
    """The JDK in that folder; None where there is none, or only a runtime without compiler.

    A runtime that jlink cut down lacks modules that the servers need, and has no `javac` either.
    """
    try:
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    version = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', release, re.MULTILINE)
    programs = [home / "bin" / name for name in ("java", "javac")]
    if version is None or not all(os.access(program, os.X_OK) for program in programs):
        return None
    return Jdk(int(version[1]), home.resolve())


def jdks_in(homes: Iterable[Path]) -> list[Jdk]:
    """The JDKs in those folders, each once, oldest first."""
    return sorted({found for home in homes if (found := jdk_in(home))})


def installed_jdks() -> list[Jdk]:
    """What JAVA_HOME names and what lies where Linux distributions put JDKs."""
    named = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    usual = [folder for folder in USUAL_FOLDER.glob("*") if folder.is_dir()]
    return jdks_in([*named, *usual])
