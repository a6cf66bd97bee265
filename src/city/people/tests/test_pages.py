"""Sign-in and one's own pages in a real browser: phone size, both themes, keyboard alone, without script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from city.kernel.messages import Message
from city.people.tests.make import PASSWORD, a_nik, a_person, an_account, an_appointment, an_office
from city.ui.tests.browser import faults_of

OUTSIDE = ["/masuk", "/masuk/daftar", "/masuk/lupa"]
OWN = [
    "/akun/",
    "/akun/persona",
    "/akun/keamanan",
    "/akun/keamanan/sandi",
    "/akun/keamanan/perangkat",
    "/akun/keamanan/aplikasi",
    "/akun/surel",
    "/masuk/keluar",
]


def sign_in(page: Page) -> None:
    page.goto("/masuk")
    page.get_by_label("Nomor telepon atau surel").fill("0812 3456 7890")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(re.compile(r"/$"))


def an_official() -> None:
    account = an_account(a_person("dr. Ni Luh Ayu D'Souza"), email="ayu@contoh.id", phone="081234567890")
    an_appointment(account.person, an_office("dpmptsp.front", "Petugas loket", "permits.verify"))


def check(page: Page, address: str) -> None:
    """No fault for axe, no sideways scroll on the smallest phone, one h1."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert faults_of(page) == [], address
    assert page.locator("h1").count() == 1, address
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_have_no_accessibility_fault(lived_in: str, page: Page, theme: Any) -> None:
    an_official()
    page.emulate_media(color_scheme=theme)
    for address in OUTSIDE:
        check(page, address)
    page.goto("/masuk/daftar")
    page.get_by_role("button", name="Kirim kode").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("alert").is_visible()
    assert faults_of(page) == []
    sign_in(page)
    page.goto("/akun/surel")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url(re.compile("/akun/surel"))
    for address in OWN:
        check(page, address)


def test_signing_in_by_keyboard_alone(lived_in: str, page: Page) -> None:
    an_official()
    page.goto("/masuk")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "login":
            break
    page.keyboard.type("ayu@contoh.id")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/$"))
    page.goto("/akun/")
    assert page.get_by_label("Nama lengkap").input_value() == "dr. Ni Luh Ayu D'Souza"


def test_an_account_without_script(lived_in: str, chromium: Browser, city: str, sent: list[Message]) -> None:
    with chromium.new_context(base_url=city, java_script_enabled=False, viewport={"width": 390, "height": 844}) as seen:
        page = seen.new_page()
        page.goto("/masuk/daftar")
        page.get_by_label("Nama lengkap").fill("Sofyan")
        page.get_by_label("NIK").fill(a_nik())
        page.get_by_label("Nomor telepon atau surel").fill("0813-1111-2222")
        page.get_by_role("button", name="Kirim kode").click()
        secret = re.search(r"\b\d{6}\b", sent[0].body)
        assert secret
        page.get_by_label("Kode 6 angka").fill(secret[0])
        page.get_by_role("button", name="Lanjut").click()
        page.get_by_label("Kata sandi baru").fill(PASSWORD)
        page.get_by_role("button", name="Buat akun").click()
        page.goto("/akun/persona")
        page.goto("/masuk/keluar")
        page.get_by_role("button", name="Keluar").click()
        page.goto("/akun/")
        assert page.get_by_role("heading", name="Masuk").is_visible()
