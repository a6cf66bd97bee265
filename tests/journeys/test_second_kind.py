"""A kind that stands by its folder alone: a student asks for a research letter, six officers pass it on, to the PDF."""

import subprocess
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from .applicant import choose, is_ready
from .conftest import Opener
from .days import events, notices, today, until
from .desk import accept_all
from .form import a_pdf, a_photo_of_a_card, a_portrait, answered, begun
from .live import LiveCity
from .people import sign_up, signed_in
from .window import DESKTOP, PHONE, Window

NAME = "Ma'rifatul Hasanah"
TITLE = "Pengetahuan ibu tentang imunisasi dasar di wilayah pesisir Cilegon"
PASSPHRASE = "tanda-tangan-demo"
SENT = {
    "campus_letter": ("surat kampus.pdf", "application/pdf", a_pdf("SURAT PENGANTAR PENELITIAN", NAME)),
    "proposal": ("proposal.pdf", "application/pdf", a_pdf("PROPOSAL PENELITIAN", NAME)),
    "statement": ("pernyataan.pdf", "application/pdf", a_pdf("SURAT PERNYATAAN", NAME)),
    "ktp": ("IMG_20261123_194210.jpg", "image/jpeg", a_photo_of_a_card(NAME)),
    "photo": ("pasfoto.jpg", "image/jpeg", a_portrait()),
}


def _answers() -> dict[str, str]:
    return {
        "title": TITLE,
        "subject": "Kesehatan masyarakat",
        "places": "Puskesmas Pulomerak dan Kelurahan Suralaya",
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=120)).isoformat(),
        "members": "2",
        "institution": "Universitas Contoh Banten",
        "level": "bachelor",
        "letter_number": "1204/UN/2026",
        "student_number": "2210001",
        "home_address": "Jalan Pantai 7, Suralaya",
    }


def _applies(phone: Window) -> str:
    case_id = begun(phone, "surat_penelitian")
    for step in ("Penelitian", "Lembaga", "Anda"):
        phone.headed(step).look(f"langkah {step}")
        answered(phone, _answers())
    phone.headed("Unggah berkas syarat").look("berkas, kosong")
    for document, upload in SENT.items():
        is_ready(choose(phone, document, upload), document)
    phone.look("berkas, lengkap").follow("Lanjut ke periksa isian")
    phone.headed("Periksa, lalu kirim").says(TITLE, NAME, "Biaya: Gratis.").look("periksa")
    phone.press("Kirim permohonan").says("Permohonan terkirim. Nomor resi Anda SPC-SKP-").look("terkirim")
    return case_id


def _at(desk: Window, receipt: str) -> Window:
    """The officer finds the file in her own queue."""
    desk.go("/sipeci/desk/?bucket=all").says(receipt[-6:])
    desk.go(f"/sipeci/desk/find?q={receipt}").says(receipt)
    return desk


def _checked(city: LiveCity, device: Opener, case_id: str, receipt: str) -> None:
    dewi = _at(signed_in(device(DESKTOP), "dewi"), receipt).look("loket: berkas baru")
    accept_all(dewi, UUID(case_id)).look("loket: semua diterima")
    dewi.press("Nyatakan lengkap").says("Dinyatakan lengkap")
    bayu = _at(signed_in(device(DESKTOP), "bayu"), receipt)
    bayu.press("Isi sesuai, teruskan").look("pengolah: diteruskan")
    rahmat = _at(signed_in(device(DESKTOP), "rahmat"), receipt).look("Kesbangpol: mengkaji")
    rahmat.fill(opinion="recommended", reason="Lengkap dan tidak mengganggu ketertiban umum.").press("Kirim kajian")
    until(city, "SELECT state FROM cases_review WHERE case_id = %s", [case_id], ["recommended"])
    _at(bayu, receipt).fill(outcome="grant").press("Buat konsep dan kirim ke paraf")
    until(city, "SELECT turn FROM cases_case WHERE id = %s", [case_id], ["initial_1"])


def _signed(city: LiveCity, device: Opener, case_id: str, receipt: str) -> None:
    for who, turn in (("ratna", "initial_2"), ("yusuf", "sign")):
        desk = _at(signed_in(device(DESKTOP), who), receipt)
        desk.press("Paraf konsep ini").look(f"paraf {who}")
        until(city, "SELECT turn FROM cases_case WHERE id = %s", [case_id], [turn])
    until(city, "SELECT count(*) FROM cases_decision WHERE case_id = %s AND NOT paper_id IS NULL", [case_id], [1])
    head = _at(signed_in(device(DESKTOP), "nurlaela"), receipt)
    head.go(f"/sipeci/desk/{case_id}?look=decision")
    head.reload_until(lambda w: w.page.locator("[name=passphrase]").count() > 0, "the letter to sign")
    head.look("kepala: sebelum tanda tangan")
    head.fill(passphrase="salah sekali").press("Tandatangani keputusan").says("salah").look("kepala: frasa sandi salah")
    head.fill(passphrase=PASSPHRASE).press("Tandatangani keputusan")
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["issued"])
    head.go(f"/sipeci/desk/{case_id}").look("kepala: terbit")


def test_a_research_letter_from_form_to_signature(city: LiveCity, device: Opener, tmp_path: Path) -> None:
    phone = device(PHONE)
    sign_up(phone, city, NAME)
    case_id = _applies(phone)
    receipt = city.one("SELECT receipt FROM cases_case WHERE id = %s", [case_id])
    _checked(city, device, case_id, receipt)
    phone.go(f"/sipeci/applications/{case_id}").says("Konsep keputusan sedang diparaf", receipt).look("sedang diparaf")
    _signed(city, device, case_id, receipt)
    until(city, "SELECT state FROM permits_permit WHERE case_id = %s", [case_id], ["active"])
    notices(city, "permit.issued", city.one("SELECT number FROM permits_permit WHERE case_id = %s", [case_id]))
    _reads_it(city, device, phone, case_id, tmp_path)
    way = ["CaseSubmitted", "CaseRegistered", "CaseExamined", "ReviewGiven", "DecisionSigned", "CaseIssued"]
    assert [name for name, _by, _data in events(city, case_id, *way)] == way


def _reads_it(city: LiveCity, device: Opener, phone: Window, case_id: str, folder: Path) -> None:
    phone.go(f"/sipeci/applications/{case_id}").says("Izin Anda terbit").look("terbit")
    answer = phone.context.request.get(f"/sipeci/applications/{case_id}/letter")
    letter = folder / "surat.pdf"
    letter.write_bytes(answer.body())
    words = subprocess.run(["pdftotext", letter, "-"], capture_output=True, text=True, check=True).stdout
    said = " ".join(words.replace("’", "'").split())
    number, code, last = city.rows(
        "SELECT number, code, valid_until FROM permits_permit WHERE case_id = %s", [case_id]
    )[0]
    assert number in said
    assert NAME in said
    assert TITLE in said
    assert "Nurlaela" in said
    assert last == today() + timedelta(days=120)
    signature = subprocess.run(["pdfsig", "-nocert", letter], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in signature
    stranger = device(PHONE)
    stranger.go(f"/sipeci/verify/{code}").says("Berlaku", NAME, TITLE).look("periksa")
