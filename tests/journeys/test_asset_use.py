"""The city's land for a stall: two agencies, an inspector, a bill paid in two ways, down to the books."""

import io
from datetime import datetime, timedelta
from uuid import UUID

import qriskit
import zxingcpp
from PIL import Image

from city.kernel.rules import WIB

from .applicant import choose, is_ready, submit
from .conftest import Opener
from .days import events, today, until
from .desk import accept_all, at_case, initial, review, sign
from .form import a_pdf, a_photo_of_a_card, a_portrait, answered, begun
from .live import LiveCity
from .people import sign_up, signed_in
from .window import DESKTOP, PHONE, SMALL_PHONE, Window

NAME = "Siti Nur'aini"
SENT = {
    "ktp": ("KTP.jpg", "image/jpeg", a_photo_of_a_card(NAME)),
    "sketch": ("sketsa.pdf", "application/pdf", a_pdf("SKETSA LOKASI", NAME)),
    "statement": ("pernyataan.pdf", "application/pdf", a_pdf("SURAT PERNYATAAN", NAME)),
}
PHOTOS = """
    SELECT count(*) FROM cases_inspectionphoto p JOIN cases_inspection i ON i.id = p.inspection_id
    JOIN documents_storedfile f ON f.id = p.file_id WHERE i.case_id = %s AND f.state = 'ready'
"""
FEE, FIRST = 1_620_000, 1_000_000


def _answers() -> dict[str, str]:
    first = today() + timedelta(days=60)
    return {
        "location": "Tepi Jalan Jenderal Sudirman, depan Taman Layak Anak",
        "kelurahan": "Jombang/Masigit",
        "place": "main_road",
        "area": "14",
        "purpose": "trade",
        "activity": "Gerai makanan ringan, buka pukul 16.00 sampai 22.00.",
        "structure": "tent",
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=89)).isoformat(),
        "phone": "081200000002",
        "home_address": "Jalan Pantai 7, Suralaya",
    }


def _applies(phone: Window) -> UUID:
    phone.go("/sipeci/kinds/pemakaian_aset").says("contoh, belum ditetapkan").look("layanan")
    case_id = begun(phone, "pemakaian_aset")
    for step in ("Tanah", "Pemakaian", "Anda"):
        phone.headed(step).look(f"langkah {step}")
        answered(phone, _answers())
    for document, upload in SENT.items():
        is_ready(choose(phone, document, upload), document)
    phone.look("berkas")
    submit(phone)
    return UUID(case_id)


def _inspected(city: LiveCity, asep: Window, case_id: UUID) -> None:
    """On the small phone he has in the field: a day, what he saw, two photos, his signature."""
    soon = datetime.now(WIB) + timedelta(minutes=2)
    asep.go(f"/sipeci/desk/{case_id}/inspection").headed("Izin pemakaian tanah kota").look("pemeriksaan: jadwal")
    asep.fill(day=f"{soon:%Y-%m-%d}", hour=f"{soon:%H:%M}").press("Simpan jadwal").says("Jadwal tersimpan")
    asep.look("pemeriksaan: berita acara")
    for check in ("boundary", "owned", "road", "safe"):
        asep.fill(**{f"check_{check}": "yes"})
    asep.fill(measure_area="12", party="applicant", party_name=NAME, result="fit", conclusion="Sesuai sketsa, 12 m².")
    asep.press("Simpan berita acara").says("Berita acara tersimpan")
    for number in (1, 2):
        photo = (f"lokasi{number}.jpg", "image/jpeg", a_portrait())
        picker = asep.page.locator("input[type=file]").last
        picker.set_input_files({"name": photo[0], "mimeType": photo[1], "buffer": photo[2]})
        until(city, PHOTOS, [case_id], [number])
        asep.go(f"/sipeci/desk/{case_id}/inspection")
    asep.look("pemeriksaan: foto")
    asep.page.locator("[name=agreed]").check()
    asep.press("Tanda tangani berita acara").says("Berita acara sudah ditandatangani").look("pemeriksaan: selesai")


def _assessed(city: LiveCity, device: Opener, case_id: UUID) -> None:
    dewi = signed_in(device(DESKTOP), "dewi")
    accept_all(dewi, case_id).press("Nyatakan lengkap").says("Dinyatakan lengkap")
    asep = signed_in(device(SMALL_PHONE), "asep")
    review(asep, case_id)
    _inspected(city, asep, case_id)
    wulan = signed_in(device(DESKTOP), "wulan")
    review(wulan, case_id)
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["recommended"])
    at_case(wulan, case_id).says("Rp1.620.000").look("BPKAD: penetapan")
    wulan.press("Tetapkan dan kirim tagihan").says("Retribusi ditetapkan").look("BPKAD: ditetapkan")
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["awaiting_payment"])


