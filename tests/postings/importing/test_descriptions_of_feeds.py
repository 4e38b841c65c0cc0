"""HTML and text of feeds, turned into Markdown once."""

from __future__ import annotations

from contextlib import suppress

import pytest

from jobboard.postings.importing.descriptions import markdown
from jobboard.postings.importing.refusal import Refused
from jobboard.postings.text import render


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<p>One</p><p>Two &amp; three</p>", "One\n\nTwo & three"),
        ("<div>One</div><div>Two<br>lines</div>", "One\n\nTwo  \nlines"),
        ("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>", "- A\n  - B\n- C"),
        ("<ol><li>A</li><li>B</li></ol>", "1. A\n2. B"),
        ("<h1>Duties</h1>Code<script>alert(1)</script><style>p{}</style>", "# Duties\n\nCode"),
        ("&lt;p&gt;Hello &amp;amp; goodbye&lt;/p&gt;", "Hello & goodbye"),
        ("&amp;lt;p&amp;gt;Hello&amp;lt;/p&amp;gt;", "Hello"),
        ("<![CDATA[<p>Hello</p>]]>", "Hello"),
        ("<p>&amp;nbsp;Hello&amp;nbsp;</p>", "Hello"),
        ("<table><tr><th>Shift</th></tr><tr><td>Day</td></tr></table>", "| Shift |\n| --- |\n| Day |"),
        ("<p>Codes M54.5* and A_B_C</p>", "Codes M54.5* and A_B_C"),
        (
            '<a href="https://x.example.org">site</a> <a href="javascript:x">no</a>',
            "[site](https://x.example.org) no",
        ),
        ("<p>• One<br>• Two</p>", "- One\n- Two"),
        ("Plain\n\nParagraphs\nand lines", "Plain\n\nParagraphs  \nand lines"),
        ("Needs:\n• One\n• Two\nThen more", "Needs:\n\n- One\n- Two\n\nThen more"),
        ("    R&amp;D pays < $40 & > $30", "R&D pays < $40 & > $30"),
        ("Line <b>one</b>\nLine two", "Line **one**  \nLine two"),
        ("", ""),
    ],
)
def test_descriptions_become_markdown(source, wanted):
    assert markdown(source) == wanted


@pytest.mark.parametrize(
    "source",
    ["<img src=x onerror=alert(1)>Hi", "<p onclick=x>Hi</p>", "Hi <iframe src='https://x'></iframe>"],
)
def test_nothing_that_runs_survives(source):
    html = render(markdown(source))
    assert html.strip() == "<p>Hi</p>"


@pytest.mark.parametrize(
    "source", [" " * 300_000 + "- x", "a" + " " * 300_000 + "b", "&lt;p " * 40_000, "<" * 300_000]
)
def test_hostile_texts_are_read_or_refused(source):
    # One that cost the square of its length would keep this for hours.
    with suppress(Refused):
        assert len(markdown(source)) <= len(source)
