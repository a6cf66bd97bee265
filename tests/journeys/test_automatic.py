"""Nobody answers: both sides are warned on working days 3 and 4; after day 5 the agency's e-seal grants for the law."""

import subprocess
from pathlib import Path

from .conftest import Opener
from .days import a_case, days_pass, events, notices, told, until
from .live import LiveCity
from .people import signed_in
from .window import DESKTOP, PHONE, Window

CASE = "SELECT {} FROM cases_case WHERE id = %s"


def _warned(city: LiveCity, case_id: str, left: list[int]) -> None:
    asked = "SELECT (data->>'days_left')::int FROM kernel_eventrecord WHERE subject_id = %s AND name = 'CaseWarned'"
    until(city, f"{asked} ORDER BY id", [case_id], left)


def _words_of(pdf: bytes, folder: Path) -> tuple[str, str]:
    """What the letter says, and what an independent reader says of its signature."""
    letter = folder / "surat.pdf"
    letter.write_bytes(pdf)
    read = [["pdftotext", "-layout", letter, "-"], ["pdfsig", "-nocert", letter]]
    said = [subprocess.run(line, capture_output=True, text=True, check=True).stdout for line in read]
    return " ".join(said[0].split()), said[1]


def _sees_warning(phone: Window, desk: Window, case_id: str, receipt: str, left: int) -> None:
    phone.go("/pesan").says(f"Sisa {left} hari kerja sampai batas keputusan").look(f"pesan, sisa {left}")
    phone.go(f"/sipeci/applications/{case_id}").says(f"{left} dari 5 hari kerja").look(f"permohonan, sisa {left}")
    desk.go("/pesan").says(f"Sisa {left} hari kerja: {receipt}").look(f"pesan petugas, sisa {left}")
    desk.follow(f"Sisa {left} hari kerja: {receipt}")
    desk.says(f"Sisa {left} dari 5 hari kerja").look(f"meja, sisa {left}")


def test_silence_grants_after_two_warnings(city: LiveCity, device: Opener, tmp_path: Path) -> None:
    case_id = a_case(city, "journey-silence", "siti", "review", began=1, holder_name="dr. Siti Aminah")
    receipt = city.one(CASE.format("receipt"), [case_id])
    phone, desk = signed_in(device(PHONE), "siti"), signed_in(device(DESKTOP), "hendra")
    phone.go(f"/sipeci/applications/{case_id}").says("Lewat dari itu izin terbit dengan sendirinya.")

    days_pass(city, case_id, 2)
    _warned(city, case_id, [2])
    notices(city, "case.warned", receipt)
    _sees_warning(phone, desk, case_id, receipt, 2)
    days_pass(city, case_id, 1)
    _warned(city, case_id, [2, 1])
    notices(city, "case.warned", receipt, 2)
    _sees_warning(phone, desk, case_id, receipt, 1)
    assert told(city, "siti", "case.warned", receipt) == told(city, "hendra", "desk.warned", receipt) == 2
    assert city.one(CASE.format("state"), [case_id]) == "technical"

    days_pass(city, case_id, 2)
    until(city, CASE.format("state"), [case_id], ["deemed_approved"])
    until(city, "SELECT state FROM permits_permit WHERE case_id = %s", [case_id], ["active"])
    number, code = city.rows("SELECT number, code FROM permits_permit WHERE case_id = %s", [case_id])[0]
    notices(city, "permit.issued_automatically", number)
    names = ("CaseDeemedApproved", "CaseIssued")
    assert [(name, actor) for name, actor, _data in events(city, case_id, *names)] == [
        ("CaseDeemedApproved", "system:clock"),
        ("CaseIssued", "system:cases"),
    ]
    _reads_the_outcome(phone, desk, case_id, tmp_path)
    _anybody_reads_why(device, code)


def _reads_the_outcome(phone: Window, desk: Window, case_id: str, folder: Path) -> None:
    phone.go("/pesan").says("Izin Anda terbit otomatis").look("pesan, terbit")
    phone.go(f"/sipeci/applications/{case_id}").says("Izin Anda terbit", "segel elektronik dinas").look("terbit")
    answer = phone.context.request.get(f"/sipeci/applications/{case_id}/letter")
    words, signature = _words_of(answer.body(), folder)
    assert "batas waktu keputusan telah lewat" in words
    assert "Pasal 53" in words
    assert "tanpa tanda tangan pejabat" in words
    assert "Nurlaela" not in words
    assert "Signature is Valid" in signature
    assert "Nurlaela" not in signature
    desk.go(f"/sipeci/desk/{case_id}").says("Dikabulkan otomatis", "Berlaku").look("meja, selesai")


def _anybody_reads_why(device: Opener, code: str) -> None:
    stranger = device(PHONE)
    stranger.go(f"/sipeci/verify/{code}").says("Berlaku", "dr. Siti Aminah")
    stranger.says("Segel elektronik dinas, tanpa tanda tangan pejabat").look("periksa")
    english = device(PHONE, language="en")
    english.go(f"/sipeci/verify/{code}").look("periksa, Inggris")