def _pays_a_part_by_account(city: LiveCity, phone: Window, payer: Window, bill: UUID) -> None:
    phone.go(f"/bills/{bill}").says("Rp1.620.000", "satu juta enam ratus dua puluh ribu rupiah").look("tagihan")
    phone.press("Bayar dengan virtual account").says("Transfer tepat").look("tagihan: virtual account")
    phone.follow("Berperan sebagai nasabah bank tiruan").says("Tagihan menurut bank").look("bank contoh")
    phone.page.locator("[name=amount]").fill(str(FIRST))
    phone.press("Bayar jumlah ini").says("uang dibayarkan")
    until(city, "SELECT paid FROM billing_bill WHERE id = %s", [bill], [FIRST])
    payer.go(f"/bills/{bill}", status=404)  # somebody else's bill is not there


def _pays_the_rest_by_qris(city: LiveCity, phone: Window, bill: UUID) -> None:
    phone.go(f"/bills/{bill}").says("Rp620.000").press("Bayar dengan QRIS").says("Pindai dengan aplikasi")
    phone.look("tagihan: QRIS")
    shot = Image.open(io.BytesIO(phone.page.locator(".qr").first.screenshot())).convert("L")
    read = zxingcpp.read_barcode(shot)
    assert read is not None
    assert read.text == phone.page.locator("[data-payload=qris]").text_content()
    told = qriskit.parse(read.text, strict=True)
    assert (qriskit.validate(read.text), int(float(str(told.amount)))) == ([], FEE - FIRST)
    phone.follow("Berperan sebagai nasabah bank tiruan").press("Bayar", exact=True).says("uang dibayarkan")
    phone.press("Kirim kabar terakhir sekali lagi").press("Kirim kabar palsu tanpa membayar").look("bank contoh: kabar")
    until(city, "SELECT state FROM billing_bill WHERE id = %s", [bill], ["settled"])
    phone.go(f"/bills/{bill}").says("Lunas").look("tagihan: lunas")


def _in_the_books(city: LiveCity, device: Opener, bill: UUID, number: str) -> None:
    tri = signed_in(device(DESKTOP), "tri")
    tri.go("/simral/treasury").look("bendahara: tagihan")
    tri.go(f"/simral/treasury/bills/{bill}").says(number, "Lunas").look("bendahara: satu tagihan")
    for place in ("receipts", "unmatched", "refunds", "deposits", "reconciliation", "ageing"):
        tri.go(f"/simral/treasury/{place}").look(f"bendahara: {place}")
    tri.go("/simral/ledger/trial-balance?book=finansial").says("1.1.04").look("neraca saldo")
    receivable = city.one(
        "SELECT sum(debit - credit)::bigint FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
        " JOIN ledger_document d ON d.id = e.document_id WHERE l.account LIKE '1.1.04.%%' AND d.source IN"
        " (SELECT %s::uuid UNION SELECT id FROM billing_receipt WHERE bill_id = %s)",
        [bill, bill],
    )
    assert receivable == 0
    city.run("from django.core.management import call_command as call; call('verify')")


def test_a_stall_on_city_land_from_form_to_paid_permit(city: LiveCity, device: Opener) -> None:
    phone = device(PHONE)
    sign_up(phone, city, NAME)
    case_id = _applies(phone)
    _assessed(city, device, case_id)
    phone.go(f"/sipeci/applications/{case_id}").says("Rp1.620.000").look("permohonan: menunggu pembayaran")
    bill, number = city.rows("SELECT id, number FROM billing_bill WHERE subject_id = %s", [case_id])[0]
    stranger = signed_in(device(PHONE), "siti")
    _pays_a_part_by_account(city, phone, stranger, bill)
    _pays_the_rest_by_qris(city, phone, bill)
    assert city.rows("SELECT channel, amount FROM billing_receipt WHERE bill_id = %s ORDER BY received_at", [bill]) == [
        ("va", FIRST),
        ("qris", FEE - FIRST),
    ]
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["paid"])
    bayu = signed_in(device(DESKTOP), "bayu")
    at_case(bayu, case_id).look("pengolah: lunas").fill(outcome="grant").press("Buat konsep dan kirim ke paraf")
    for who, turn in (("ratna", "initial_2"), ("yusuf", "sign")):
        initial(signed_in(device(DESKTOP), who), case_id)
        until(city, "SELECT turn FROM cases_case WHERE id = %s", [case_id], [turn])
    sign(signed_in(device(DESKTOP), "nurlaela"), case_id)
    until(city, "SELECT state FROM cases_case WHERE id = %s", [case_id], ["issued"])
    phone.go(f"/sipeci/applications/{case_id}").look("permohonan: izin")
    way = ["CaseRegistered", "ReviewGiven", "InspectionSigned", "PaymentAwaited", "CasePaid", "CaseIssued"]
    assert set(way) <= {name for name, _by, _data in events(city, str(case_id), *way)}
    _in_the_books(city, device, bill, number)
