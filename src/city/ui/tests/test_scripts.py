"""The scripts against a server that fails, refuses and forgets: drafts, double presses and the check of a PDF."""

import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, Route, expect

from city.ui.tests.browser import becomes
from city.ui.tests.make import rendered

FORM = """{% extends "ui/focus.html" %}{% import "ui/parts/fields.html" as fields %}
{% import "ui/parts/buttons.html" as buttons %}{% import "ui/parts/states.html" as states %}
{% block main %}<form method="post" action="/kirim" data-autosave="/simpan" novalidate>
<input type="hidden" name="csrfmiddlewaretoken" value="bukti">
{{ fields.text("nama", "Nama", nama) }}{{ fields.hidden("drawn-nama", "cafe") }}
{{ fields.password("sandi", "Kata sandi") }}
{{ fields.radios("jabatan", "Jabatan", [("a", "Dokter umum"), ("b", "Dokter gigi")]) }}
{{ states.saved() }}{{ buttons.button("Kirim", "first", name="aksi", value="kirim", busy="Mengirim") }}
</form>{% endblock %}"""

Answer = Callable[[Request], dict[str, Any]]


class Desk:
    """The form's server: keeps what was posted and answers as the test says."""

    def __init__(self, page: Page) -> None:
        self.saved: list[dict[str, list[str]]] = []
        self.sent: list[dict[str, list[str]]] = []
        self.answers: list[dict[str, Any]] = []
        self.name = ""
        self.page = page
        page.route("**/isian", self._show)
        page.route("**/simpan", self._save)
        page.route("**/kirim", self._take)

    def _show(self, route: Route) -> None:
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
        headers = {"Content-Security-Policy": f"{policy}; form-action 'self'; font-src 'self'"}
        html = rendered(FORM, nama=self.name)
        route.fulfill(body=html, headers=headers, content_type="text/html; charset=utf-8")

    def _save(self, route: Route) -> None:
        self.saved.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        route.fulfill(**(self.answers.pop(0) if self.answers else {"status": 204}))

    def _take(self, route: Route) -> None:
        self.sent.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        route.fulfill(status=204)  # the browser stays on the page, as it does while an answer is on its way

    def open(self) -> None:
        self.page.goto("/isian")

    @property
    def state(self) -> Any:
        return self.page.locator("[data-save-state]")


@pytest.fixture
def desk(page: Page) -> Desk:
    return Desk(page)


def test_a_field_is_saved_when_it_is_left_and_only_that_field(desk: Desk) -> None:
    desk.open()
    desk.page.get_by_label("Nama").fill("Ni Luh Ayu D'Souza")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Tersimpan")
    assert desk.saved == [{"csrfmiddlewaretoken": ["bukti"], "nama": ["Ni Luh Ayu D'Souza"], "drawn-nama": ["cafe"]}]
    desk.page.get_by_label("Dokter gigi").check()
    expect(desk.page.locator("[data-save-mirror]")).to_contain_text("Tersimpan")
    becomes(desk.page, "sessionStorage.length === 0")
    assert desk.saved[1]["jabatan"] == ["b"]
    assert "nama" not in desk.saved[1]


def test_a_password_never_leaves_with_a_draft(desk: Desk) -> None:
    desk.open()
    desk.page.get_by_label("Kata sandi").fill("rahasia-sekali")
    desk.page.get_by_label("Nama").fill("Sri")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Tersimpan")
    assert all("sandi" not in body for body in desk.saved)
    assert "rahasia" not in desk.page.evaluate("JSON.stringify(sessionStorage)")


def test_a_server_out_of_reach_is_told_and_tried_again(desk: Desk) -> None:
    desk.answers = [{"status": 503}]
    desk.open()
    desk.page.get_by_label("Nama").fill("Sofyan Hadi")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Belum tersimpan, kami coba lagi")
    expect(desk.state).to_contain_text("di akun Anda")
    assert [body["nama"] for body in desk.saved] == [["Sofyan Hadi"], ["Sofyan Hadi"]]


def test_a_value_that_never_arrived_comes_back_after_a_reload(desk: Desk) -> None:
    desk.answers = [{"status": 503}]
    desk.open()
    desk.page.get_by_label("Nama").fill("Lim Mei Hua")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Belum tersimpan")
    desk.answers = []
    desk.open()
    expect(desk.page.get_by_label("Nama")).to_have_value("Lim Mei Hua")
    expect(desk.state).to_contain_text("Tersimpan")
    assert desk.saved[-1]["nama"] == ["Lim Mei Hua"]


def test_a_newer_answer_on_the_server_is_not_overwritten_by_an_old_one_here(desk: Desk) -> None:
    desk.answers = [{"status": 503}]
    desk.open()
    desk.page.get_by_label("Nama").fill("Lama")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Belum tersimpan")
    desk.name = "Baru, dari ponsel lain"
    desk.open()
    expect(desk.page.get_by_label("Nama")).to_have_value("Baru, dari ponsel lain")
    becomes(desk.page, "sessionStorage.length === 0")


