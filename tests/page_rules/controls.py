"""What a person can press, follow or fill in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.page_rules.reading import Page, name_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEEDS_LABEL = {"input", "select", "textarea"}
_NEEDS_NONE = {"hidden", "submit", "button", "image", "reset"}
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "details"}
_REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "list", "form")


def labels(page: Page) -> Iterable[str]:
    for_ids: dict[str, str] = {}
    inside: dict[Any, str] = {}
    for label in page.named("label"):
        words = words_of(label)
        if not words:
            yield f"an empty label for {label.get('for')!r}"
        if label.get("for"):
            for_ids[label.get("for")] = words
        for one in label.iter():
            inside[one] = words
    for element in page.named(*_NEEDS_LABEL):
        if element.get("type") in _NEEDS_NONE:
            continue
        name = inside.get(element) or for_ids.get(element.get("id") or "") or element.get("aria-label")
        if not name and not (element.get("aria-labelledby") and page.accessible_name(element)):
            yield f"<{name_of(element)} name={element.get('name')!r}> has no label"
    for fieldset in page.named("fieldset"):
        first = next(iter(fieldset), None)
        if (first is None or name_of(first) != "legend" or not words_of(first)) and not page.given_name(
            fieldset
        ):
            yield f"a fieldset (id {fieldset.get('id')!r}) without a legend"


def links_and_buttons(page: Page) -> Iterable[str]:
    for element in page.named("a"):
        href = element.get("href")
        if href is None or href.strip() in {"", "#"} or href.strip().lower().startswith("javascript:"):
            yield f"a link {words_of(element)!r} that leads nowhere ({href!r})"
        elif href.startswith("#") and href[1:] not in page.ids:
            yield f"a link to the missing place {href!r}"
        if not page.accessible_name(element):
            yield f"a link to {href!r} without words"
        if element.get("target") == "_blank" and "noopener" not in (element.get("rel") or ""):
            yield f"a link to {href!r} that hands the window over"
    for element in page.named("button", "summary"):
        if not page.accessible_name(element):
            yield f"a <{name_of(element)}> without words"
    for element in page.named("button"):
        if element.get("type") not in {"submit", "button", "reset"}:
            yield f"the button {words_of(element)!r} does not say its type"
    for element in page.named("input"):
        if element.get("type") in {"submit", "button", "reset"} and not element.get("value"):
            yield "an input button without words"


def references(page: Page) -> Iterable[str]:
    for element in page.elements:
        name = name_of(element)
        for reference in _REFERENCES:
            for target in (element.get(reference) or "").split():
                if target not in page.ids:
                    yield f"<{name} {reference}> points at the missing id {target!r}"
        if (element.get("tabindex") or "0").lstrip("-").isdigit() and int(element.get("tabindex") or 0) > 0:
            yield f"<{name}> takes itself out of the order of tabs"
        if element.get("aria-hidden") == "true" and any(
            name_of(one) in _INTERACTIVE - {"label"} and one.get("tabindex") != "-1" for one in element.iter()
        ):
            yield f"<{name}> hides from those who listen what others can reach"


def forms(page: Page) -> Iterable[str]:
    for element in page.named("form"):
        method = (element.get("method") or "get").lower()
        inside = list(element.iter())
        action = element.get("action")
        if re.match(r"(https?:)?//", action or ""):
            yield f"a form that sends to another host: {action!r}"
        if method == "post":
            tokens = [one for one in inside if one.get("name") == "csrf_token"]
            if len(tokens) != 1 or not tokens[0].get("value"):
                yield (
                    f"a form to {action!r} without csrf_token" if not tokens else f"csrf_token of {action!r}"
                )
        elif any(one.get("name") == "csrf_token" or one.get("type") == "password" for one in inside):
            yield f"a form to {action!r} puts a secret into its address"
        files = any(name_of(one) == "input" and one.get("type") == "file" for one in inside)
        if files and element.get("enctype") != "multipart/form-data":
            yield f"a form to {action!r} that would send the name of a file and not the file"
        if not any(
            (name_of(one) == "button" and one.get("type") != "button")
            or one.get("type") in {"submit", "image"}
            for one in inside
        ):
            yield f"a form to {action!r} that cannot be sent without a script"
