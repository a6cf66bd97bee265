"""Bills of a journey, and the customer of the simulated bank who pays them."""

from datetime import date, timedelta
from uuid import UUID

from city.operate.demo.cast import id_of

from .days import until, walked
from .live import LiveCity
from .window import Window

STALL = {
    "location": "Tepi Jalan Contoh Pantai, depan halte",
    "kelurahan": "Pulomerak/Mekarsari",
    "activity": "Warung kopi, buka pukul 06.00 sampai 14.00.",
}
HOUSE = {"building_address": "Jalan Contoh Melati 5, Ciwedus", "kelurahan": "Cilegon/Ciwedus"}
FEES = {"pemakaian_aset": 1_620_000, "pbg": 405_000}


def a_bill(city: LiveCity, key: str, who: str, kind: str = "pemakaian_aset") -> tuple[str, UUID, str]:
    """Somebody of the cast owes for a stall of 12 m² for 90 days, or a house of 90 m². Gives case, bill and number."""
    place = STALL if kind == "pemakaian_aset" else {**HOUSE, "simbg_number": f"PBG-367208-20112026-{len(key):02d}"}
    case_id = str(id_of(f"case:{key}"))
    walked(city, case_id, {"key": key, "who": who, "kind": kind, "began": 4, "until": "pay", "place": place})
    bill, number, amount = city.rows("SELECT id, number, amount FROM billing_bill WHERE subject_id = %s", [case_id])[0]
    assert amount == FEES[kind]
    return case_id, bill, number


def at_the_bank(phone: Window, bill: UUID, words: str = "Bayar dengan QRIS") -> Window:
    """Ask for a way to pay and go over to the bank's side of it."""
    phone.go(f"/bills/{bill}").press(words).says("Bayar sekarang")
    return phone.follow("Berperan sebagai nasabah bank tiruan").says("Tagihan menurut bank")


def pays(phone: Window, words: str = "Bayar") -> Window:
    """One act of the bank's customer."""
    return phone.press(words, exact=True).says("uang dibayarkan")


def is_now(city: LiveCity, bill: UUID, state: str) -> None:
    until(city, "SELECT state FROM billing_bill WHERE id = %s", [bill], [state])


def told_of(city: LiveCity, code: str, number: str, count: int = 1) -> None:
    """So many notices of this code about a bill are written."""
    asked = "SELECT count(*) FROM notices_notice WHERE code = %s AND facts->>'number' = %s"
    until(city, asked, [code, number], [count])


def months_pass(city: LiveCity, bill: UUID, days: int) -> date:
    """The bill's own days are moved back, and the clock's hourly look at overdue bills is taken now."""
    back = timedelta(days=days)
    city.rows(
        "UPDATE billing_bill SET due_on = due_on - %s, issued_on = issued_on - %s WHERE id = %s RETURNING due_on",
        [back, back, bill],
    )
    city.run(
        "from django.utils.timezone import now; from city.billing.actions import charge_all_interest as charge;"
        " charge(now())"
    )
    due: date = city.one("SELECT due_on FROM billing_bill WHERE id = %s", [bill])
    return due


def is_sound(city: LiveCity) -> None:
    """What an auditor would ask: every check of the city, the books among them."""
    city.run("from django.core.management import call_command as call; call('verify')")
