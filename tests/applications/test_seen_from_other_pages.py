"""What the pages of postings say of applications: how many came, and to whom the Apply button is no longer shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobboard.postings.models import Posting
    from tests.conftest import Player


def test_the_companys_pages_count_the_applications(
    opening: Posting, eve: Player, ana: Player, ben: Player
) -> None:
    for page in ("/postings", f"/postings/{opening.id}"):
        assert "No applications" in eve.get(page).text
    ana.post(f"/jobs/{opening.id}/apply", {"message": "I code trauma charts."})
    for page in ("/postings", f"/postings/{opening.id}"):
        assert "1 application<" in eve.get(page).text
    ben.post(f"/jobs/{opening.id}/apply", {"message": "So do I."})
    for page in ("/postings", f"/postings/{opening.id}"):
        assert "2 applications<" in eve.get(page).text


def test_who_has_applied_is_led_to_the_application(
    opening: Posting, ana: Player, ben: Player, visitor: Player
) -> None:
    sent = ana.post(f"/jobs/{opening.id}/apply", {"message": "I code trauma charts."}).location
    page = ana.get(f"/jobs/{opening.id}-inpatient-coder").text
    assert "You have applied to this opening" in page
    assert f'href="{sent}"' in page
    assert "Apply for this opening" not in page
    for other in (ben, visitor):
        page = other.get(f"/jobs/{opening.id}-inpatient-coder").text
        assert "Apply for this opening" in page
        assert "You have applied" not in page


def test_the_companys_own_people_are_led_to_the_posting_instead_of_applying(
    opening: Posting, eve: Player
) -> None:
    page = eve.get(f"/jobs/{opening.id}-inpatient-coder").text
    assert "Apply for this opening" not in page
    assert f'class="button button-secondary" href="/postings/{opening.id}"' in page
