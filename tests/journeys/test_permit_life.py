"""A permit is suspended, reinstated, renewed, runs out, is revoked; whoever checks it learns what it is worth."""

from datetime import timedelta
from uuid import UUID

from .conftest import Opener
from .days import a_case, events, to_signature, today, told, until
from .desk import sign
from .live import LiveCity
from .people import signed_in
from .window import DESKTOP, PHONE, Window

ARTICLE = "UU 17/2023 Pasal 312 (contoh)"
CLOSED = "Dinas Kesehatan menemukan klinik belum memperpanjang izin operasionalnya."
OPENED = "Klinik sudah memperpanjang izin operasionalnya menurut surat Dinas Kesehatan."
MOVED = "Dokter pindah praktik ke luar Kota Cilegon menurut laporan Dinas Kesehatan."
OBJECTION = "keberatan tertulis kepada Kepala DPMPTSP paling lambat 21 hari kerja"
PERMIT = "SELECT {} FROM permits_permit WHERE id = %s"


def _decide(desk: Window, case_id: str, deed: str, form: str, reason: str) -> None:
    desk.go(f"/sipeci/desk/{case_id}")
    desk.page.locator("summary", has_text=deed).click()
    asked = desk.page.locator(f"form[action$='/{form}']")
    asked.locator("[name=reason]").fill(reason)
    asked.locator("[name=article]").fill(ARTICLE)
    asked.get_by_role("button", name=deed).click()
    desk.says("Pemegangnya diberi tahu.").look(f"meja: {deed}")


def _needs_a_reason(desk: Window, case_id: str, permit_id: str, city: LiveCity) -> None:
    """Without a reason that one can object to, nothing is done, and the article typed is kept."""
    desk.go(f"/sipeci/desk/{case_id}")
    desk.page.locator("summary", has_text="Bekukan izin").click()
    asked = desk.page.locator("form[action$='/suspension']")
    asked.locator("[name=reason]").fill("Lalai.")
    asked.locator("[name=article]").fill(ARTICLE)
    asked.get_by_role("button", name="Bekukan izin").click()
    desk.says("Tulis sebabnya dalam satu kalimat penuh").look("meja: tanpa alasan")
    assert desk.page.locator("form[action$='/suspension'] [name=article]").input_value() == ARTICLE
    assert city.one(PERMIT.format("state"), [permit_id]) == "active"


def _told(city: LiveCity, number: str, *codes: str) -> None:
    asked = "SELECT code FROM notices_notice WHERE facts->>'number' = %s AND code <> ALL(%s) ORDER BY at"
    until(city, asked, [number, ["permit.issued", "permit.renewable"]], list(codes))


def _permit(city: LiveCity, head: Window, case_id: str) -> tuple[str, str, str]:
    """The head signs what lies before her; the permit's id, number and code."""
    sign(head, UUID(case_id))
    until(city, "SELECT state FROM permits_permit WHERE case_id = %s", [case_id], ["active"])
    found = city.rows("SELECT id::text, number, code FROM permits_permit WHERE case_id = %s", [case_id])[0]
    return found[0], found[1], found[2]


def test_suspended_and_reinstated(city: LiveCity, device: Opener) -> None:
    case_id = a_case(city, "journey-suspend", "andi", "sign", began=2, holder_name="dr. Andi Wirawan")
    phone, desk, stranger = signed_in(device(PHONE), "andi"), signed_in(device(DESKTOP), "nurlaela"), device(PHONE)
    permit_id, number, code = _permit(city, desk, case_id)
    stranger.go(f"/sipeci/verify/{code}").says("Berlaku", "dr. Andi Wirawan", number).look("periksa: berlaku")
    _needs_a_reason(desk, case_id, permit_id, city)

    _decide(desk, case_id, "Bekukan izin", "suspension", CLOSED)
    assert city.one(PERMIT.format("state"), [permit_id]) == "suspended"
    stranger.go(f"/sipeci/verify/{code}").says("Dibekukan", CLOSED, ARTICLE)
    stranger.says("Izin ini tidak boleh dipakai selama dibekukan.").look("periksa: dibekukan")
    _told(city, number, "permit.suspended")
    phone.go("/pesan").says("Izin Anda dibekukan").follow("Izin Anda dibekukan")
    phone.says("Dibekukan", CLOSED, OBJECTION).look("izin saya: dibekukan")

    _decide(desk, case_id, "Berlakukan kembali", "reinstatement", OPENED)
    assert city.one(PERMIT.format("state"), [permit_id]) == "active"
    stranger.go(f"/sipeci/verify/{code}").says("Berlaku")
    assert CLOSED not in stranger.words
    _told(city, number, "permit.suspended", "permit.reinstated")
    acts = events(city, permit_id, "PermitSuspended", "PermitReinstated")
    assert [name for name, _actor, _data in acts] == ["PermitSuspended", "PermitReinstated"]
    assert all(CLOSED not in str(data) and OPENED not in str(data) for _name, _actor, data in acts)
    phone.go("/pesan").says("Izin Anda berlaku lagi").look("pesan: berlaku lagi")


