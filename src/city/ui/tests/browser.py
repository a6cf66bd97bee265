"""The browser of all tests that look at pages, and what every page must be."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
DESKTOP, PHONE, SMALL_PHONE = (1440, 1000), (390, 844), (360, 740)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that calls nobody by itself. One at a time in a process: playwright's loop allows no second."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


class Windows:
    """Opens pages in any size, signed in as a test client is, with or without script."""

    def __init__(self, browser: Browser, city: str) -> None:
        self.browser, self.city = browser, city
        self.open: list[Page] = []

    def of(self, client: Client, *, size: tuple[int, int] = DESKTOP, script: bool = True) -> Page:
        """A new window; close it early with its context."""
        viewport = ViewportSize(width=size[0], height=size[1])
        context = self.browser.new_context(
            base_url=self.city, viewport=viewport, java_script_enabled=script, service_workers="block"
        )
        if "sesi" in client.cookies:
            context.add_cookies([{"name": "sesi", "value": client.cookies["sesi"].value, "url": self.city}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        self.open.append(page)
        return page

    def close(self) -> None:
        while self.open:
            self.open.pop().context.close()


def faults_of(page: Page) -> list[str]:
    """What axe finds on the page, and whether it must be pushed sideways."""
    shown = page.viewport_size
    assert shown is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**shown, "height": max(height, shown["height"])})  # so that no bar hides a button
    found = Axe().run(page, options=RULES).response["violations"]
    page.set_viewport_size(shown)
    width = page.evaluate("document.documentElement.scrollWidth")
    wide = [f"{width} wide on a screen of {shown['width']}"] if width > shown["width"] else []
    return [f"{one['id']}: {one['nodes'][0]['html'][:300]}" for one in found] + wide


def becomes(page: Page, expression: str, seconds: float = 30) -> None:
    """Waits until an expression, or what it promises, is true on the page. Asked from outside: our pages allow no eval,
    which Playwright's own waiting uses from its second look on."""
    end = monotonic() + seconds
    while not page.evaluate(f"(async () => Boolean(await ({expression})))()"):
        assert monotonic() < end, f"never true on {page.url}: {expression}"
        page.wait_for_timeout(50)
