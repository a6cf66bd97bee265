"""The installed application: its icons, its manifest, its worker and the page without a line, and compression."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from city.ui.middleware import Compression
from city.ui.phone import ICONS, icons
from city.ui.phone.worker import SHELL, worker_text
from city.ui.tests.browser import becomes, faults_of

WIDTH = """async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture.naturalWidth;
}"""
KEPT = """async () => {
  const name = (await caches.keys()).find((one) => one !== "city-told");
  return (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
}"""


@pytest.mark.parametrize("name", ICONS)
def test_the_icons_are_what_their_command_draws(name: str) -> None:
    pixels, maskable = ICONS[name]
    kept = Image.open(icons.FOLDER / name).convert("RGBA")
    drawn = icons.drawn(pixels, maskable=maskable).quantize(64).convert("RGBA")
    assert kept.size == (pixels, pixels)
    apart = ImageChops.difference(kept, drawn)
    assert all(band.getextrema()[1] <= 24 for band in apart.split())  # type: ignore[operator]


def test_a_maskable_icon_has_no_hole_and_keeps_its_mark_from_the_edge() -> None:
    picture = Image.open(icons.FOLDER / "maskable-512.png").convert("RGBA")
    assert picture.getchannel("A").getextrema() == (255, 255)
    ground = picture.getpixel((0, 0))
    middle = [(x, y) for x in range(512) for y in range(512) if picture.getpixel((x, y)) != ground]
    assert all((x - 256) ** 2 + (y - 256) ** 2 <= (512 * 0.4) ** 2 for x, y in middle), "inside the circle of 80 %"


@pytest.mark.parametrize(("language", "words"), [("id", "Izin dan layanan"), ("en", "Permits and services")])
def test_the_manifest_speaks_the_readers_language(client: Client, language: str, words: str) -> None:
    client.cookies["bahasa"] = language
    answer = client.get("/aplikasi.webmanifest")
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["lang"], told["scope"], told["display"]) == (language, "/", "standalone")
    assert told["description"].startswith(words)
    assert {one["sizes"] for one in told["icons"]} == {"192x192", "512x512"}
    assert {one["purpose"] for one in told["icons"]} == {"any", "maskable"}
    assert all(client.get(door["url"]).status_code in (200, 302) for door in told["shortcuts"])
    assert len(told["shortcuts"]) in (1, 2, 3, 4)


def test_the_worker_is_served_from_the_root_and_never_trapped(client: Client) -> None:
    answer = client.get("/pekerja.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    told = json.loads(re.match(r"const CITY = (.*);\n", answer.content.decode())[1])  # type: ignore[index]
    assert len(told["files"]) == len(SHELL)
    assert told["pages"] == {"id": "/luring/id", "en": "/luring/en"}


def test_another_release_is_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        worker_text.cache_clear()
        return json.loads(re.match(r"const CITY = (.*);\n", worker_text())[1])["version"]  # type: ignore[index, no-any-return]

    before = version()
    assert version() == before, "the same release is the same worker"
    monkeypatch.setattr("city.ui.phone.worker.static", lambda path: f"/static/{path}?changed")
    assert version() != before
    worker_text.cache_clear()


@pytest.mark.parametrize(("code", "words"), [("id", "Yang masih bisa"), ("en", "What still works")])
def test_the_page_without_a_line_says_what_still_works_and_holds_nobodys_things(
    client: Client, code: str, words: str
) -> None:
    answer = client.get(f"/luring/{code}")
    page = answer.content.decode()
    assert words in page
    assert answer.headers["Content-Language"] == code
    assert "csrfmiddlewaretoken" not in page
    assert client.get("/luring/nl").status_code == 404


def test_a_stranger_has_no_mark(client: Client) -> None:
    told = client.get("/ponsel")
    assert told.json()["reader"] == ""
    assert "no-store" in told.headers["Cache-Control"]
    assert "data-reader" not in client.get("/tampilan").content.decode()


def test_who_saves_data_is_spared_our_letters(client: Client) -> None:
    assert "fonts.css" not in client.get("/tampilan", headers={"Save-Data": "on"}).content.decode()


def answered(query: str, cookies: dict[str, str], kind: str = "text/html") -> HttpResponse:
    request = RequestFactory().get(f"/cari{query}", headers={"Accept-Encoding": "gzip"})
    request.COOKIES = cookies
    page = HttpResponse(b"kota " * 400, content_type=kind)
    return Compression(lambda _request: page)(request)  # type: ignore[return-value]


def test_text_goes_compressed_but_never_a_session_with_a_strangers_words() -> None:
    assert gzip.decompress(answered("", {}).content) == b"kota " * 400
    assert answered("?q=x", {}).headers["Content-Encoding"] == "gzip"
    assert answered("", {"sesi": "a"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in answered("?q=x", {"sesi": "a"}).headers
    assert "Content-Encoding" not in answered("", {}, "application/pdf").headers


def test_a_phone_without_a_line_reads_why_in_its_own_language(chromium: Browser, city: str) -> None:
    with chromium.new_context(base_url=city, viewport={"width": 360, "height": 740}, is_mobile=True) as context:
        page = context.new_page()
        context.add_cookies([{"name": "bahasa", "value": "en", "url": city}])
        page.goto("/tampilan")
        page.evaluate("navigator.serviceWorker.ready")
        becomes(page, "navigator.serviceWorker.controller")
        page.goto("/tampilan")
        context.set_offline(True)
        page.goto("/sipeci/")
        assert page.locator("h1").inner_text() == "Your phone is not connected"
        ground = page.evaluate("getComputedStyle(document.querySelector('.button.first')).backgroundColor")
        assert ground != "rgba(0, 0, 0, 0)", "drawn with the kept styles"
        assert faults_of(page) == []
        context.set_offline(False)
        page.get_by_role("link", name="Try again").click()
        page.wait_for_url("**/sipeci/")
        assert page.locator("h1").inner_text() != "Your phone is not connected"


def test_a_browser_reads_the_manifest_and_its_icons_are_as_large_as_they_say(chromium: Browser, city: str) -> None:
    with chromium.new_context(base_url=city) as context:
        page = context.new_page()
        page.goto("/luring/id")
        page.evaluate("navigator.serviceWorker.ready")
        devtools = context.new_cdp_session(page)
        told = devtools.send("Page.getAppManifest")
        assert told["errors"] == []
        assert told["url"] == f"{city}/aplikasi.webmanifest"
        icons_told = json.loads(told["data"])["icons"]
        assert len(icons_told) == 3
        for icon in icons_told:
            assert str(page.evaluate(WIDTH, icon["src"])) == icon["sizes"].partition("x")[0]


def test_an_older_releases_files_go_when_the_new_worker_takes_over(chromium: Browser, city: str) -> None:
    with chromium.new_context(base_url=city) as context:
        page = context.new_page()
        page.goto("/aplikasi.webmanifest")  # an address of ours that settles no worker
        page.evaluate("caches.open('city-lama').then((kept) => kept.put('/tua', new Response('tua')))")
        page.goto("/luring/id")
        becomes(page, "navigator.serviceWorker.controller")
        names = [name for name in page.evaluate("caches.keys()") if name != "city-told"]
        assert len(names) == 1, names
        assert names != ["city-lama"]
        kept = page.evaluate(KEPT)
        assert not [one for one in kept if not one.startswith(("/static/", "/luring/"))], "files and one page, no more"


def test_the_sources_name_no_file_that_is_not_there() -> None:
    folder = Path(icons.FOLDER).parents[1]
    assert [name for name in SHELL if not (folder / name).is_file()] == []
