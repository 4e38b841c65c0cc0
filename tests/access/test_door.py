from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobboard.access.audience import audience_of
from jobboard.access.door import SAFE_METHODS, let_forms_lead_to
from jobboard.chores import chores_of
from tests.conftest import PASSWORD, Player, browser

if TYPE_CHECKING:
    from flask import Flask

MAY_COME_FROM_ANYWHERE = {"accounts.stop_letters"}


def path_of(rule: object) -> str:
    """A path that matches a rule, with made-up parts."""
    path = str(rule)
    while "<" in path:
        before, _, rest = path.partition("<")
        inside, _, after = rest.partition(">")
        kind = inside.partition(":")[0]
        part = "about" if kind.startswith("any") else "1" if kind.startswith("int") else "x"
        path = before + part + after
    return path


def unsafe_rules(app: Flask) -> list[tuple[str, str]]:
    return [
        (rule.endpoint, path_of(rule))
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - SAFE_METHODS and rule.endpoint not in MAY_COME_FROM_ANYWHERE
    ]


def test_every_unsafe_view_refuses_other_sites_and_unknown_origins(app: Flask, ana: Player) -> None:
    assert len(unsafe_rules(app)) >= 12
    for endpoint, path in unsafe_rules(app):
        token = ana.client.token()
        for headers in (
            {},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://[::1"},
            {"Referer": "https://evil.example/http://localhost/"},
            {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "http://localhost", "Sec-Fetch-Site": "same-site"},
        ):
            answer = ana.client.post(path, data={"csrf_token": token}, headers=headers)
            assert answer.status_code == 403, (endpoint, headers)


def test_every_unsafe_view_refuses_a_form_without_its_token(app: Flask, mo: Player) -> None:
    for endpoint, path in unsafe_rules(app):
        if path.startswith("/api/"):
            continue
        answer = mo.client.post(path, headers={"Origin": "http://localhost"})
        assert answer.status_code == 400, endpoint
        assert "once more" in answer.text, endpoint


def test_a_form_with_a_token_that_is_over_is_kept_but_for_its_password(visitor: Player) -> None:
    typed = {
        "email": "ivy@example.org",
        "name": 'Ivy "the coder" <b>',
        "new_password": PASSWORD,
        "csrf_token": "over",
    }
    answer = visitor.client.post("/join?x=1", data=typed, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400
    assert 'action="/join?x=1"' in answer.text
    assert 'name="email" value="ivy@example.org"' in answer.text
    assert "Ivy &#34;the coder&#34; &lt;b&gt;" in answer.text
    assert PASSWORD not in answer.text
    assert "except for the password" in answer.text


def test_every_view_says_whom_it_is_for(app: Flask) -> None:
    assert [name for name in app.view_functions if audience_of(app, name) is None] == []


def test_every_answer_carries_the_headers_of_the_house(visitor: Player, ana: Player) -> None:
    for answer in (visitor.get("/sign-in"), visitor.get("/nowhere"), visitor.get("/static/theme.css")):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer.close()
    assert "no-store" in ana.get("/account").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "forms"),
    [
        ("https://jobs.mercy.example:8443/apply?x=1", "form-action 'self' https://jobs.mercy.example:8443;"),
        ("http://jobs.mercy.example/", "form-action 'self';"),
        ("https://a.example; script-src *", "form-action 'self';"),
        ("javascript:alert(1)", "form-action 'self';"),
    ],
)
def test_a_page_may_let_its_forms_lead_to_one_employer(app: Flask, address: str, forms: str) -> None:
    with app.app_context(), app.test_request_context("/"):
        let_forms_lead_to(address)
        policy = app.process_response(app.make_response("page")).headers["Content-Security-Policy"]
    assert forms in policy
    assert policy.count("script-src") == 1


def test_the_cookie_is_not_for_scripts_or_other_sites(visitor: Player) -> None:
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_token_of_one_browser_is_worth_nothing_in_another(app: Flask, visitor: Player) -> None:
    other = browser(app)
    data = {"email": "ivy@example.org", "csrf_token": other.token()}
    assert (
        visitor.client.post("/forgotten", data=data, headers={"Origin": "http://localhost"}).status_code
        == 400
    )


def test_counts_of_limits_are_forgotten_by_the_clock(app: Flask) -> None:
    assert "forget old counts" in {chore.name for chore in chores_of(app)}


def test_no_two_chores_share_a_name_by_which_the_worker_knows_when_they_are_due(app: Flask) -> None:
    names = [chore.name for chore in chores_of(app)]
    assert len(names) > 5
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_methods_that_no_view_takes_are_answered_with_a_page(visitor: Player, method: str) -> None:
    answer = getattr(visitor.client, method)("/sign-in", headers={"Origin": "http://localhost"})
    assert answer.status_code == 405
    assert "Allow" in answer.headers
