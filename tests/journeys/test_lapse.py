"""A file goes back, is called for twice, and lapses; its owner reads what happened and can begin again."""

from .conftest import Opener
from .days import a_case, days_pass, events, notices, told, until
from .live import LiveCity
from .people import signed_in
from .window import DESKTOP, PHONE, Window

CASE = "SELECT {} FROM cases_case WHERE id = %s"
REMINDED = "SELECT (data->>'days_left')::int FROM kernel_eventrecord WHERE subject_id = %s AND name = 'CaseReminded'"
CARRIED = """
    SELECT bool_and((now.file_id IS NULL) = (now.code = 'place_letter')) FROM cases_requireddocument now
    JOIN cases_requireddocument was USING (code) WHERE now.case_id = %s AND was.case_id = %s AND was.file_id IS NOT NULL
"""
SAID = "Surat ini tanpa tanda tangan pimpinan klinik. Minta ditandatangani, lalu foto ulang."


def _sent_back(desk: Window, case_id: str) -> None:
    """The front office marks one document, accepts the others, and returns the file."""
    desk.go(f"/sipeci/desk/{case_id}?look=place_letter&mark=place_letter")
    desk.page.get_by_text("Tandai cacat").click()
    desk.fill(code="incomplete", message=SAID).press("Tambahkan cacat")
    desk.says("Cacat yang akan dikirim").look("meja, satu cacat")
    desk.press("Kembalikan dengan 1 cacat")
    desk.says("Menunggu pemohon").look("meja, dikembalikan")


def _reads_the_return(phone: Window, case_id: str, receipt: str) -> None:
    phone.go("/pesan").says("Giliran Anda: perbaiki 1 hal").look("pesan, dikembalikan")
    phone.go(f"/sipeci/applications/{case_id}").says("Giliran Anda: perbaiki 1 hal").look("permohonan, dikembalikan")
    phone.follow("Perbaiki sekarang").says(SAID, "Lewat dari itu permohonan gugur.").look("yang harus diperbaiki")
    phone.go(f"/sipeci/track?nomor={receipt}").says("Menunggu perbaikan dari pemohon")


def test_an_unanswered_return_lapses_and_she_begins_again(city: LiveCity, device: Opener) -> None:
    case_id = a_case(city, "journey-lapse", "ayu", "verify")
    receipt = city.one(CASE.format("receipt"), [case_id])
    phone, desk = signed_in(device(PHONE), "ayu"), signed_in(device(DESKTOP), "dewi")
    _sent_back(desk, case_id)
    notices(city, "case.returned", receipt)
    _reads_the_return(phone, case_id, receipt)

    for days, left in ((5, [5]), (3, [5, 2])):
        days_pass(city, case_id, days)
        until(city, f"{REMINDED} ORDER BY id", [case_id], left)
        notices(city, "case.reminded", receipt, len(left))
        phone.go("/pesan").says(f"Sisa {left[-1]} hari kerja untuk memperbaiki").look(f"pesan, sisa {left[-1]}")
    assert told(city, "ayu", "case.reminded", receipt) == 2
    assert city.one(CASE.format("state"), [case_id]) == "returned"

    days_pass(city, case_id, 3)
    until(city, CASE.format("state"), [case_id], ["lapsed"])
    notices(city, "case.lapsed", receipt)
    assert [by for _name, by, _data in events(city, case_id, "CaseLapsed")] == ["system:clock"]
    assert city.one("SELECT state FROM cases_correction WHERE case_id = %s", [case_id]) == "lapsed"
    assert city.rows("SELECT id FROM workflow_task WHERE subject_id = %s AND state = 'open'", [case_id]) == []
    _reads_the_end(phone, desk, case_id, receipt)
    _begins_again(city, phone, case_id)


def _reads_the_end(phone: Window, desk: Window, case_id: str, receipt: str) -> None:
    phone.go("/pesan").says("Permohonan gugur", "Anda bisa mengajukan lagi.").look("pesan, gugur")
    phone.go(f"/sipeci/applications/{case_id}/answer").says("Permohonan gugur")
    phone.says("Perbaikan tidak kami terima sampai batas waktunya.").look("permohonan, gugur")
    phone.go("/sipeci/applications/").says("Gugur").look("permohonan saya")
    phone.go(f"/sipeci/track?nomor={receipt}").says("Gugur").look("lacak, gugur")
    desk.go(f"/sipeci/desk/{case_id}").says("Gugur", "Berkas ini sudah selesai").look("meja, gugur")


def _begins_again(city: LiveCity, phone: Window, case_id: str) -> None:
    phone.go(f"/sipeci/applications/{case_id}").follow("Ajukan lagi").headed("Mulai mengisi SIP Dokter")
    phone.says("Yang kami bawa dari", "Tidak kami bawa karena ditandai perlu diperbaiki").look("mulai lagi")
    phone.press("Ajukan lagi dengan isian itu")
    phone.headed("Unggah berkas syarat").says("Pilih berkas").look("draf dengan isian lama")
    fresh = phone.path.split("/")[3]
    assert fresh != case_id
    assert city.one(CASE.format("state"), [fresh]) == "draft"
    assert city.rows(CARRIED, [fresh, case_id]) == [(True,)]
