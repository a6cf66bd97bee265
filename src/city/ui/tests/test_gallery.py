"""The gallery of parts in a real browser: no accessibility fault, no sideways scroll, focus that can be seen."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from city.ui.tests.browser import becomes, faults_of

OUTLINE = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const visible = e.matches(".pick-input") ? e.nextElementSibling : e;
  const style = getComputedStyle(visible);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { what: e.outerHTML.slice(0, 120), drawn };
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_part_has_an_accessibility_fault(chromium: Browser, city: str, width: int, theme: Any) -> None:
    with chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme) as context:
        page = context.new_page()
        page.goto(f"{city}/tampilan")
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelector('.menu').open = true")
        assert faults_of(page) == []


@pytest.mark.parametrize("address", ["/tampilan", "/tidak-ada"])
def test_the_smallest_phone_needs_no_sideways_scroll(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_for_what_went_wrong_has_no_accessibility_fault(page: Page) -> None:
    page.goto("/tidak-ada")
    assert faults_of(page) == []


def test_every_stop_of_the_tab_key_can_be_seen(page: Page) -> None:
    page.goto("/tampilan")
    page.locator("body").click(position={"x": 2, "y": 2})
    unseen: list[str] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(OUTLINE)
        if stop is None:
            break
        if not stop["drawn"]:
            unseen.append(stop["what"])
    assert unseen == []


def test_without_script_nothing_is_offered_that_needs_it(chromium: Browser, city: str) -> None:
    with chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{city}/tampilan")
        assert page.locator("[data-theme-switch]:visible").count() == 0
        assert page.locator("#b-wait [data-send]").is_visible()
        assert page.locator("#b-wait input[type=file]").is_visible()


def test_a_chosen_theme_is_remembered_and_does_not_flash(page: Page) -> None:
    page.goto("/tampilan")
    page.locator(".menu > summary").click()
    page.locator("[data-theme-switch]").first.click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("[data-theme-switch]").first.get_attribute("aria-pressed") == "true"


def test_escape_closes_a_menu_and_a_drawer_and_gives_focus_back(page: Page) -> None:
    page.goto("/tampilan")
    page.locator(".menu > summary").click()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.menu > summary')")
    page.get_by_role("link", name="Dari mana angka ini").click()
    assert page.evaluate("document.activeElement.id") == "asal"
    page.keyboard.press("Escape")
    becomes(page, "document.activeElement.textContent === 'Dari mana angka ini'")
    assert page.locator("#asal").is_hidden()


def test_the_first_load_stays_small(page: Page) -> None:
    """Files a first visitor fetches, as the browser got them (uncompressed here; a third of it on the wire)."""
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())) if "/static/" in answer.url else None)
    page.goto("/tidak-ada")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < 160_000
