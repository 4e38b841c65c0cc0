"""The main pages on a phone and on a desk: nothing serious for axe, nothing too wide or heavy, keys that show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.people import PATIENCE_MILLISECONDS, Surfer
from tests.house.world import made
from tests.serving import served_board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Response

    from tests.databases import Databases
    from tests.serving import Board

# Pages look the same whatever database the board stands on.
pytestmark = pytest.mark.only_on("sqlite")

PHONE, DESK, NARROWEST = 390, 1280, 320
HEIGHT = 844
MOST_BYTES = 100_000
# Page → (whose browser, address); what stands in braces comes from the world.
PAGES = {
    "home": ("", "/"),
    "results": ("", "/jobs?q=coder&specialty=inpatient-acute&state=TX"),
    "no results": ("", "/jobs?q=zebra"),
    "a posting": ("", "{opening_path}"),
    "a closed posting": ("", "/jobs/{closed}"),
    "a specialty": ("", "/jobs/specialty/inpatient-acute"),
    "openings to browse": ("", "/jobs/browse"),
    "employers": ("", "/employers"),
    "a code": ("", "/codes/icd10cm/E11.9"),
    "codes": ("", "/codes?q=diabetes"),
    "a code system": ("", "/codes/icd10cm?on=2020-01-01"),
    "a range of codes": ("", "/codes/icd10cm/E10-E14"),
    "what changed": ("", "/codes/apc/changes"),
    "a table of codes": ("", "/codes/icd10pcs/0SR"),
    "the beginning of a code": ("", "/codes/icd10pcs/0SR90"),
    "composing a code": ("", "/codes/icd10pcs/compose?code=0SR9X"),
    "a company": ("", "/employers/{mercy}"),
    "applying as a visitor": ("", "/jobs/{opening}/apply"),
    "leaving for elsewhere": ("", "/jobs/{elsewhere}/leave"),
    "reporting": ("", "/jobs/{opening}/report"),
    "join": ("", "/join"),
    "sign-in": ("", "/sign-in"),
    "privacy": ("", "/privacy"),
    "nothing there": ("", "/nothing-there"),
    "account": ("ana", "/account"),
    "letters": ("ana", "/account/letters"),
    "my applications": ("ana", "/applications"),
    "my application": ("ana", "/applications/{application}"),
    "my codes": ("ana", "/my/codes"),
    "a folder of codes": ("ana", "/my/codes/folders/{folder}"),
    "a folder of codes for paper": ("ana", "/my/codes/folders/{folder}/paper"),
    "a note on a code": ("ana", "/my/codes/notes/icd10cm/E11.9"),
    "codes I opened": ("ana", "/my/codes/history"),
    "my postings": ("eve", "/postings"),
    "posting form": ("eve", "/postings/new"),
    "a posting of mine": ("eve", "/postings/{changed}"),
    "applicants": ("eve", "/postings/{opening}/applications"),
    "an applicant": ("eve", "/applications/{application}"),
    "company people": ("eve", "/employers/{mercy}/people"),
    "moderation queue": ("mo", "/moderation"),
    "a review": ("mo", "/moderation/postings/{waiting}"),
    "reports": ("mo", "/moderation/reports"),
}
OVERFLOW = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
        && getComputedStyle(e).position !== 'fixed'
        && !e.closest('.sr-only, .table-wrap, pre'))
    .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
# What a person sees of where the keyboard is, once the screen is drawn; the mark may stand around the card that
# a link fills.
FOCUS = """async () => {
    await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
    const e = document.activeElement, box = e.getBoundingClientRect();
    const outlined = (one) => getComputedStyle(one).outlineStyle !== 'none'
        && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const card = e.closest('.job-card');
    return {
        name: e.tagName + ' ' + (e.innerText || e.getAttribute('aria-label') || e.name || '').trim().slice(0, 40),
        marked: outlined(e) || (card !== null && outlined(card)),
        inside: box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0
            && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1,
        place: [box.left, box.top, box.right, box.bottom],
        body: e === document.body,
    };
}"""


@dataclass
class Site:
    """A served board with the world in it, and the cast's signed-in browsers as they are stored."""

    board: Board
    names: dict[str, object]
    chromium: Browser
    signed_in: dict[str, Any]

    def context(self, player: str, width: int = DESK) -> BrowserContext:
        """A fresh browser of somebody, with an empty cache; what axe needs is let past the page's own rules."""
        context = self.chromium.new_context(
            storage_state=self.signed_in.get(player),
            viewport={"width": width, "height": HEIGHT},
            bypass_csp=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        return context

    def address(self, name: str) -> str:
        """The full address of one of `PAGES`."""
        return self.board.url + PAGES[name][1].format(**self.names)

    def open(self, name: str, width: int = DESK) -> Page:
        """One of `PAGES` in a fresh browser of whom it is for."""
        page = self.context(PAGES[name][0], width).new_page()
        page.goto(self.address(name))
        return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, databases: Databases, chromium: Browser) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    world = made(folder / "made", databases)
    with served_board(folder / "served", databases.copy(world.database_url, folder / "served")) as board:
        site = Site(board, world.names, chromium, {})
        for player in ("ana", "eve", "mo"):
            context = site.context("")
            Surfer(board, context.new_page()).sign_in(f"{player}@example.org")
            site.signed_in[player] = context.storage_state()
            context.close()
        yield site


