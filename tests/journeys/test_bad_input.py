"""What people type, choose and press by mistake, on a phone: one sentence says what to do, and the rest is kept."""

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from .applicant import choose, is_ready
from .conftest import Opener
from .days import events, notices, today
from .form import a_drawing, a_pdf, a_photo_of_a_card, a_portrait, answered, begun, locked
from .live import LiveCity
from .people import EVERYBODY, PASSWORD, new_address, new_nik, sign_up, signed_in
from .window import PHONE, Window

STUDY = {
    "title": 'Minat baca di Suku Da\'wah & "Pasar Kelapa"',
    "subject": "Ilmu perpustakaan",
    "places": "Kelurahan Kotabumi",
    "members": "1",
    "institution": "Universitas Contoh Banten",
    "level": "bachelor",
    "letter_number": "12/UCB/2026",
    "holder_name": "Sri Wahyuni",
    "home_address": "Jalan Contoh Pasar 3, Kotabumi",
}
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
TOO_LARGE = 11_500_000


def test_a_wrong_nik_and_a_name_with_apostrophes(city: LiveCity, phone: Window) -> None:
    name, nik, address = "Nur'aini Ma’ruf O'Brien", new_nik(), new_address()
    for wrong, said in (
        (nik[:15], "NIK harus 16 angka. Anda mengetik 15."),
        (nik[:14] + "O1", "NIK hanya angka. Periksa huruf O dan angka 0."),
        ("3672999999990001", "Angka ke-7 sampai ke-12 bukan tanggal lahir."),
        ("", "Isi NIK: 16 angka"),
    ):
        phone.go("/masuk/daftar").fill(name=name, nik=wrong, address=address).press("Kirim kode")
        phone.says(said, "Isian lain tetap ada.")
        assert phone.page.locator("[name=name]").input_value() == name
        assert phone.page.locator("[name=nik]").input_value() == wrong
        assert phone.page.locator("[name=address]").input_value() == address
    phone.look("NIK kosong")
    phone.fill(nik=nik[:15]).press("Kirim kode").says("Anda mengetik 15.").look("NIK kurang satu angka")
    sign_up(phone, city, name)
    name = name.replace("’", "'")  # one apostrophe, whichever the phone's keyboard writes
    phone.go("/akun/").look("akun")
    assert phone.page.locator("[name=name]").input_value() == name
    begun(phone, "sip_dokter")
    phone.go(phone.path.replace("/practice", "/applicant")).says(name).look("isian")
    assert phone.page.locator("[name=holder_name]").input_value() == name


def _good(window: Window, document: str, name: str, kind: str, body: bytes) -> None:
    is_ready(choose(window, document, (name, kind, body)), document)
    expect(window.page.locator(f"#d-{document}")).to_contain_text(name)


def _draft(phone: Window) -> str:
    case_id = begun(phone, "surat_penelitian")
    phone.fill(**{name: STUDY[name] for name in ("title", "subject", "places", "members")})
    first, last = today().isoformat(), (today() + timedelta(days=90)).isoformat()
    phone.fill(starts_on=last, ends_on=first).press("Simpan dan lanjut")
    phone.says("Tanggal selesai mendahului tanggal mulai. Periksa keduanya.").look("tanggal terbalik")
    assert phone.page.locator("[name=title]").input_value() == STUDY["title"]
    answered(phone, {"starts_on": first, "ends_on": last})
    answered(phone, STUDY)
    answered(phone, STUDY)
    return case_id


def test_wrong_files_are_told_and_the_others_kept(city: LiveCity, phone: Window, tmp_path: Path) -> None:
    signed_in(phone, "sri")
    case_id = _draft(phone)
    phone.headed("Unggah berkas syarat").says("paling besar 10").look("berkas: batas sebelum memilih")
    name = EVERYBODY["sri"].name
    _good(phone, "ktp", "IMG_2026.jpg", JPEG, a_photo_of_a_card(name))
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.method) if city.uploads.url in request.url else None)

    choose(phone, "campus_letter", ("kosong.pdf", PDF, b""))
    phone.says("Berkas ini kosong. Pilih berkas lain.")
    large = tmp_path / "foto-besar.jpg"
    large.write_bytes(b"\xff\xd8\xff" + bytes(TOO_LARGE))
    phone.page.locator("#d-statement-file").set_input_files(large)
    phone.says("Berkas terlalu besar: 11,5", "batasnya 10").look("berkas: kosong, terlalu besar")
    assert asked == []

    choose(phone, "campus_letter", ("surat.pdf", PDF, locked(a_pdf("SURAT PENGANTAR", name))))
    phone.says("PDF ini dikunci dengan kata sandi")
    choose(phone, "proposal", ("proposal.pdf", PDF, a_drawing()))
    phone.says("Berkas ini berjenis PNG, yang tidak bisa kami terima. Kirim PDF.").look("berkas: dikunci dan PNG")
    _good(phone, "statement", "pernyataan.png", PNG, a_drawing())
    choose(phone, "statement", ("surat-asli.pdf", PDF, a_drawing()))
    expect(phone.page.locator("#d-statement")).to_contain_text("surat-asli.png")
    is_ready(phone, "ktp")
    phone.follow("Lanjut ke periksa isian").says("Unggah dulu").look("belum lengkap")

    phone.go(f"/sipeci/applications/{case_id}/form/documents")
    _good(phone, "campus_letter", "surat.pdf", PDF, a_pdf("SURAT PENGANTAR", name))
    _good(phone, "proposal", "proposal.pdf", PDF, a_pdf("PROPOSAL", name))
    _good(phone, "photo", "pasfoto.jpg", JPEG, a_portrait())
    phone.look("berkas: lengkap")
    _presses_twice(city, phone, case_id)


