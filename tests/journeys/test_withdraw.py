"""An applicant takes her application back: told first what she loses; the office stops, nothing is silently gone."""

from .conftest import Opener
from .days import a_case, events
from .live import LiveCity
from .people import signed_in
from .window import DESKTOP, PHONE


def test_withdrawing_up_to_the_signature(device: Opener, city: LiveCity) -> None:
    case_id = a_case(city, "journey-withdraw", "raka", "sign", began=3)
    number = city.one("SELECT number_id FROM cases_decision WHERE case_id = %s", [case_id])
    head = signed_in(device(DESKTOP), "nurlaela")
    head.go(f"/sipeci/desk/{case_id}").says("Tanda tangan elektronik")

    phone = signed_in(device(PHONE), "raka")
    phone.go(f"/sipeci/applications/{case_id}").follow("Tarik permohonan")
    phone.says("Giliran Anda hilang", "Jangan, kembali").look("sebelum ditarik")
    phone.press("Tarik permohonan").says("Permohonan ditarik.", "Anda menarik permohonan ini").look("ditarik")
    assert len(events(city, case_id, "CaseWithdrawn")) == 1
    assert city.one("SELECT state FROM cases_number WHERE id = %s", [number]) == "void", "no silent hole in the numbers"

    head.fill(passphrase="tanda-tangan-demo").press("Tandatangani")
    head.says("sudah diubah oleh").look("penanda tangan diberi tahu")
    assert city.one("SELECT state FROM cases_case WHERE id = %s", [case_id]) == "withdrawn"
    phone.go(f"/sipeci/applications/{case_id}/withdrawal").says("tidak bisa ditarik lagi")


def test_a_draft_that_is_thrown_away_leaves_no_answer(device: Opener, city: LiveCity) -> None:
    case_id = a_case(city, "journey-thrown", "raka", "fill")
    phone = signed_in(device(PHONE), "raka")
    phone.go(f"/sipeci/applications/{case_id}/form/review").follow("Hapus draf ini").look("hapus draf")
    phone.press("Hapus draf").says("Draf dihapus.")
    assert city.rows("SELECT id FROM cases_answer WHERE case_id = %s", [case_id]) == []
    assert (
        city.rows("SELECT id FROM cases_requireddocument WHERE case_id = %s AND file_id IS NOT NULL", [case_id]) == []
    )
