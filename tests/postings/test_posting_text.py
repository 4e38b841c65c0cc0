"""Markdown of postings: a short list of HTML, nothing that runs, headings under the page's own."""

from __future__ import annotations

import pytest

from jobboard.postings.text import extract, plain, render


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
        ("# A\n\n### B\n\n## C\n\n# D", "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n<h3>D</h3>\n"),
        ("###### deep", "<h3>deep</h3>\n"),
        ("[a](https://x.example)", '<p><a href="https://x.example" rel="nofollow ugc noopener">a</a></p>\n'),
        ("3. third", '<ol start="3">\n<li>third</li>\n</ol>\n'),
    ],
)
def test_what_is_written_is_shown(markdown, html):
    assert render(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "<a href='https://x.example' onclick='alert(1)'>x</a>",
        "<style>*{display:none}</style>",
        "<iframe src='https://evil.example'></iframe>",
        '[x](https://x.example "t" onclick=alert(1))',
        "<svg/onload=alert(1)>",
    ],
)
def test_nothing_that_runs_or_loads_gets_through(markdown):
    html = render(markdown)
    for bad in (
        "<script",
        "<img",
        "<style",
        "<iframe",
        "<svg",
        "<a href='",
        'href="javascript',
        'href="data:',
    ):
        assert bad not in html


def test_headings_can_begin_lower_for_a_page_of_another_shape():
    assert render("# A\n\n## B", 5) == "<h5>A</h5>\n<h6>B</h6>\n"


def test_the_words_alone_on_one_line():
    assert (
        plain("# Title\n\nSome **bold**\nwords, `E11.9`\n\n- one\n- two")
        == "Title Some bold words, E11.9 one two"
    )
    assert extract("word " * 100, 30) == "word word word word word…"
    assert extract("short") == "short"


def test_a_table_is_a_table_but_one_that_would_grow_out_of_all_proportion_stays_text():
    assert "<td>2</td>" in render("| a | b |\n|---|---|\n| 1 | 2 |")
    width = 300
    wide = "|a" * width + "|\n" + "|-" * width + "|\n" + "|x\n" * 3000
    assert "<table>" not in render(wide)
    assert len(render(wide)) < 3 * len(wide)
