"""Money as it comes: late, twice, for a file that was withdrawn, in parts, too much. Nothing is lost, nothing twice."""

from uuid import UUID

from .bank import a_bill, at_the_bank, is_now, is_sound, months_pass, pays, told_of
from .conftest import Opener
from .days import events, today, until
from .desk import at_case
from .live import LiveCity
from .people import signed_in
from .window import DESKTOP, PHONE, SMALL_PHONE, Window

HELD = "SELECT amount - used FROM billing_held WHERE bill_id = %s AND amount > used ORDER BY at"
FEE = 1_620_000


def _asks_back(phone: Window, bill: UUID, amount: str) -> None:
    phone.go(f"/bills/{bill}").says("Uang Anda yang kami simpan", amount).look("tagihan: titipan")
    phone.follow("Minta dikembalikan").headed(f"Minta {amount} kembali")
    phone.fill(bank="Bank Antah", account="12", name="Sri Wahyuni").press("Minta dikembalikan")
    phone.says("Isian Anda masih ada di halaman ini.").look("pengembalian: salah")
    phone.fill(bank="Bank Contoh", account="0012 3456 789").press("Minta dikembalikan")
    phone.says("Menunggu persetujuan").look("tagihan: diminta kembali")


def test_paid_twice_and_given_back_by_two_people(city: LiveCity, device: Opener) -> None:
    case_id, bill, number = a_bill(city, "journey-twice", "sri")
    phone = signed_in(device(SMALL_PHONE), "sri")
    pays(at_the_bank(phone, bill))
    is_now(city, bill, "settled")
    pays(phone, "Bayar sekali lagi")
    until(city, HELD, [bill], [FEE])
    told_of(city, "bill.held", number)
    _asks_back(phone, bill, "Rp1.620.000")
    told_of(city, "treasury.refund", number)
    lukman = signed_in(device(DESKTOP), "lukman")
    lukman.go("/simral/treasury/refunds").says("Bank Contoh").look("pengembalian: menunggu")
    lukman.press("Setujui pengembalian").says("Yang disetujui dikirim ke bank sebentar lagi")
    refund = "SELECT r.state FROM billing_refund r JOIN billing_held h ON h.id = r.held_id WHERE h.bill_id = %s"
    until(city, refund, [bill], ["sent"])
    told_of(city, "bill.refund_sent", number)
    tri = signed_in(device(DESKTOP), "tri")
    tri.go(f"/simral/treasury/reconciliation?day={today()}").press("Baca mutasi").look("cocokkan bank")
    until(city, refund, [bill], ["confirmed"])
    phone.go(f"/bills/{bill}").says("Lunas: Rp1.620.000 sudah kami terima.").look("tagihan: kembali")
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["paid"])
    assert len(events(city, case_id, "CasePaid")) == 1
    is_sound(city)


def test_paid_although_the_file_was_withdrawn(city: LiveCity, device: Opener) -> None:
    case_id, bill, number = a_bill(city, "journey-withdrawn", "sri")
    phone, bank = signed_in(device(PHONE), "sri"), signed_in(device(PHONE), "sri")
    at_the_bank(bank, bill, "Bayar dengan virtual account")
    phone.go(f"/sipeci/applications/{case_id}/withdrawal").press("Tarik permohonan").says("Permohonan ditarik.")
    is_now(city, bill, "cancelled")
    pays(bank)
    until(city, HELD, [bill], [FEE])
    told_of(city, "bill.held_cancelled", number)
    phone.go(f"/bills/{bill}").says("Dibatalkan. Tidak ada yang perlu dibayar.", "Minta dikembalikan")
    phone.look("tagihan: ditarik lalu dibayar")
    assert city.one("SELECT state FROM cases_case WHERE id = %s", [case_id]) == "withdrawn"
    is_sound(city)


