"""Pictures of the main pages for README and docs, taken from a fresh demo: `python -m tests.browser.screenshots`.

Each picture shows the first window of a page, at the width of a desk and of a phone. Give `--board` to take them
from a demo that runs already, and `--folder` to put them elsewhere. `--reference` takes those of the code reference
instead, whole pages, from a board (`--board`) into which the official files were imported. Where Pillow is installed,
which the board does without, each is brought down to 256 colours, a third of its size.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from jobboard.demo.cast import PASSWORD, address_of
from tests.browser.conftest import CHROMIUM_SWITCHES
from tests.serving import answers, clean_environment, eventually, free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {1280: 900, 390: 844}
# The first start of a demo reads a whole code system.
PATIENCE_SECONDS = 180
SEARCH = "/jobs?q=remote+cardiology+in+texas"
DESCRIPTION = """You code injections and implants of a pain clinic: 62320-62327, 64490-64495, 77003 where it may stand,
with diagnoses such as M54.16 and G89.4.

## You would

- code some 40 procedures a day from dictated notes
- send a query where a level or a side is missing"""


@dataclass(frozen=True)
class Picture:
    """A page to show: who looks, where it is, and how one gets from there to what is shown."""

    name: str
    path: str
    who: str = ""
    then: Callable[[Page], None] = lambda page: None
    keeps_focus: bool = False


def first_result(page: Page) -> None:
    """On to the first opening of a list."""
    page.locator(".job-title a").first.click()


def begun_search(page: Page) -> None:
    """Type the beginning of a search, and go down to the first suggestion."""
    page.locator("#q").press_sequentially("cardi")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def form_to_apply(page: Page) -> None:
    """On to the form of the first opening of a list, with a message begun."""
    first_result(page)
    page.locator("a:visible", has_text="Apply").last.click()
    page.fill(
        "[name=message]", "Six years of outpatient surgery, the last three of them urology. CPC since 2019."
    )


def posting_with_applications(page: Page) -> None:
    """From a company's postings to the applications of one that has some."""
    page.get_by_role("link", name="1 application").first.click()


def kept_codes(page: Page) -> None:
    """Keep two codes, and go to the folder that they are in."""
    for path in ("/codes/cpt/77003", "/codes/icd10cm/E11.9"):
        page.goto(path)
        if page.get_by_text("Take out").count() == 0:
            page.get_by_role("button", name="Keep").click()
    page.goto("/my/codes")
    page.get_by_role("link", name="Favourites").click()


def begun_posting(page: Page) -> None:
    """Type the beginning of an opening."""
    page.fill("[name=title]", "Pain management coder (profee)")
    page.fill("[name=description]", DESCRIPTION)
    page.locator("#codes").press_sequentially("62320-62327, 77003, ")


ALL = (
    Picture("home", "/"),
    Picture("suggestions", "/", then=begun_search, keeps_focus=True),
    Picture("jobs", SEARCH),
    Picture("specialty", "/jobs/specialty/cardiology"),
    Picture("employers", "/employers"),
    Picture("posting", SEARCH, then=first_result),
    Picture("code", "/codes/icd10cm/E11.9"),
    Picture("cpt", "/codes/cpt/77003"),
    Picture("cpt-signed-in", "/codes/cpt/77003", "ana"),
    Picture("cpt-member", "/codes/cpt/77003", "ben"),
    Picture("my-codes", "/my/codes", "ana", kept_codes),
    Picture("sign-in", "/sign-in"),
    Picture("apply", "/jobs?q=urology", "ana", form_to_apply),
    Picture("applications", "/applications", "ana"),
    Picture("applicants", "/postings", "eve", posting_with_applications),
    Picture("posting-form", "/postings/new", "eve", begun_posting),
    Picture("moderation", "/moderation", "mo"),
)
# Of a board with the official files imported.
REFERENCE = (
    Picture("reference-diagnosis", "/codes/icd10cm/E11.9"),
    Picture("reference-pcs", "/codes/icd10pcs/0DTJ4ZZ"),
    Picture("reference-hcpcs", "/codes/hcpcs/A9500"),
)


@contextmanager
def demo_board() -> Iterator[str]:
    """The address of a demo in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        bind = f"127.0.0.1:{free_port()}"
        environment = {**clean_environment(), "JOBBOARD_DATA_DIR": f"{folder}/demo"}
        server = subprocess.Popen([sys.executable, "-m", "jobboard", "demo", "--bind", bind], env=environment)
        try:
            eventually(lambda: answers(f"http://{bind}"), "the demo's first answer", PATIENCE_SECONDS)
            yield f"http://{bind}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)


def take(
    browser: Browser, board: str, folder: Path, pictures: Sequence[Picture] = ALL, *, whole: bool = False
) -> None:
    """Take every picture at every width into `folder`, each person with a browser of their own; `whole` pages."""
    for width, height in SIZES.items():
        pages: dict[str, Page] = {}
        for picture in pictures:
            # A visitor comes anew for each: the demo counts what a guest has read.
            browsing = picture.who or picture.name
            if browsing not in pages:
                context = browser.new_context(viewport={"width": width, "height": height}, base_url=board)
                pages[browsing] = context.new_page()
                if picture.who:
                    sign_in(pages[browsing], picture.who)
            page = pages[browsing]
            page.goto(picture.path)
            picture.then(page)
            page.wait_for_load_state("networkidle")
            page.evaluate("window.scrollTo(0, 0)")
            if not picture.keeps_focus:
                page.evaluate("document.activeElement.blur()")
            path = folder / f"{picture.name}-{width}.png"
            page.screenshot(path=path, full_page=whole)
            fewer_colours(path)
            print(f"{path.name}: {path.stat().st_size // 1000} kB")


def fewer_colours(path: Path) -> None:
    """Write a picture anew with 256 colours, where Pillow is there to do it."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as picture:
        fewer = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    fewer.save(path, optimize=True)


def sign_in(page: Page, who: str) -> None:
    """Sign in as one of the demo's people."""
    page.goto("/sign-in")
    page.fill("[name=email]", address_of(who))
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def main() -> None:
    """Read the options, find or start a demo, take the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--board", help="address of a demo that runs already, such as http://127.0.0.1:8000")
    options.add_argument("--folder", type=Path, default=PICTURES)
    options.add_argument("--reference", action="store_true", help="those of the code reference, with --board")
    given = options.parse_args()
    if given.reference and not given.board:
        options.error("--reference needs --board: a demo does not have the official files")
    given.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_SWITCHES)
        if given.board:
            pictures = REFERENCE if given.reference else ALL
            take(browser, given.board.rstrip("/"), given.folder, pictures, whole=given.reference)
        else:
            with demo_board() as board:
                take(browser, board, given.folder)
        browser.close()


if __name__ == "__main__":
    main()
