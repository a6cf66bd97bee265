"""What the treasurer looks at: receipts, money without a bill, cash, what is overdue since when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from city.billing.declare import AUDIT, DECIDE, TREASURY
from city.billing.models import (
    Applied,
    BankDay,
    Bill,
    Deposit,
    Held,
    InstalmentPlan,
    Objection,
    Receipt,
    ReceiptConflict,
    Refund,
)
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.keyring import KeyLost
from city.kernel.subjects import open_for
from city.people.queries import names_of

T = TypeVar("T")

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


def desk_counts() -> dict[str, int]:
    """How much waits on each list of the desk."""
    return {
        "unmatched": unmatched().count(),
        "conflicts": ReceiptConflict.objects.count(),
        "refunds": open_refunds().count(),
        "objections": Objection.objects.filter(state=Objection.State.FILED).count(),
        "plans": InstalmentPlan.objects.filter(state=InstalmentPlan.State.ASKED).count(),
    }


def desk_bills(which: str, day: date) -> "QuerySet[Bill]":
    """open, late, objected (objections and instalments that wait), settled, or all."""
    rows = Bill.objects.all()
    if which == "open":
        return rows.open()
    if which == "late":
        return rows.open().filter(due_on__lt=day)
    if which == "objected":
        asked = Q(pk__in=Objection.objects.filter(state=Objection.State.FILED).values("bill_id"))
        split = Q(pk__in=InstalmentPlan.objects.filter(state=InstalmentPlan.State.ASKED).values("bill_id"))
        return rows.filter(asked | split)
    return rows.filter(state=Bill.State.SETTLED) if which == "settled" else rows


def held_reasons() -> dict[str, Any]:
    return dict(Held.Reason.choices)


def objection(objection_id: UUID) -> Objection:
    """Refuses (404) an id none has."""
    return _there(Objection.objects.select_related("bill").filter(pk=objection_id).first())


def plan(plan_id: UUID) -> InstalmentPlan:
    """Refuses (404) an id none has."""
    return _there(InstalmentPlan.objects.select_related("bill").filter(pk=plan_id).first())


def held(held_id: UUID) -> Held:
    """Refuses (404) an id none has."""
    return _there(Held.objects.select_related("receipt", "bill").filter(pk=held_id).first())


def _there(row: T | None) -> T:
    if row is None:
        raise Refusal("treasury.unknown", _("Yang Anda cari tidak ada. Muat ulang daftarnya."), status=404)
    return row


@dataclass(frozen=True)
class Spread:
    """One payment, and where each rupiah of it is: on bills, held, asked back."""

    receipt: Receipt
    applied: list[Applied]
    held: list[Held]
    refunds: list[Refund]
    deposit: Deposit | None = None  # it was the counter's own cash, told by the bank before it was noted


def spread_of(receipt_id: UUID) -> Spread:
    """Refuses (404) an id none has."""
    row = _there(Receipt.objects.select_related("bill", "request").filter(pk=receipt_id).first())
    return Spread(
        row,
        list(Applied.objects.select_related("bill").filter(receipt=row).order_by("at", "pk")),
        list(Held.objects.filter(receipt=row).order_by("at", "pk")),
        list(Refund.objects.filter(held__receipt=row).order_by("asked_at")),
        Deposit.objects.filter(receipt=row).first(),
    )


def last_deposits() -> list[Deposit]:
    return list(Deposit.objects.order_by("-at", "-pk")[:20])


def bank_days() -> list[BankDay]:
    """The newest days read, one row a day."""
    rows = BankDay.objects.order_by("-day", "-read_at").distinct("day")
    return list(rows[:31])


def day_in(text: str, otherwise: date) -> date:
    """A day in an address; another where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def account_of(row: Refund) -> str:
    """Where a refund goes: the account's digits, for the bank and for who approves. Needs the held bill at hand."""
    return open_for(owner_of(row.held, row.pk), bytes(row.to_account), about=about_account(row.pk))


def about_account(refund_id: UUID) -> str:
    return f"billing_refund.to_account:{refund_id}"


def owner_of(money: Held, refund_id: UUID) -> UUID:
    """Under whose key the account is sealed: its payer's, whose erasure takes it along; unknown money's own."""
    return money.bill.payer_id if money.bill is not None else refund_id


@dataclass(frozen=True)
class RefundRow:
    refund: Refund
    asked_by: str
    account: str


def refund_rows(*, whole: bool) -> list[RefundRow]:
    """Refunds on their way; the account whole for who decides, else its last four digits."""
    rows = list(open_refunds()[:100])
    names = names_of([row.asked_by for row in rows])
    return [RefundRow(row, names.get(row.asked_by, ""), _shown_account(row, whole)) for row in rows]


def _shown_account(row: Refund, whole: bool) -> str:
    try:
        digits = account_of(row)
    except KeyLost:  # erased at the payer's wish
        return ""
    return digits if whole else f"••••{digits[-4:]}"
