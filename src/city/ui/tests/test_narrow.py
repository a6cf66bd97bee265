"""What a small phone shows: nothing sticks out, nothing is stretched."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from city.ui.tests.make import part, rendered
from city.ui.tests.test_uploads import ROWS

SLOT = {
    "action_url": "/unggah",
    "ticket": "satu",
    "accept": "image/jpeg,application/pdf",
    "limits_text": "PDF, JPG, atau PNG, paling besar 1 MB.",
}
ENTRY = """{% extends "ui/page.html" %}{% block header %}{% endblock %}{% block foot %}{% endblock %}{% block body %}
<main id="isi" class="signin" tabindex="-1"><div class="dawn"><div class="wrap">Kota Pintar</div></div>
<div class="wrap signin-form"><h1>Masuk</h1></div></main>{% endblock %}"""


@pytest.fixture
def small(chromium: Browser, city: str) -> Iterator[Page]:
    """A small phone without script."""
    size = {"width": 360, "height": 800}
    with chromium.new_context(base_url=city, viewport=size, java_script_enabled=False) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield page


def _shown(page: Page, source: str, **words: Any) -> None:
    body = rendered(source, **words)
    page.route("**/isian", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/isian")


def test_without_script_a_file_is_sent_from_within_the_page(small: Page) -> None:
    _shown(small, ROWS, slot=SLOT, state="wait", words="Belum diunggah", csrf_input="")
    send = small.get_by_role("button", name="Unggah").bounding_box()
    row = small.locator(".box").bounding_box()
    assert send is not None
    assert row is not None
    assert send["x"] + send["width"] <= row["x"] + row["width"]
    chosen = small.locator(".pick-input").bounding_box()
    assert chosen is not None
    assert chosen["x"] + chosen["width"] <= row["x"] + row["width"]


def test_a_permits_number_in_a_list_breaks_after_its_slashes_alone() -> None:
    row = part("lists", 'item("SIP Dokter · 503/0002/SIPD/DPMPTSP/2026", "/izin")')
    assert "503/<wbr>0002/<wbr>SIPD/<wbr>DPMPTSP/<wbr>2026" in row


def test_a_short_page_does_not_stretch_the_dawn(small: Page) -> None:
    _shown(small, ENTRY)
    dawn, form = small.locator(".dawn").bounding_box(), small.locator(".signin-form").bounding_box()
    assert dawn is not None
    assert form is not None
    assert dawn["height"] < 200 < form["y"] + form["height"]
