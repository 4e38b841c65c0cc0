"""The checker of pages finds each fault that it is there to find, and nothing in a good page."""

from __future__ import annotations

import pytest
from flask import Flask

from jobboard.access.audience import ANYONE, audience
from tests.conftest import browser
from tests.page_rules import problems_of

HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>Openings · Board</title>"
)
BODY = '<main id="main"><h1>Openings</h1>{}</main>'
GOOD = f"""<!doctype html>
<html lang="en"><head>{HEAD}
<script type="application/ld+json">{{"@context": "https://schema.org/", "@type": "JobPosting"}}</script>
<link rel="canonical" href="https://jobs.example.org/jobs"></head>
<body><a href="#main">Skip</a>
<nav aria-label="Main"><ul><li><a href="/"><img src="/logo.svg" alt="Board" width="9" height="9"></a></li></ul></nav>
<nav aria-label="Parts"></nav>
<main id="main"><h1>Openings</h1><h2>Filters</h2><h3>Pay</h3><h2>Results</h2>
<form method="get" action="/jobs"><label for="q">Words</label><input id="q" name="q" aria-describedby="hint">
<p id="hint">A title or a code</p>
<fieldset><legend>Pay</legend><label><input type="checkbox" name="pay"> stated</label></fieldset>
<button type="submit">Find</button></form>
<form method="post" action="/x" enctype="multipart/form-data"><input type="hidden" name="csrf_token" value="t">
<label for="f">Résumé</label><input type="file" id="f" name="f"><button type="submit">Send</button></form>
<table><tr><th scope="col">Pay</th></tr><tr><td>None stated</td></tr></table>
<button type="button" aria-label="Close"><svg aria-hidden="true" viewBox="0 0 9 9"><path d="M0 0"></path></svg></button>
</main></body></html>"""


def page(body: str = "", head: str = HEAD, html: str = '<html lang="en">', whole: str = BODY) -> str:
    return f"<!doctype html>{html}<head>{head}</head><body>{whole.replace('{}', body)}</body></html>"


