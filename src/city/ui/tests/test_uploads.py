"""The upload script against an uploads process that loses the line, spends tickets and refuses."""

import base64
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from city.ui.tests.conftest import UPLOADS
from city.ui.tests.make import rendered

ROWS = """{% extends "ui/focus.html" %}{% import "ui/parts/files.html" as files %}{% block main %}{{ files.words() }}
<div class="box"><ul role="list">
{% call files.row("r-ktp", "KTP", state, words, note="PDF, JPG, atau PNG, paling besar 1 MB.") %}
{{ files.upload(slot, "r-ktp", "KTP", 1000000, "/lampirkan", csrf_input) }}{% endcall %}</ul></div>{% endblock %}"""
OPEN_DOORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Allow-Methods": "*",
    "Access-Control-Expose-Headers": "*",
}
PHOTO = bytes(range(256)) * 2400  # 614 kB: more than one piece


class Dock:
    """An uploads process in miniature, with the faults that a test asks for."""

    def __init__(self, page: Page) -> None:
        self.received = b""
        self.length = 0
        self.told: list[str] = []
        self.asked: list[str] = []
        self.lose = 0
        self.refuse: dict[str, Any] | None = None
        self.ticket = "satu"
        self.spent: set[str] = set()
        self.name = ""
        page.route("**/isian", self._show)
        page.route("**/lampirkan", self._attach)
        page.route(f"{UPLOADS}/**", self._uploads)

    def _show(self, route: Route) -> None:
        slot = {
            "action_url": f"{UPLOADS}/form",
            "ticket": self.ticket,
            "accept": "image/jpeg,application/pdf",
            "limits_text": "PDF, JPG, atau PNG, paling besar 1 MB.",
        }
        told = bool(self.told)
        words: dict[str, Any] = {
            "state": "ok" if told else "wait",
            "words": "Terbaca jelas" if told else "",
            "slot": slot,
        }
        route.fulfill(body=rendered(ROWS, csrf_input="", **words), content_type="text/html; charset=utf-8")

    def _attach(self, route: Route) -> None:
        self.told.append(route.request.post_data or "")
        route.fulfill(status=204)

    def _answer(self, route: Route, status: int, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        route.fulfill(status=status, headers={**OPEN_DOORS, **named})

    def _uploads(self, route: Route) -> None:
        request = route.request
        if request.method == "OPTIONS":
            return self._answer(route, 204)
        self.asked.append(request.method)
        if request.headers["authorization"] in {f"Ticket {ticket}" for ticket in self.spent}:
            return self._answer(route, 401)
        if self.refuse:
            return route.fulfill(**self.refuse, headers=OPEN_DOORS)
        if request.method == "POST":
            self.length = int(request.headers["upload-length"])
            self.name = base64.b64decode(request.headers["upload-metadata"].split(",")[0].split()[1]).decode()
            return self._answer(route, 201, Location="/files/berkas-7", Upload_Offset="0")
        if request.method == "PATCH":
            if self.lose and self.received:
                self.lose -= 1
                return route.abort("connectionreset")
            if int(request.headers["upload-offset"]) != len(self.received):
                return self._answer(route, 409)
            self.received += request.post_data_buffer or b""
        return self._answer(route, 204 if request.method == "PATCH" else 200, Upload_Offset=str(len(self.received)))


@pytest.fixture
def dock(page: Page) -> Dock:
    dock = Dock(page)
    page.goto("/isian")
    return dock


def choose(page: Page, content: bytes, name: str = "ktp.jpg", kind: str = "image/jpeg") -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def test_a_file_goes_over_in_pieces_and_the_row_shows_what_the_city_says(page: Page, dock: Dock) -> None:
    choose(page, PHOTO, "ktp Ni Luh Ayu D’Souza.jpg")
    expect(page.locator("#r-ktp")).to_contain_text("Terbaca jelas")
    assert dock.received == PHOTO
    assert dock.length == len(PHOTO)
    assert dock.name == "ktp Ni Luh Ayu D’Souza.jpg"
    assert dock.asked.count("PATCH") > 1
    assert dock.told == ["file=berkas-7"]


def test_a_lost_line_is_told_and_the_rest_follows_from_where_it_broke(page: Page, dock: Dock) -> None:
    dock.lose = 1
    choose(page, PHOTO)
    expect(page.locator("[data-progress-words]")).to_contain_text("Sinyal putus")
    expect(page.locator("#r-ktp")).to_contain_text("Terbaca jelas")
    assert dock.received == PHOTO
    assert "HEAD" in dock.asked
    assert dock.asked.count("POST") == 1


@pytest.mark.parametrize(
    ("content", "name", "kind", "sentence"),
    [
        (b"", "ktp.jpg", "image/jpeg", "Berkas ini kosong"),
        (b"x" * 1_400_000, "ktp.jpg", "image/jpeg", "Berkas terlalu besar: 1,4 MB, batasnya 1 MB"),
        (b"x" * 10, "ktp.docx", "application/msword", "Jenis berkas ini tidak bisa diterima. PDF, JPG, atau PNG"),
    ],
)
def test_what_cannot_be_taken_is_said_before_a_byte_is_sent(
    page: Page, dock: Dock, content: bytes, name: str, kind: str, sentence: str
) -> None:
    choose(page, content, name, kind)
    expect(page.locator("[data-upload-error]")).to_contain_text(sentence)
    assert dock.asked == []


def test_a_refusal_is_said_in_the_servers_words_and_another_file_can_be_chosen(page: Page, dock: Dock) -> None:
    body = '{"title": "Berkas bernama .pdf ini sebenarnya gambar PNG."}'
    dock.refuse = {"status": 415, "body": body, "content_type": "application/problem+json"}
    choose(page, PHOTO)
    expect(page.locator("[data-upload-error]")).to_contain_text("sebenarnya gambar PNG")
    dock.refuse = None
    choose(page, PHOTO)
    expect(page.locator("#r-ktp")).to_contain_text("Terbaca jelas")


def test_a_spent_ticket_is_renewed_from_the_page(page: Page, dock: Dock) -> None:
    dock.spent = {"satu"}
    dock.ticket = "dua"
    choose(page, PHOTO)
    expect(page.locator("#r-ktp")).to_contain_text("Terbaca jelas")
    assert dock.received == PHOTO


def test_a_pause_keeps_what_has_arrived(page: Page, dock: Dock) -> None:
    dock.lose = 1000
    choose(page, PHOTO)
    expect(page.locator("[data-progress-words]")).to_contain_text("Sinyal putus")
    page.get_by_role("button", name="Jeda").click()
    expect(page.locator("[data-progress-words]")).to_contain_text("Dijeda")
    dock.lose = 0
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.locator("#r-ktp")).to_contain_text("Terbaca jelas")
    assert dock.received == PHOTO