def test_an_objection_is_won_after_paying(city: LiveCity, device: Opener) -> None:
    _case, bill, number = a_bill(city, "journey-objection", "joko")
    phone = signed_in(device(PHONE), "joko")
    pays(at_the_bank(phone, bill))
    is_now(city, bill, "settled")
    phone.go(f"/bills/{bill}").follow("Ajukan keberatan").look("keberatan")
    phone.press("Kirim keberatan").says("Pilih satu alasan.")
    phone.fill(why="area", reason="Kiosnya 2 m × 3 m.", claimed="810.000").press("Kirim keberatan")
    phone.says("Keberatan", "Kiosnya 2 m × 3 m.").look("tagihan: keberatan")
    told_of(city, "treasury.objection", number)
    lukman = signed_in(device(DESKTOP), "lukman")
    lukman.go("/pesan").follow(f"Keberatan perlu dijawab: {number}").says("Menurut pembayar: Rp810.000")
    lukman.look("bendahara: keberatan")
    lukman.fill(new_amount="810.000", words="Menurut gambar lokasi luasnya 6 m².").press("Putuskan keberatan")
    until(city, HELD, [bill], [810_000])
    told_of(city, "bill.objection_granted", number)
    phone.go("/pesan").says("Keberatan dikabulkan").look("pesan: keberatan dikabulkan")
    phone.go(f"/bills/{bill}").says("Menurut gambar lokasi luasnya 6 m².", "Rp810.000")
    assert city.rows("SELECT state, reduced, paid FROM billing_bill WHERE id = %s", [bill]) == [
        ("settled", 810_000, 810_000)
    ]
    is_sound(city)


def test_three_instalments_and_the_rest_at_once(city: LiveCity, device: Opener) -> None:
    _case, bill, number = a_bill(city, "journey-parts", "joko")
    phone = signed_in(device(PHONE), "joko")
    phone.go(f"/bills/{bill}").follow("Minta angsuran").look("angsuran")
    phone.fill(count="3", reason="Usaha baru mulai.").press("Kirim permintaan").says("Anda meminta 3 kali.")
    told_of(city, "treasury.instalments", number)
    lukman = signed_in(device(DESKTOP), "lukman")
    lukman.go("/pesan").follow(f"Angsuran perlu dijawab: {number}").look("bendahara: angsuran")
    lukman.press("Setujui angsuran").says("Rp540.000")
    told_of(city, "bill.instalments_agreed", number)
    phone.go(f"/bills/{bill}").says("Bayar bagian 1 dari 3, Rp540.000").look("tagihan: bagian 1")
    pays(at_the_bank(phone, bill, "Bayar dengan virtual account"))
    told_of(city, "bill.next_part", number)
    phone.go("/pesan").says("Rp540.000 kami terima")
    phone.go(f"/bills/{bill}").says("Bayar bagian 2 dari 3, Rp540.000").look("tagihan: bagian 2")
    pays(at_the_bank(phone, bill, "Bayar semua sisanya, Rp1.080.000, dengan QRIS"))
    is_now(city, bill, "settled")
    assert city.rows("SELECT channel, amount FROM billing_receipt WHERE bill_id = %s ORDER BY received_at", [bill]) == [
        ("va", 540_000),
        ("qris", 1_080_000),
    ]
    is_sound(city)


def test_a_building_paid_late_with_interest_goes_to_simbg(city: LiveCity, device: Opener) -> None:
    case_id, bill, number = a_bill(city, "journey-late", "lim", "pbg")
    phone = signed_in(device(PHONE), "lim")
    due = city.one("SELECT due_on FROM billing_bill WHERE id = %s", [bill])
    due = months_pass(city, bill, (due - today()).days + 40)
    told_of(city, "bill.interest", number)
    phone.go("/pesan").says("Bunga keterlambatan Rp8.100").look("pesan: bunga")
    phone.go(f"/bills/{bill}").says("Bayar Rp413.100 secepatnya.", "Termasuk bunga keterlambatan Rp8.100.")
    phone.look("tagihan: terlambat")
    pays(at_the_bank(phone, bill))
    is_now(city, bill, "settled")
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["paid"])
    ratna = signed_in(device(DESKTOP), "ratna")
    at_case(ratna, UUID(case_id)).look("meja: PBG lunas").press("Serahkan ke SIMBG").look("meja: PBG diserahkan")
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["handed_over"])
    phone.go(f"/sipeci/applications/{case_id}").says("SIMBG").look("permohonan: diserahkan")
    assert (today() - due).days == 40
    is_sound(city)
