"""No script at all: the same errand from sign-up to the verified PDF, page by page, on a small phone and at desks."""

from . import desk
from .applicant import ANSWERS, DOCUMENTS, STEPS, case_in, choose, fill_step, is_ready, papers_of, submit
from .conftest import Opener
from .days import until
from .live import LiveCity
from .people import sign_up, signed_in
from .window import DESKTOP, SMALL_PHONE, Window

NAME = "dr. Slamet"


def test_the_whole_way_without_script(device: Opener, city: LiveCity) -> None:
    phone = device(SMALL_PHONE, script=False)
    sign_up(phone, city, NAME)
    phone.go("/").fill(q="sip dokter").press("Cari").follow("SIP Dokter").follow("Mulai mengisi")
    phone.press("Mulai mengisi")
    case_id = case_in(phone)
    _a_slip_loses_nothing(phone)
    for step in STEPS:
        fill_step(phone, step, {**ANSWERS, "holder_name": NAME}).press("Simpan dan lanjut")
    phone.headed("Unggah berkas syarat").look("berkas")
    papers = papers_of(NAME)
    for code in DOCUMENTS:
        choose(phone, code, papers[code])
        is_ready(phone, code)
    phone.look("berkas siap")
    submit(phone)
    phone.look("terkirim")

    desk.send_back(_official(device, "dewi"), case_id, "photo", "Pasfoto terlalu gelap. Foto ulang di tempat terang.")
    phone.go(f"/sipeci/applications/{case_id}").follow("Perbaiki sekarang").look("perbaiki")
    choose(phone, "photo", papers["photo"])
    is_ready(phone, "photo", "Sudah diganti").press("Kirim perbaikan").says("Perbaikan terkirim")

    desk.register(_official(device, "dewi"), case_id)
    desk.examine(_official(device, "bayu"), case_id)
    desk.review(_official(device, "hendra"), case_id)
    desk.draft(_official(device, "bayu"), case_id)
    for who in ("ratna", "yusuf"):
        desk.initial(_official(device, who), case_id)
    desk.sign(_official(device, "nurlaela"), case_id).look("ditandatangani")
    until(city, "SELECT state FROM permits_permit WHERE case_id = %s", [case_id], ["active"])

    _checks_the_letter(phone, phone.context.request.get(f"/sipeci/applications/{case_id}/letter").body())
    phone.go("/pesan").press("Tandai semua sudah dibaca").says("Semua sudah dibaca.").look("kotak masuk")


def _checks_the_letter(phone: Window, pdf: bytes) -> None:
    """The file as it is, and with one byte changed, sent to the page because nothing here can hash it."""
    phone.go("/sipeci/verify")
    _sent(phone, pdf).says("Berkas ini sama persis dengan yang kami terbitkan", "langsung kami buang").look(
        "berkas asli"
    )
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    phone.go("/sipeci/verify")
    _sent(phone, bytes(changed)).says("Berkas sudah kami buang").look("berkas diubah")


def _official(device: Opener, who: str) -> Window:
    return signed_in(device(DESKTOP, script=False), who)


def _a_slip_loses_nothing(phone: Window) -> None:
    """One answer wrong: one sentence at the field and one on top; everything else stays typed."""
    fill_step(phone, "practice", {**ANSWERS, "str_number": "12"}).press("Simpan dan lanjut")
    phone.headed("Registrasi Anda").look("satu isian salah")
    assert phone.page.locator(".why").count() == 1
    assert phone.page.locator("[name=skp_number]").input_value() == ANSWERS["skp_number"]
    assert phone.page.locator("[name=str_number]").input_value() == "12"


def _sent(phone: Window, pdf: bytes) -> Window:
    phone.page.locator("#f-pdf").set_input_files({"name": "izin.pdf", "mimeType": "application/pdf", "buffer": pdf})
    return phone.press("Periksa berkas")
