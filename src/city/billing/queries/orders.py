"""Orders at the bank: which to ask about, and what stands behind one."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max

from city.billing.models import Bill, PaymentRequest
from city.billing.queries.bills import payer_name
from city.kernel.rules import WIB

NEW = timedelta(hours=1)  # an order so young is asked about at every turn: its payer waits at the page
TURNS = 30  # an older one at one turn of so many
BANKS_MESSAGE = timedelta(hours=1)
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


def payable_until(bill: Bill) -> datetime:
    """Until when money may still come for a bill: the end of its day, or of a code or account that was given by then,
    with an hour for the bank's message."""
    last_day = datetime.combine(bill.due_on, time.max, tzinfo=WIB)
    given = PaymentRequest.objects.filter(bill=bill, asked_at__lte=last_day)
    longest = given.aggregate(longest=Max("expires_at"))["longest"]
    return max(last_day, longest + BANKS_MESSAGE) if longest else last_day


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