def _presses_twice(city: LiveCity, phone: Window, case_id: str) -> None:
    """A double press sends once; the same page in another tab neither sends again nor loses its owner."""
    review = f"/sipeci/applications/{case_id}/form/review"
    phone.go(review).look("periksa")
    stale_review, stale_form = phone.context.new_page(), phone.context.new_page()
    stale_review.goto(review)
    stale_form.goto(f"/sipeci/applications/{case_id}/form/research")
    phone.named("button", "Kirim permohonan").dblclick()
    phone.says("Permohonan terkirim. Nomor resi Anda").look("terkirim")
    assert len(events(city, case_id, "CaseSubmitted")) == 1
    receipt = city.one("SELECT receipt FROM cases_case WHERE id = %s", [case_id])
    stale_review.get_by_role("button", name="Kirim permohonan").click()
    stale_review.wait_for_url(f"**/sipeci/applications/{case_id}")
    assert receipt in stale_review.inner_text("body")
    assert len(events(city, case_id, "CaseSubmitted")) == 1
    stale_form.locator("[name=title]").fill("Judul yang terlambat")
    stale_form.locator("[name=title]").blur()
    expect(stale_form.locator("[data-save-state]")).to_contain_text(
        "Belum tersimpan. Permohonan ini sekarang: Diajukan."
    )
    stale_form.get_by_role("button", name="Simpan dan lanjut").click()
    stale_form.get_by_text("Yang baru Anda ketik tidak disimpan.").wait_for()
    notices(city, "case.submitted", receipt)


def test_without_script_the_server_says_the_same(city: LiveCity, device: Opener, tmp_path: Path) -> None:
    window = signed_in(device(PHONE, script=False), "joko")
    case_id = begun(window, "surat_penelitian")
    large = tmp_path / "besar.jpg"
    large.write_bytes(b"\xff\xd8\xff" + bytes(TOO_LARGE))
    documents = f"/sipeci/applications/{case_id}/form/documents"
    for name, kind, body, said in (
        ("kosong.pdf", PDF, b"", "Berkas ini kosong (0 byte)."),
        ("surat.pdf", PDF, b"bukan apa-apa", "Isi berkas ini tidak kami kenali."),
    ):
        window.go(documents)
        choose(window, "statement", (name, kind, body))
        window.says(said, "Berkas dan isian Anda yang lain tetap aman.").look(f"tanpa skrip: {name}")
    window.go(documents)
    window.page.locator("#d-statement-file").set_input_files(large)
    window.page.locator("#d-statement").get_by_role("button", name="Unggah").click()
    window.says("Berkas terlalu besar: 11,5", "batasnya 10").look("tanpa skrip: terlalu besar")


def test_signed_out_in_the_middle_of_the_form(city: LiveCity, phone: Window) -> None:
    signed_in(phone, "joko")
    case_id = begun(phone, "surat_penelitian")
    phone.fill(title="Yang sudah tersimpan")
    phone.says("Tersimpan")
    other = phone.context.new_page()
    other.goto("/masuk/keluar")
    other.locator("main form").get_by_role("button", name="Keluar").click()
    other.wait_for_url("**/")
    phone.fill(subject="Yang belum tersimpan")
    phone.says("Anda sudah keluar").look("keluar di tab lain")
    phone.press("Simpan dan lanjut")
    phone.page.wait_for_url(re.compile(r"/masuk\?"))
    phone.look("diminta masuk lagi")
    phone.fill(login=EVERYBODY["joko"].sign_in, password=PASSWORD)
    phone.page.locator("main form").get_by_role("button", name="Masuk").click()
    phone.page.wait_for_url(f"**/{case_id}/form/research")
    assert phone.page.locator("[name=title]").input_value() == "Yang sudah tersimpan"
    assert phone.page.locator("[name=subject]").input_value() == "Yang belum tersimpan"
    phone.look("kembali, isian utuh")