def test_a_refusal_is_said_in_the_servers_words(desk: Desk) -> None:
    problem = {"status": 409, "content_type": "application/problem+json"}
    desk.answers = [{**problem, "body": '{"title": "Permohonan ini sudah dikirim."}'}]
    desk.open()
    desk.page.get_by_label("Nama").fill("Sri")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Belum tersimpan. Permohonan ini sudah dikirim.")


def _told(**words: Any) -> dict[str, Any]:
    return {"content_type": "application/json", "body": json.dumps({"errors": {}, "unkept": [], "drawn": {}, **words})}


def test_what_the_server_did_not_keep_is_not_called_saved(desk: Desk) -> None:
    sentence = "NIK harus 16 angka. Anda mengetik 15."
    desk.answers = [_told(errors={"nama": sentence}, unkept=["nama"])]
    desk.open()
    field = desk.page.get_by_label("Nama")
    field.fill("367299010585000")
    field.blur()
    expect(desk.state).to_contain_text("Belum tersimpan. " + sentence)
    expect(desk.page.locator("[data-field=nama] .why")).to_have_text(sentence)
    expect(field).to_have_value("367299010585000")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert desk.page.evaluate("sessionStorage.length") == 0  # not kept on a shared device, not sent again by itself
    desk.page.get_by_label("Dokter gigi").check()
    expect(desk.state).to_contain_text("Belum tersimpan. " + sentence)
    field.fill("3672990105850001")
    field.blur()
    expect(desk.state).to_contain_text("di akun Anda")
    expect(desk.page.locator("[data-field=nama] .why")).to_have_count(0)
    assert [body.get("nama") for body in desk.saved] == [["367299010585000"], None, ["3672990105850001"]]


def test_after_a_save_the_page_carries_what_was_saved(desk: Desk) -> None:
    desk.answers = [{"status": 503}, _told(drawn={"nama": "beef"})]
    desk.open()
    desk.page.get_by_label("Nama").fill("Sri")
    desk.page.get_by_label("Nama").blur()
    expect(desk.state).to_contain_text("Belum tersimpan")
    assert desk.page.locator("[name=sent-nama]").input_value() == "Sri"
    expect(desk.page.locator("[name=drawn-nama]")).to_have_value("beef")
    expect(desk.page.locator("[name=sent-nama]")).to_have_count(0)
    assert desk.saved[1]["sent-nama"] == ["Sri"]
    assert desk.saved[1]["drawn-nama"] == ["cafe"]


def test_an_answer_changed_elsewhere_waits_for_the_button(desk: Desk) -> None:
    desk.answers = [_told(errors={"nama": "Sudah diubah: Ayu."}, unkept=["nama"], drawn={"nama": "beef"})]
    desk.open()
    field = desk.page.get_by_label("Nama")
    field.fill("Sri")
    field.blur()
    expect(desk.page.locator("[data-field=nama] .why")).to_have_text("Sudah diubah: Ayu.")
    field.fill("Sri Wahyuni")
    field.blur()
    desk.page.get_by_role("button", name="Kirim").click(no_wait_after=True)
    expect(desk.page.locator("button[aria-busy=true]")).to_have_text("Mengirim")
    assert len(desk.saved) == 1
    assert (desk.sent[0]["nama"], desk.sent[0]["drawn-nama"]) == (["Sri Wahyuni"], ["beef"])


def test_a_double_press_sends_once_and_says_what_runs(desk: Desk) -> None:
    desk.open()
    button = desk.page.get_by_role("button", name="Kirim")
    button.dblclick(no_wait_after=True)
    expect(desk.page.locator("button[aria-busy=true]")).to_have_text("Mengirim")
    assert len(desk.sent) == 1
    assert desk.sent[0]["aksi"] == ["kirim"]


VERIFY = """{% extends "ui/page.html" %}
{% block head %}<script src="{{ static("ui/verify.js") }}" type="module"></script>{% endblock %}
{% block main %}<form data-verify data-hash="{{ hash }}" data-lookup="/cari" data-working="Menghitung"
data-same="Sama persis" data-other="Berbeda" data-unknown="Tidak dikenal" data-offline="Tidak tersambung">
<label>Berkas <input type="file" name="file"></label><p data-answer role="status" hidden></p></form>{% endblock %}"""
PDF = b"%PDF-1.7 contoh"


def check(page: Page, expected: str, content: bytes) -> Any:
    body = rendered(VERIFY, hash=expected)
    page.route("**/periksa", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto("/periksa")
    page.get_by_label("Berkas").set_input_files({"name": "izin.pdf", "mimeType": "application/pdf", "buffer": content})
    return page.locator("[data-answer]")


def test_the_citys_own_pdf_is_recognised_on_the_device_and_any_changed_byte_is_not(page: Page) -> None:
    expected = hashlib.sha256(PDF).hexdigest()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    expect(check(page, expected, PDF)).to_have_text("Sama persis")
    expect(check(page, expected, PDF + b"\n")).to_have_text("Berbeda")
    assert "POST" not in asked


def test_without_a_hash_on_the_page_only_the_hash_is_asked_about(page: Page) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        assert route.request.post_data is None
        route.fulfill(status=404)

    page.route("**/cari?*", answer)
    expect(check(page, "", PDF)).to_have_text("Tidak dikenal")
    assert asked[0].endswith("?sha256=" + hashlib.sha256(PDF).hexdigest())
