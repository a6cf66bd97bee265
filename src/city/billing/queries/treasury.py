"""What the treasurer looks at: receipts, money without a bill, cash, what is overdue since when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from city.billing.declare import AUDIT, DECIDE, TREASURY
from city.billing.models import Bill, Held, Receipt, ReceiptConflict, Refund
from city.kernel.actor import Actor

AGES = ((0, 30), (31, 90), (91, 180), (181, 365), (366, None))


def require_view(actor: Actor) -> None:
    """Whoever keeps the money, decides on it or audits it. Raises Refusal 403 for anybody else."""
    if not actor.permissions & {TREASURY, DECIDE, AUDIT}:
        actor.require(TREASURY)


def receipts() -> "QuerySet[Receipt]":
    """Everything that came, the newest first; `bill` and `request` are at hand."""
    return Receipt.objects.select_related("bill", "request").order_by("-received_at", "-pk")


def unmatched() -> "QuerySet[Held]":
    """Money on no bill that can still be used, the newest first."""
    rows = Held.objects.select_related("receipt", "bill").filter(used__lt=F("amount"))
    return rows.order_by("-at", "-pk")


def conflicts() -> "QuerySet[ReceiptConflict]":
    """Payments that the bank told twice, and otherwise."""
    return ReceiptConflict.objects.select_related("receipt__bill").order_by("-at", "-pk")


def open_cash(agency: str) -> "QuerySet[Receipt]":
    """Cash an agency's counter holds: received and not deposited."""
    rows = Receipt.objects.filter(channel=Receipt.Channel.CASH, entity=agency, deposit_line=None)
    return rows.order_by("received_at", "pk")


def cash_by_agency() -> list[dict[str, Any]]:
    """(agency, count, amount) of cash that waits to be deposited."""
    rows = Receipt.objects.filter(channel=Receipt.Channel.CASH, deposit_line=None)
    sums = rows.values("entity").annotate(count=Count("pk"), amount=Sum("amount")).order_by("entity")
    return [dict(row) for row in sums]


def open_refunds() -> "QuerySet[Refund]":
    """Refunds on their way, the oldest first."""
    rows = Refund.objects.select_related("held__bill", "held__receipt")
    done = (Refund.State.CONFIRMED, Refund.State.REFUSED)
    return rows.exclude(state__in=done).order_by("asked_at", "pk")


@dataclass(frozen=True)
class Age:
    """Open bills whose due day passed this long ago; `most` None has no end. Days before due are -1 to -1."""

    least: int
    most: int | None
    count: int
    amount: int

    @property
    def is_due(self) -> bool:
        return self.least >= 0


def ageing(day: date) -> list[Age]:
    """What is open by how long it is overdue on a day: not due yet, then 0–30 days and so on, in rupiah."""
    open_now = Bill.objects.open()
    ages = [_age(-1, -1, open_now.filter(due_on__gte=day))]
    for least, most in AGES:
        late = Q(due_on__lt=day) & Q(due_on__lte=day - timedelta(days=max(least, 1)))
        if most is not None:
            late &= Q(due_on__gte=day - timedelta(days=most))
        ages.append(_age(least, most, open_now.filter(late)))
    return ages


def _age(least: int, most: int | None, rows: "QuerySet[Bill]") -> Age:
    owed = F("amount") + F("interest") - F("reduced") - F("paid")
    told = rows.aggregate(count=Count("pk"), amount=Sum(owed))
    return Age(least, most, told["count"], told["amount"] or 0)
