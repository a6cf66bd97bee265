"""Orders at the bank: which to ask about, and what stands behind one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from city.billing.models import PaymentRequest
from city.billing.queries.bills import payer_name

NEW = timedelta(hours=1)  # an order so young is asked about at every turn: its payer waits at the page
TURNS = 30  # an older one at one turn of so many
AFTER = timedelta(days=1)  # after it ran out, for whoever paid late; then the day's statement has to tell


def orders_to_ask(at: datetime, turn: int, most: int = 200) -> list[tuple[str, str]]:
    """Channel and reference of orders nobody told us a payment of, the newest first. `turn` counts the askings."""
    waiting = PaymentRequest.objects.filter(receipts=None, expires_at__gt=at - AFTER).order_by("-asked_at")
    found = waiting.values_list("id", "channel", "reference", "asked_at").iterator()
    due = (
        (channel, reference)
        for key, channel, reference, asked_at in found
        if asked_at > at - NEW or key.int % TURNS == turn % TURNS
    )
    return [order for order, _place in zip(due, range(most), strict=False)]


@dataclass(frozen=True)
class OrderNow:
    """What a bank may tell a payer who typed this order's number. `amount` is what the order asked for."""

    label: str
    payer_name: str
    amount: int
    expires_at: datetime
    settled: bool
    cancelled: bool


def order_now(channel: str, reference: str) -> OrderNow | None:
    row = PaymentRequest.objects.select_related("bill").filter(channel=channel, reference=reference).first()
    if row is None:
        return None
    bill = row.bill
    return OrderNow(
        bill.number,
        payer_name(bill),
        row.amount,
        row.expires_at,
        settled=bill.state == bill.State.SETTLED,
        cancelled=bill.state == bill.State.CANCELLED,
    )