def serious(page: Page) -> list[str]:
    """What axe finds that is serious or worse, with where it stands."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(
        page, options={"runOnly": {"type": "tag", "values": rules}, "resultTypes": ["violations"]}
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]


def too_wide(page: Page) -> list[str]:
    """What stands out of the screen sideways; empty where the page does not scroll that way."""
    scrolls = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return page.evaluate(OVERFLOW) or ["the page"] if scrolls else []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_fits_the_screen_and_has_nothing_serious(name: str, site: Site) -> None:
    page = site.context(PAGES[name][0]).new_page()
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))
    page.goto(site.address(name))
    weights = {one.url: _bytes(one) for one in came if not one.url.startswith("data:")}
    assert [url for url in weights if not url.startswith(f"{site.board.url}/")] == []
    assert len(weights) > 3
    assert sum(weights.values()) < MOST_BYTES, weights
    assert serious(page) == []
    for width in (NARROWEST, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert too_wide(page) == [], width
    assert serious(page) == []
    page.context.close()


def _bytes(response: Response) -> int:
    response.finished()
    sizes = response.request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_form_with_complaints_has_nothing_serious(width: int, site: Site) -> None:
    page = site.open("posting form", width)
    page.get_by_role("button", name="Save and send for review").click()
    assert page.get_by_role("alert").get_by_role("link").count() > 3
    assert serious(page) == []
    assert too_wide(page) == []
    page.get_by_role("alert").get_by_role("link", name="Title").click()
    assert page.evaluate("document.activeElement.name") == "title"
    page.context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", ["home", "results", "a posting", "account"])
def test_a_page_is_walked_with_the_keyboard(name: str, width: int, site: Site) -> None:
    page = site.open(name, width)
    stops = []
    for _ in range(15):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
        if stops[-1]["body"]:
            break
    assert stops[0]["name"] == "A Skip to the content"
    assert [stop for stop in stops if not stop["body"] and not (stop["marked"] and stop["inside"])] == []
    assert len({stop["name"] for stop in stops}) > 5
    page.goto(site.address(name))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")
    page.context.close()


def test_axe_is_heard(site: Site) -> None:
    """The tests above can fail: a page with faults has them found."""
    page = site.context("").new_page()
    page.goto(site.board.url)
    page.evaluate(
        "document.querySelector('main').innerHTML = `<h1>x</h1><p style='color:#ccc;background:#fff'>pale</p>"
        "<input><div style='width:3000px;height:9px'></div>`"
    )
    assert {line.partition(" ")[0] for line in serious(page)} >= {"color-contrast", "label"}
    assert too_wide(page) != []
    page.context.close()