POST = '<form method="post" action="/x">{}<button type="submit">Go</button></form>'
TOKEN = '<input type="hidden" name="csrf_token" value="t">'
FAULTS = {
    "no doctype": (GOOD.removeprefix("<!doctype html>"), "doctype"),
    "no language": (page(html="<html>"), "language"),
    "no charset": (page(head=HEAD.replace('<meta charset="utf-8">', "")), "utf-8"),
    "no viewport": (page(head=HEAD.replace("viewport", "port")), "no viewport"),
    "no zoom": (page(head=HEAD.replace("initial-scale=1", "maximum-scale=1")), "forbids to zoom"),
    "no h1": (page(whole='<main id="main"><p>Hi</p></main>'), "0 h1"),
    "two h1": (page("<h1>Openings</h1>"), "2 h1"),
    "an empty h1": (page(whole='<main id="main"><h1> </h1></main>'), "h1 is empty"),
    "another title": (page(head=HEAD.replace("Openings", "Jobs")), "does not start with"),
    "no title": (page(head=HEAD.partition("<title>")[0]), "title"),
    "no main": (page(whole="<h1>Openings</h1>"), "0 main"),
    "two mains": (page(whole=BODY + "<main></main>"), "2 main"),
    "two navs alike": (page('<nav aria-label="A"></nav><nav aria-label="A"></nav>'), "told apart"),
    "navs without names": (page("<nav></nav><nav></nav>"), "told apart"),
    "a jump in headings": (page("<h3>Pay</h3>"), "h3 'Pay' follows h1"),
    "an empty heading": (page("<h2></h2>"), "empty h2"),
    "a heading that is only hidden": (page('<h2><span aria-hidden="true">x</span></h2>'), "empty h2"),
    "a broken end": (page("<p>Hi</div></p>"), "end-tag-too-early"),
    "a block in a word": (page("<span><div>x</div></span>"), "<div> stands in"),
    "a list in a button": (page('<button type="button">Go<ul></ul></button>'), "<ul> stands in <button>"),
    "a stray child": (page("<ul><p>x</p></ul>"), "directly in <ul>"),
    "a link in a button": (page('<button type="button"><a href="/">x</a></button>'), "in a link or button"),
    "an old element": (page("<center>x</center>"), "<center>"),
    "a made-up element": (page("<posting>x</posting>"), "<posting>"),
    "a double id": (page('<p id="a">x</p><p id="a">y</p>'), "stands 2 times"),
    "an id of two words": (page('<p id="a b">x</p>'), "no word"),
    "a field without label": (page('<input name="q">'), "has no label"),
    "a select without label": (page('<select name="q"></select>'), "has no label"),
    "an empty label": (page('<label for="q"></label><input id="q" name="q">'), "an empty label"),
    "a label for nothing": (page('<label for="q">Words</label>'), "missing id 'q'"),
    "a label of nothing": (page('<input name="q" aria-labelledby="a">'), "has no label"),
    "a hint that is not there": (page('<p aria-describedby="a">x</p>'), "missing id 'a'"),
    "a fieldset without legend": (page("<fieldset><p>x</p></fieldset>"), "without a legend"),
    "a link to nowhere": (page('<a href="#">x</a>'), "leads nowhere"),
    "a link that is a script": (page('<a href="javascript:go()">x</a>'), "leads nowhere"),
    "a link without address": (page("<a>x</a>"), "leads nowhere"),
    "a link to a missing place": (page('<a href="#rest">x</a>'), "missing place"),
    "a link without words": (page('<a href="/x"><svg aria-hidden="true"></svg></a>'), "without words"),
    "a window handed over": (page('<a href="/x" target="_blank">x</a>'), "hands the window over"),
    "a button without words": (page('<button type="submit"></button>'), "without words"),
    "a button without type": (page("<button>Go</button>"), "does not say its type"),
    "a fold without words": (page("<details><summary></summary></details>"), "without words"),
    "an order of its own": (page('<p tabindex="2">x</p>'), "order of tabs"),
    "hidden but reached": (
        page('<div aria-hidden="true"><a href="/x">x</a></div>'),
        "hides from those who listen",
    ),
    "a handler": (page('<p onclick="x()">x</p>'), "inline handler"),
    "a style": (page('<p style="color:red">x</p>'), "inline style"),
    "a sheet": (page(head=HEAD + "<style>p {}</style>"), "inline style"),
    "a script": (page("<script>x()</script>"), "an inline script"),
    "broken data": (page('<script type="application/ld+json">{</script>'), "cannot be read"),
    "nameless data": (page('<script type="application/ld+json">{}</script>'), "does not say what it is"),
    "an image without words": (page('<img src="/a.png" width="1">'), "without alt"),
    "an image without size": (page('<img src="/a.png" alt="">'), "without its size"),
    "a foreign script": (page('<script src="//x.example/a.js"></script>'), "asks another host"),
    "a foreign sheet": (
        page(head=HEAD + '<link rel="stylesheet" href="https://x.example/a">'),
        "another host",
    ),
    "a form without token": (page(POST), "without csrf_token"),
    "a form with an empty token": (page(POST.replace("{}", TOKEN.replace('"t"', '""'))), "csrf_token"),
    "a secret in an address": (page(POST.replace("post", "get").replace("{}", TOKEN)), "into its address"),
    "a form to elsewhere": (
        page(POST.replace("/x", "https://x.example").replace("{}", TOKEN)),
        "another host",
    ),
    "a file without its bytes": (
        page(POST.replace("{}", TOKEN + '<input type="file" name="f" aria-label="F">')),
        "not the file",
    ),
    "a form without button": (
        page('<form action="/x"><input name="q" aria-label="Q"></form>'),
        "cannot be sent",
    ),
    "a table without headings": (page("<table><tr><td>x</td></tr></table>"), "without headings"),
    "a heading without scope": (
        page("<table><tbody><tr><th>x</th></tr></tbody></table>"),
        "does not say of what",
    ),
    "a value left over": (page("<p>None</p>"), "shows 'None'"),
    "a template left over": (page("<p>Hello {{ name }}</p>"), "shows 'Hello {{ name }}'"),
    "an object left over": (page("<p>&lt;Posting object at 0x7f&gt;</p>"), "shows"),
}


def test_a_good_page_is_good() -> None:
    assert problems_of(GOOD) == []
    assert problems_of(page()) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(fault: str) -> None:
    bad, complaint = FAULTS[fault]
    assert any(complaint in problem for problem in problems_of(bad)), problems_of(bad)


def test_a_browser_of_tests_stops_at_a_bad_page(app: Flask) -> None:
    view = audience(ANYONE)(lambda: FAULTS["a link to nowhere"][0])
    app.view_functions["pages.home"] = view
    with pytest.raises(AssertionError, match="leads nowhere"):
        browser(app).get("/")
