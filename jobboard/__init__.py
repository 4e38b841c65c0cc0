"""A job board and career portal for medical coders.

The rooms and the order in which they may import one another are described in ARCHITECTURE.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from jobboard.settings import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; `settings` default to those of the environment.

    Raises `SettingsError` where a setting cannot be used.
    """
    # Imported here so that a part of the package (the linker, say) can be used without the whole.
    from jobboard.app import create_app as build

    return build(settings)
