"""A refusal says why, by which article, and how to object; whoever checks its letter learns that it permits nothing."""

from . import desk
from .conftest import Opener
from .days import a_case, events, until
from .live import LiveCity
from .people import signed_in
from .window import DESKTOP, PHONE

WHY = "STR yang diunggah terdaftar untuk dokter gigi, sedangkan permohonan ini untuk dokter umum."


def test_a_refusal_with_article_and_the_way_to_object(device: Opener, city: LiveCity) -> None:
    case_id = a_case(city, "journey-refuse", "raka", "draft_decision", began=2)
    back = signed_in(device(DESKTOP), "bayu")
    desk.at_case(back, case_id).fill(outcome="refuse").press("Buat konsep dan kirim ke paraf")
    back.says("Pilih alasan penolakan").look("tanpa alasan")
    desk.draft_refusal(back, case_id, "S2", WHY).look("konsep penolakan")
    for who in ("ratna", "yusuf"):
        desk.initial(signed_in(device(DESKTOP), who), case_id)
    head = signed_in(device(DESKTOP), "nurlaela")
    desk.sign(head, case_id, refusal=True)
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["rejected"])
    assert events(city, case_id, "CaseRejected")[0][2]["code"] == "S2"

    phone = signed_in(device(PHONE), "raka")
    phone.go("/pesan").reload_until(lambda w: "ditolak" in w.words.lower(), "the notice of the refusal").look(
        "kotak masuk"
    )
    phone.go(f"/sipeci/applications/{case_id}").says("Ditolak").look("permohonan ditolak")
    phone.follow("Baca keputusan").says(WHY, "UU 17/2023 Pasal 264", "keberatan", "21 hari kerja").look("keputusan")
    letter = phone.context.request.get(f"/sipeci/applications/{case_id}/letter")
    assert letter.body().startswith(b"%PDF")
    code = city.one("SELECT code FROM cases_decision WHERE case_id = %s", [case_id])
    stranger = device(PHONE)
    stranger.go(f"/sipeci/verify/{code}", status=200).says("Surat penolakan, bukan izin").look("diperiksa")
    assert city.rows("SELECT id FROM permits_permit WHERE case_id = %s", [case_id]) == []
