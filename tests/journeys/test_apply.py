"""A doctor applies for her practice permit from a phone: registers, stops, goes on elsewhere, uploads, sends."""

from time import monotonic, sleep

from .applicant import (
    ANSWERS,
    DOCUMENTS,
    begin,
    choose,
    fill_form,
    fill_step,
    is_ready,
    is_saved,
    papers_of,
    submit,
    upload_all,
)
from .conftest import Opener
from .live import LiveCity
from .people import OWN_PASSWORD, sign_up
from .window import DESKTOP, PHONE, Window

NAME = "dr. Ni Luh Ayu D'Souza"
KEPT = "SELECT field, sealed FROM cases_answer WHERE case_id = %s"


def test_a_doctor_applies_from_her_phone_and_goes_on_at_a_computer(device: Opener, city: LiveCity) -> None:
    phone = device(PHONE)
    address = sign_up(phone, city, NAME)
    phone.says("Urusan saya").look("akun baru")
    case_id = begin(phone)
    phone.headed("Registrasi Anda").look("langkah 1")

    fill_step(phone, "practice", ANSWERS)
    is_saved(phone).look("tersimpan")
    _answers_are_kept_sealed(city, case_id)
    phone.close()

    computer = _goes_on_elsewhere(device(DESKTOP), address)
    computer.go(f"/sipeci/applications/{case_id}/form/practice")
    assert computer.page.locator("[name=str_number]").input_value() == ANSWERS["str_number"]
    for step in ("practice", "place", "applicant"):
        computer.go(f"/sipeci/applications/{case_id}/form/{step}")
        fill_step(computer, step, {**ANSWERS, "holder_name": NAME}).press("Simpan dan lanjut")
        computer.page.wait_for_load_state()
    computer.headed("Unggah berkas syarat").look("berkas kosong")
    computer.says("paling besar 10 MB")

    papers = papers_of(NAME, heavy=True)
    for code in DOCUMENTS:
        choose(computer, code, papers[code])
        is_ready(computer, code)
    computer.look("berkas siap")
    _the_photo_was_redrawn(city, case_id, papers["ktp"][2])

    receipt = submit(computer)
    computer.says(receipt, "Siapa memegang berkas, berapa lama").look("terkirim")
    assert city.one("SELECT state FROM cases_case WHERE id = %s", [case_id]) == "submitted"
    events = [name for (name,) in city.rows("SELECT name FROM kernel_eventrecord WHERE subject_id = %s", [case_id])]
    assert events == ["CaseOpened", "CaseSubmitted"]
    city_wide = device(PHONE)
    city_wide.go(f"/sipeci/track?nomor={receipt}").says("SIP Dokter").look("lacak tanpa akun")
    assert NAME not in city_wide.words
    computer.go("/").reload_until(lambda w: "belum dibaca" in w.page.content(), "the notice of the receipt")
    computer.go("/pesan").says(receipt).look("kotak masuk")


def _goes_on_elsewhere(computer: Window, address: str) -> Window:
    computer.go("/masuk").fill(login=address, password=OWN_PASSWORD)
    computer.page.locator("main form").get_by_role("button", name="Masuk").click()
    computer.says("Giliran Anda").look("lanjut di komputer")
    computer.page.locator("#urusan").get_by_role("link", name="SIP Dokter").click()
    computer.page.wait_for_url("**/form/*")
    return computer


def _answers_are_kept_sealed(city: LiveCity, case_id: str) -> None:
    end, sealed = monotonic() + 15, city.rows(KEPT, [case_id])
    while "skp_number" not in {field for field, _ in sealed} and monotonic() < end:  # the last word may be on its way
        sleep(0.2)
        sealed = city.rows(KEPT, [case_id])
    assert {field for field, _ in sealed} >= {"str_number", "skp_number"}, "each field was kept before any button"
    assert all(ANSWERS["str_number"].encode() not in bytes(value) for _, value in sealed), "under her own key"


def _the_photo_was_redrawn(city: LiveCity, case_id: str, sent: bytes) -> None:
    size, width, height = city.rows(
        "SELECT f.size, f.width, f.height FROM documents_storedfile f JOIN cases_requireddocument d ON d.file_id = f.id"
        " WHERE d.case_id = %s AND d.code = 'ktp'",
        [case_id],
    )[0]
    assert height > width, "the phone lay on its side; the city turned the photo upright"
    assert size < len(sent), "redrawn without its location"


def test_sending_twice_is_sending_once(device: Opener, city: LiveCity) -> None:
    window = device(DESKTOP)
    name = "Putri"
    sign_up(window, city, name)
    case_id = begin(window)
    upload_all(fill_form(window, name), name)
    window.follow("Lanjut ke periksa isian").headed("Periksa, lalu kirim")
    window.page.get_by_role("button", name="Kirim permohonan").dblclick()
    window.says("Permohonan terkirim")
    assert (
        city.one("SELECT count(*) FROM kernel_eventrecord WHERE name = 'CaseSubmitted' AND subject_id = %s", [case_id])
        == 1
    )
