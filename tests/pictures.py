"""The README's pictures, taken from a running demo city: `make run` in one terminal, `make pictures` in another."""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from city.ui.tests.browser import launched

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PASSWORD = "kota-pintar-demo"  # what `city accounts` prints
PHONE, DESKTOP = (390, 844), (1440, 900)


def _window(browser: Browser, address: str, size: tuple[int, int], who: str = "") -> Page:
    width, height = size
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        color_scheme="light",
    )
    page = context.new_page()
    if who:
        page.goto("/masuk")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
    return page


def _keep(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=82, method=6)


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with launched() as browser:
        home = _window(browser, address, PHONE)
        home.goto("/")
        _keep(home, "home")
        citizen = _window(browser, address, PHONE, "raka@warga.example")
        citizen.goto("/sipeci/applications/")
        citizen.get_by_role("link", name="SIP Dokter").filter(has_text="000004").first.click()
        citizen.wait_for_load_state()
        _keep(citizen, "case")
        officer = _window(browser, address, DESKTOP, "hendra@dinkes.example")
        officer.goto("/sipeci/desk/")
        officer.locator(".queue a").first.click()
        officer.wait_for_load_state()
        _keep(officer, "desk")
        citizen.goto("/sipeci/applications/")
        citizen.get_by_role("link").filter(has_text="503/").first.click()
        citizen.get_by_role("link", name="Periksa").first.click()
        citizen.wait_for_load_state()
        _keep(citizen, "verify")
        payer = _window(browser, address, PHONE, "+6281100000001")
        payer.goto("/bills")
        payer.locator("main a[href^='/bills/']").first.click()
        if (ask := payer.get_by_role("button", name="Bayar dengan QRIS")).count():  # asked for by an earlier run
            ask.click()
            payer.wait_for_load_state()
        payer.evaluate("document.getElementById('bayar').scrollIntoView()")
        _keep(payer, "bill")
        treasurer = _window(browser, address, DESKTOP, "tri@bpkad.example")
        treasurer.goto("/simral/ledger/trial-balance")
        _keep(treasurer, "books")


if __name__ == "__main__":
    main(sys.argv[1])
