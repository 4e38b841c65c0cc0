"""Every linked code leads on: to its own page, or to the openings that work with the range."""

from __future__ import annotations

import pytest

from jobboard.postings.addresses import code_path
from jobboard.postings.models import PostingCode


@pytest.mark.parametrize(
    ("system", "start", "end", "path"),
    [
        ("icd10cm", "E11.9", None, "/codes/icd10cm/E11.9"),
        ("modifier", "59", None, "/codes/modifier/59"),
        ("msdrg", "470", None, "/codes/msdrg/470"),
        ("hcc", "37", "37", "/codes/hcc/37"),
        ("cpt", "99202", "99215", "/jobs?code=99202-99215"),
        ("msdrg", "469", "470", "/jobs?code=msdrg%3A469-470"),
        ("apc", "5012", None, ""),
    ],
)
def test_a_linked_code_leads_on(system: str, start: str, end: str | None, path: str) -> None:
    assert code_path(PostingCode(system=system, start=start, end=end)) == path