def test_renewed_run_out_and_revoked(city: LiveCity, device: Opener) -> None:
    case_id = a_case(city, "journey-renew", "lim", "sign", began=2, holder_name="dr. Lim Mei Hua")
    phone, desk, stranger = signed_in(device(PHONE), "lim"), signed_in(device(DESKTOP), "nurlaela"), device(PHONE)
    permit_id, number, code = _permit(city, desk, case_id)
    phone.go(f"/sipeci/permits/{permit_id}").says("Bisa diajukan mulai").look("izin saya: belum bisa diperpanjang")
    last = today() + timedelta(days=80)
    _ends_on(city, permit_id, last)
    renewal = _renews(city, phone, permit_id)
    to_signature(city, renewal, "lim")
    fresh_id, fresh_number, fresh_code = _permit(city, desk, renewal)
    assert city.one(PERMIT.format("valid_from"), [fresh_id]) == last + timedelta(days=1)
    assert str(city.one(PERMIT.format("predecessor_id"), [fresh_id])) == permit_id
    assert city.one(PERMIT.format("state"), [permit_id]) == "active"
    stranger.go(f"/sipeci/verify/{fresh_code}").says("Belum mulai berlaku").look("periksa: perpanjangan")
    stranger.go(f"/sipeci/verify/{code}").says("Berlaku", "Lihat izin penggantinya").look("periksa: yang lama")
    phone.go(f"/sipeci/permits/{permit_id}").says("Sudah diperpanjang.").look("izin saya: sudah diperpanjang")
    assert phone.page.get_by_role("button", name="Perpanjang izin").count() == 0

    _ends_on(city, permit_id, today() - timedelta(days=1))
    city.rows("UPDATE permits_permit SET valid_from = %s WHERE id = %s RETURNING id", [today(), fresh_id])
    until(city, PERMIT.format("state"), [permit_id], ["expired"])
    _told(city, number, "permit.expired")
    stranger.go(f"/sipeci/verify/{code}").says("Habis masa berlaku", "Lihat izin penggantinya").look("periksa: habis")
    stranger.go(f"/sipeci/verify/{fresh_code}").says("Berlaku")
    phone.go("/pesan").says("Masa berlaku izin Anda habis").look("pesan: habis")

    _decide(desk, renewal, "Cabut izin", "revocation", MOVED)
    _revoked(city, device, phone, fresh_id, fresh_number, fresh_code)


def _ends_on(city: LiveCity, permit_id: str, last: object) -> None:
    asked = "UPDATE permits_permit SET valid_until = %s, valid_from = %s::date - 1800 WHERE id = %s RETURNING id"
    assert city.rows(asked, [last, last, permit_id])


def _renews(city: LiveCity, phone: Window, permit_id: str) -> str:
    """In the window of 90 days the page offers it, twice pressed it opens one draft, filled in from the permit."""
    phone.go("/sipeci/applications/").says("Perpanjangan sudah dibuka.").look("permohonan saya: 80 hari lagi")
    phone.go(f"/sipeci/permits/{permit_id}").says("Formulirnya sudah terisi dari izin ini.").look("izin saya: 80 hari")
    phone.press("Perpanjang izin").headed("Unggah berkas syarat").look("perpanjangan: tinggal berkasnya")
    case_id = phone.path.split("/")[3]
    phone.go(f"/sipeci/permits/{permit_id}").press("Perpanjang izin").headed("Unggah berkas syarat")
    assert phone.path.split("/")[3] == case_id
    kept = city.rows("SELECT application_type, predecessor::text FROM cases_case WHERE id = %s", [case_id])
    assert kept == [("renewal", permit_id)]
    phone.go(f"/sipeci/applications/{case_id}/form/review").says("dr. Lim Mei Hua", "Klinik Pratama Ciwaduk")
    phone.look("perpanjangan: periksa")
    return case_id


def _revoked(city: LiveCity, device: Opener, phone: Window, permit_id: str, number: str, code: str) -> None:
    assert city.one(PERMIT.format("state"), [permit_id]) == "revoked"
    assert [name for name, _by, _data in events(city, permit_id, "PermitRevoked")] == ["PermitRevoked"]
    _told(city, number, "permit.revoked")
    assert told(city, "lim", "permit.revoked", number) == 1
    for size, language, words in ((PHONE, "id", "Dicabut"), (DESKTOP, "en", "Revoked")):
        window = device(size, language=language)
        window.go(f"/sipeci/verify/{code}").says(words, MOVED, ARTICLE).look(f"periksa: dicabut, {language}")
    phone.go("/pesan").follow("Izin Anda dicabut")
    phone.says("Dicabut", MOVED, OBJECTION).look("izin saya: dicabut")
