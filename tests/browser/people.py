"""What people of the cast do in a browser, step by step, on a served board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conftest import PASSWORD
from tests.serving import eventually

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.serving import Board

# Steps wait for the board as people do; the last resort is the time they have.
PATIENCE_MILLISECONDS = 30_000
WIDE = {"width": 1280, "height": 900}


@dataclass
class Surfer:
    """A person in front of a browser of their own."""

    board: Board
    page: Page
    email: str = ""

    def go(self, path: str) -> None:
        """Open an address of the board, or a link out of a letter."""
        self.page.goto(path if path.startswith("http") else self.board.url + path)

    def press(self, words: str) -> None:
        """Press the first button with exactly these words."""
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def follow(self, words: str) -> None:
        """Follow the first link in the page's main part that has these words."""
        self.page.locator("main").get_by_role("link", name=words).first.click()

    def fill(self, **fields: str) -> None:
        """Type into fields by their names."""
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').first.fill(value)

    def check(self, name: str, value: str) -> None:
        """Choose one of several by its value; a folded group is opened first."""
        choice = self.page.locator(f'main input[name="{name}"][value="{value}"]')
        fold = self.page.locator("main details:not([open])", has=choice)
        while fold.count():
            fold.first.locator("> summary").click()
        choice.check()

    def heading(self) -> str:
        """The page's h1."""
        return self.page.locator("h1").inner_text()

    def text(self) -> str:
        """What the page says."""
        return " ".join(self.page.locator("body").inner_text().split())

    def join(self, email: str, name: str) -> None:
        """Fill in the form of joining, which is open, and follow the link of the letter."""
        self.email = email
        self.fill(email=email, name=name, new_password=PASSWORD)
        self.press("Register free account")
        self.go(self.board.postbox.link_in(email, "confirm", "/confirm/"))
        self.press("Confirm and sign in")

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in from the front page."""
        self.email = email
        self.go("/sign-in")
        self.fill(email=email, password=password)
        self.press("Log in")

    def results(self, address: str) -> list[str]:
        """The titles that a search shows."""
        self.go(address)
        return self.titles()

    def titles(self) -> list[str]:
        """The titles of the openings that the page lists."""
        return self.page.locator(".job-title a").all_inner_texts()

    def finds(self, title: str, address: str) -> None:
        """Ask again and again until the search shows an opening."""
        eventually(lambda: title in self.results(address), f"{title!r} at {address}")

    def misses(self, title: str, address: str) -> None:
        """Ask again and again until the search shows it no more."""
        eventually(lambda: title not in self.results(address), f"the end of {title!r} at {address}")


def surfer(chromium: Browser, board: Board, *, scripts: bool = True) -> Surfer:
    """Somebody new with an empty browser."""
    context = chromium.new_context(java_script_enabled=scripts, viewport=WIDE)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return Surfer(board, context.new_page())
