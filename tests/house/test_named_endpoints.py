"""Endpoints that templates and modules name are there: `address` is silent about one that is not."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from jobboard.app import ROOMS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
_ENDPOINT = re.compile(rf"({'|'.join(ROOMS)})\.[a-z_]+")


def named_in_template(app: Flask, name: str) -> set[str]:
    """Every text in a template that has an endpoint's shape, wherever it stands: in a call, a list, a default."""
    tree = app.jinja_env.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    texts = {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return {text for text in texts if _ENDPOINT.fullmatch(text) and not text.endswith(".css")}


def named_in_module(source: str) -> set[str]:
    """The endpoints that a module gives to `url_for` or to a function named like an address."""
    found = set()
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in {"url_for", "address"} and isinstance(call.args[0].value, str):
                found.add(call.args[0].value)
    return found


def templates() -> list[str]:
    return sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*") if file.is_file())


@pytest.fixture
def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def test_every_endpoint_that_a_template_names_is_there(app: Flask, endpoints: set[str]) -> None:
    named = {name: named_in_template(app, name) for name in templates()}
    assert len(set().union(*named.values())) > 30
    missing = {name: sorted(found - endpoints) for name, found in named.items() if found - endpoints}
    assert missing == {}


def test_every_endpoint_that_a_module_names_is_there(endpoints: set[str]) -> None:
    named = {
        str(file.relative_to(ROOT)): named_in_module(file.read_text(encoding="utf-8"))
        for file in (ROOT / "jobboard").rglob("*.py")
    }
    assert len(set().union(*named.values())) > 15
    missing = {name: sorted(found - endpoints) for name, found in named.items() if found - endpoints}
    assert missing == {}


def test_every_template_is_shown_or_part_of_one() -> None:
    """A template that nothing names any more is left over."""
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "jobboard").rglob("*.py")]
    sources += [(TEMPLATES / name).read_text(encoding="utf-8") for name in templates()]
    words = "\n".join(sources)
    unnamed = [
        name
        for name in templates()
        # Letters are named without their ending, errors by their number.
        if name not in words and not name.startswith("errors/") and Path(name).stem not in words
    ]
    assert unnamed == []
