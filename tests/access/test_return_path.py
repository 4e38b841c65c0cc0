from __future__ import annotations

import pytest

from jobboard.access.return_path import local_path


@pytest.mark.parametrize(
    "path", ["/", "/jobs?q=a+b&page=2", "/jobs/7/apply?draft=x#form", "/codes/icd10cm/E11.9"]
)
def test_a_path_of_the_site_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "jobs",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/jobs\\..\\evil",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/jobs\r\nSet-Cookie: a=b",
        "/" + "a" * 3000,
        "/\u2028",
    ],
)
def test_anything_else_leads_to_the_front_page(path: str | None) -> None:
    assert local_path(path) == "/"
    assert local_path(path, "") == ""
