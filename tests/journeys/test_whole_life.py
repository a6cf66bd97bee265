"""One practice permit's whole life, from a phone to a signed PDF that a stranger checks by its QR code."""

import re
from uuid import UUID

import pypdfium2
import zxingcpp
from playwright.sync_api import expect

from city.operate.demo.cast import PASSPHRASE

from . import desk
from .applicant import apply_for_sip, choose, is_ready, papers_of
from .conftest import Opener
from .days import until
from .live import LiveCity
from .people import sign_up, signed_in
from .window import DESKTOP, PHONE, Window

NAME = "dr. Ni Luh Ayu D'Souza"
BLURRED = "Foto KTP buram dan gelap. Foto ulang di tempat terang, semua sudut terlihat."


def test_from_a_phone_to_a_permit_that_a_stranger_checks(device: Opener, city: LiveCity) -> None:
    phone = device(PHONE)
    sign_up(phone, city, NAME)
    case_id, receipt = apply_for_sip(phone, NAME)

    _returned_and_answered(phone, signed_in(device(DESKTOP), "dewi"), case_id, receipt)
    _decided(device, case_id)
    _signed(signed_in(device(DESKTOP), "nurlaela"), city, case_id)

    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["issued"])
    phone.go(f"/sipeci/applications/{case_id}").says("Izin Anda terbit").look("izin terbit")
    letter = phone.context.request.get(f"/sipeci/applications/{case_id}/letter")
    assert letter.headers["content-type"] == "application/pdf"
    pdf = letter.body()
    _checked_by_strangers(device, city, case_id, pdf)
    _told(phone, city, case_id, receipt)


def _returned_and_answered(phone: Window, front: Window, case_id: UUID, receipt: str) -> None:
    """One consolidated return with its reason; she replaces that one paper, and it is complete."""
    front.go("/sipeci/desk/").says(receipt).look("antrean loket")
    desk.send_back(front, case_id, "ktp", BLURRED).look("dikembalikan")
    phone.go("/").says("Giliran Anda").look("giliran pemohon")
    phone.go(f"/sipeci/applications/{case_id}").follow("Perbaiki sekarang")
    phone.says("Perbaiki 1 hal, lalu kirim lagi", BLURRED).look("diminta memperbaiki")
    assert phone.page.locator("#d-str").count() == 0, "what was accepted is not asked again"
    choose(phone, "ktp", papers_of(NAME)["ktp"])
    is_ready(phone, "ktp", "Sudah diganti")
    phone.press("Kirim perbaikan").says("Perbaikan terkirim").look("perbaikan terkirim")
    desk.at_case(front, case_id, look="ktp").says("Versi sebelum diperbaiki").look("dibandingkan")
    desk.register(front, case_id).look("lengkap")


def _decided(device: Opener, case_id: UUID) -> None:
    """Back office, Dinkes, draft, two parafs: each official in her own office and in her turn."""
    back = signed_in(device(DESKTOP), "bayu")
    desk.at_case(back, case_id).look("periksa isi")
    desk.examine(back, case_id)
    health = signed_in(device(DESKTOP), "hendra")
    desk.at_case(health, case_id).look("kajian Dinkes")
    desk.review(health, case_id, reason="STR aktif dan tempat praktik berizin.")
    desk.at_case(back, case_id).look("konsep")
    desk.draft(back, case_id)
    for who in ("ratna", "yusuf"):
        official = signed_in(device(DESKTOP), who)
        desk.at_case(official, case_id).look(f"paraf {who}")
        desk.initial(official, case_id)


def _signed(head: Window, city: LiveCity, case_id: UUID) -> None:
    """A wrong passphrase signs nothing and says so; the right one signs once."""
    desk.sign(head, case_id, "bukan frasanya")
    head.says("frasa sandi salah").look("frasa salah")
    assert city.one("SELECT turn FROM cases_case WHERE id = %s", [case_id]) == "sign"
    head.fill(passphrase=PASSPHRASE).look("siap ditandatangani").press("Tandatangani keputusan")
    head.page.wait_for_load_state()
    until(
        city,
        "SELECT count(*) FROM kernel_eventrecord WHERE name = 'DecisionSigned' AND subject_id = %s",
        [case_id],
        [1],
    )
    head.go(f"/sipeci/desk/{case_id}").look("ditandatangani")


def _checked_by_strangers(device: Opener, city: LiveCity, case_id: UUID, pdf: bytes) -> None:
    """The QR code on the printed page opens the public answer; the file is ours, and one byte changed it is not."""
    address = _qr_of(pdf)
    assert address.startswith(f"{city.url}/sipeci/verify/")
    stranger = device(PHONE)
    stranger.go(address.removeprefix(city.url)).says("Klinik Pratama Jombang", NAME, "simulasi").look("diperiksa")
    code = city.one("SELECT code FROM permits_permit WHERE case_id = %s", [case_id])
    stranger.go("/cari").fill(q=code.lower()).press("Cari").follow("Izin ").says(NAME)
    stranger.go("/sipeci/verify")
    _hand_over(stranger, pdf)
    stranger.page.wait_for_url("**/verify/*")
    stranger.says("Berkas PDF Anda sama persis dengan yang kami terbitkan").look("berkas asli")
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    stranger.go("/sipeci/verify")
    _hand_over(stranger, bytes(changed))
    stranger.says("atau isinya sudah berubah").look("berkas diubah")


def _hand_over(window: Window, pdf: bytes) -> None:
    window.page.locator("#f-pdf").set_input_files({"name": "izin.pdf", "mimeType": "application/pdf", "buffer": pdf})
    button = window.page.get_by_role("button", name="Periksa berkas")
    if window.page.locator("[data-answer]").is_hidden():
        button.click()


def _qr_of(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil().convert("L")
    found = zxingcpp.read_barcodes(page)
    assert found, "no QR code on the permit's first page"
    return str(found[0].text)


def _told(phone: Window, city: LiveCity, case_id: UUID, receipt: str) -> None:
    """Her inbox has each step once, the newest on top, and leads to the permit."""
    phone.go("/pesan").reload_until(lambda w: "terbit" in w.words.lower(), "the notice of the permit")
    phone.look("kotak masuk")
    titles = phone.page.locator("main ul.items h2").all_inner_texts()
    assert len(titles) == len(set(titles)), titles
    phone.page.locator("main ul.items h2 a").first.click()
    expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
    assert re.search(r"/sipeci/(permits|applications)/", phone.path), phone.path
    sent = [
        kind for (kind,) in city.rows("SELECT kind FROM gateway_simulatedmessage WHERE body LIKE %s", [f"%{receipt}%"])
    ]
    assert sent.count("notice") == len(sent)
    assert not city.rows("SELECT id FROM gateway_simulatedmessage WHERE body LIKE %s", ["%36729914%"]), "no NIK leaves"
