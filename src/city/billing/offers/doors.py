"""Billing's doors in every page's frame, and the papers behind what it posted."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city.billing.declare import DECIDE, TREASURY
from city.billing.queries import paper_of
from city.ledger.declare import SOURCES
from city.ui.declare import Place, places

places.add(
    "bills", Place(gettext_lazy("Tagihan saya"), "billing-mine", frozenset({"account"}), order=15, signed_in=True)
)
places.add("tariffs", Place(gettext_lazy("Hitung retribusi"), "billing-tariffs", frozenset({"foot"}), order=30))
for order, permission in ((40, TREASURY), (41, DECIDE)):
    code = "treasury" if permission == TREASURY else "treasury-decides"
    words = gettext_lazy("Bendahara") if permission == TREASURY else gettext_lazy("Keputusan tagihan")
    places.add(code, Place(words, "billing-desk", frozenset({"desk"}), order=order, permission=permission))

TITLES = {
    "billing.bill": gettext_lazy("Tagihan"),
    "billing.charge": gettext_lazy("Bunga keterlambatan"),
    "billing.objection": gettext_lazy("Keberatan"),
    "billing.applied": gettext_lazy("Uang titipan ke tagihan"),
    "billing.receipt": gettext_lazy("Pembayaran"),
    "billing.refund": gettext_lazy("Pengembalian"),
    "billing.deposit": gettext_lazy("Setoran tunai"),
}


def _source(kind: str) -> Callable[[UUID], tuple[str, str] | None]:
    def ask(source: UUID) -> tuple[str, str] | None:
        page, args, number = paper_of(kind, source)
        return (
            (_("%(what)s %(number)s") % {"what": TITLES[kind], "number": number}, reverse(page, args=args))
            if page
            else None
        )

    return ask


for kind in TITLES:
    SOURCES.add(kind, _source(kind))
