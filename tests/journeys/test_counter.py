"""Somebody without a phone comes to the counter: an officer finds or registers her, files for her, and prints."""

from .applicant import case_in, fill_form, submit, upload_all
from .conftest import Opener
from .live import LiveCity
from .people import EVERYBODY, new_nik, signed_in
from .window import DESKTOP, PHONE

NAME = "dr. Endang Sulastri"


def test_an_officer_files_for_a_doctor_without_a_phone(device: Opener, city: LiveCity) -> None:
    desk = signed_in(device(DESKTOP), "dewi")
    nik = new_nik()
    desk.go("/sipeci/counter").look("loket")
    desk.fill(nik=nik[:15]).press("Cari orangnya").says("Anda mengetik 15").look("NIK kurang satu angka")
    desk.fill(nik=nik).press("Cari orangnya").look("belum dikenal")
    desk.fill(name=NAME, birth_date="1990-03-14", address="Jalan Contoh Sawah 2, Kedaleman")
    desk.page.locator("main form").get_by_role("button").last.click()
    desk.says(NAME, "Ajukan untuknya", "3672••••••••").look("orang di loket")
    assert nik not in desk.page.content(), "the officer sees the NIK masked"

    desk.press("Isi formulir SIP Dokter")
    desk.page.wait_for_url("**/form/*")
    case_id = case_in(desk)
    upload_all(fill_form(desk, NAME), NAME)
    receipt = submit(desk)
    applicant, filed_by = city.rows("SELECT applicant_id, filed_by_id FROM cases_case WHERE id = %s", [case_id])[0]
    assert filed_by == EVERYBODY["dewi"].id
    assert applicant != filed_by
    desk.go(f"/sipeci/applications/{case_id}/receipt").says(receipt, NAME).look("resi untuk dicetak")
    desk.page.emulate_media(media="print")
    desk.look("resi di kertas", axe=False)

    phone = device(PHONE)
    phone.go(f"/sipeci/track?nomor={receipt}").says(receipt)
    assert NAME not in phone.words


def test_somebody_known_is_found_and_reads_later_who_looked(device: Opener, city: LiveCity) -> None:
    desk = signed_in(device(DESKTOP), "dewi")
    desk.go("/sipeci/counter").fill(nik=EVERYBODY["sofyan"].nik).press("Cari orangnya")
    desk.says("Sofyan Hadi", "Ajukan untuknya")
    desk.go("/sipeci/counter").fill(nik=EVERYBODY["raka"].nik).press("Cari orangnya").says("dr. Raka Pratama")
    phone = signed_in(device(PHONE), "raka")
    phone.go("/akun/dilihat").says("Dewi Lestari", "Petugas Loket").look("siapa melihat data saya")


def test_citizens_have_no_counter(phone: object, device: Opener) -> None:
    window = signed_in(device(PHONE), "sri")
    window.go("/sipeci/counter", status=403).look("bukan untuk Anda")
