"""A bill as its payer or the treasurer reads it: what is due and why, what was paid, what may be done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from city.billing.declare import FORMULAS, QRIS, VA
from city.billing.models import (
    Bill,
    Held,
    Instalment,
    InstalmentPlan,
    InterestCharge,
    Objection,
    PaymentRequest,
    Receipt,
    Refund,
)
from city.billing.queries.bills import explanation, payer_name
from city.billing.queries.rates import objection_window
from city.billing.queries.schedule import Due, next_due
from city.billing.rules.objections import last_day_to_file
from city.kernel.money import terbilang
from city.kernel.rules import WIB
from city.ui.environment import language
from city.ui.qr import qr_svg
from city.ui.rules.formats import date_long, rupiah

TONES = {"open": "you", "partly_paid": "you", "settled": "ok", "cancelled": ""}


@dataclass(frozen=True)
class BillPage:
    """Everything a bill's page shows; lists are newest first."""

    bill: Bill
    day: date
    formula: Any
    payer: str
    headline: str
    words: str
    next: Due
    lines: list[dict[str, Any]]
    undecreed: bool
    receipts: list[Receipt]
    charges: list[InterestCharge]
    held: list[Held]
    refunds: list[Refund]
    plan: InstalmentPlan | None
    parts: list[Instalment]
    objection: Objection | None
    object_until: date
    qris: PaymentRequest | None = None
    account: PaymentRequest | None = None
    qr: Markup | None = None

    @property
    def state(self) -> tuple[str, str]:
        """(words, tone)."""
        if self.bill.is_overdue(self.day):
            return _("Lewat jatuh tempo"), "bad"
        return str(self.bill.get_state_display()), TONES[self.bill.state]

    @property
    def may_object(self) -> bool:
        return self.objection is None and self.bill.state != "cancelled" and self.day <= self.object_until

    @property
    def may_split(self) -> bool:
        early = self.bill.takes_money and not self.bill.is_overdue(self.day) and not self.bill.interest
        return early and self.plan is None and self.bill.principal - self.bill.paid > 1


def bill_page(row: Bill, at: datetime) -> BillPage:
    """The page as it stands at a moment."""
    day = at.astimezone(WIB).date()
    lines = explanation(row)
    qris, account = (_holding(row, channel, at) for channel in (QRIS, VA))
    next_ = next_due(row)
    plan = InstalmentPlan.objects.filter(bill=row).order_by("-asked_at").first()
    return BillPage(
        bill=row,
        day=day,
        formula=FORMULAS.get(row.formula),
        payer=payer_name(row),
        headline=_headline(row, next_, plan, day),
        words=f"{terbilang(next_.amount or row.due)} rupiah",
        next=next_,
        lines=lines,
        undecreed=not all(line["decreed"] for line in lines),
        receipts=list(Receipt.objects.filter(bill=row).order_by("-received_at", "-pk")),
        charges=list(InterestCharge.objects.filter(bill=row).order_by("-at", "-pk")),
        held=list(Held.objects.filter(bill=row).order_by("-at", "-pk")),
        refunds=list(Refund.objects.filter(held__bill=row).order_by("-asked_at")),
        plan=plan if plan is None or plan.state != "refused" else None,
        parts=list(Instalment.objects.filter(plan=plan).order_by("position")) if plan else [],
        objection=Objection.objects.filter(bill=row).first(),
        object_until=last_day_to_file(row.issued_on, objection_window(row.issued_on)),
        qris=qris,
        account=account,
        qr=qr_svg(qris.code) if qris else None,
    )


def _holding(row: Bill, channel: str, at: datetime) -> PaymentRequest | None:
    """The newest order that still holds for what is due next, or for all that is open."""
    if not row.takes_money:
        return None
    amounts = (next_due(row).amount, row.outstanding)
    asked = PaymentRequest.objects.filter(bill=row, channel=channel, expires_at__gt=at, amount__in=amounts)
    return asked.order_by("-asked_at").first()


def _headline(row: Bill, due: Due, plan: InstalmentPlan | None, day: date) -> str:
    facts = {"amount": rupiah(due.amount, language()), "day": date_long(due.day, language())}
    if row.state == Bill.State.SETTLED:
        return _("Lunas: %(amount)s sudah kami terima.") % {"amount": rupiah(row.due, language())}
    if row.state == Bill.State.CANCELLED:
        return _("Dibatalkan. Tidak ada yang perlu dibayar.")
    if row.is_overdue(day):
        return _("Bayar %(amount)s secepatnya. Jatuh temponya sudah lewat: %(day)s.") % facts
    if plan is not None and due.place:
        part = {"place": due.place, "count": plan.count}
        return _("Bayar bagian %(place)s dari %(count)s, %(amount)s, paling lambat %(day)s.") % {**facts, **part}
    return _("Bayar %(amount)s paling lambat %(day)s.") % facts
