"""The treasurer finds out whose held money is, and puts it on a bill."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import day_of, locked, locked_held, named, not_now, require_decider
from city.billing.actions.posting import Arrival, Paper, given_back
from city.billing.actions.receive import settle_interest
from city.billing.actions.rework import Rework
from city.billing.declare import TREASURY
from city.billing.events import ReceiptMatched
from city.billing.models import Applied, Bill, Held
from city.billing.rules.interest import Paid
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id


@transaction.atomic
def match_receipt(*, held_id: UUID, bill_id: UUID, actor: Actor, at: datetime) -> Applied | None:
    """Put held money on a bill, as far as both go; it counts from the day it was paid. The bills are locked by id, then
    the money. Pressing twice puts it there once. None where it came in time to take the interest off, and nothing else
    is open: it stays held.

    Raises Refusal 403 (her own bill too), 404, 409 when nothing is left or the bill takes none.
    """
    actor.require(TREASURY)
    bill, held = _both(held_id, bill_id)
    require_decider(bill, actor, TREASURY, at)
    before = Applied.objects.filter(held=held, bill=bill).first()
    if before is not None and (held.left == 0 or not bill.takes_money):
        return before
    if held.left == 0:
        raise Refusal("held.used_up", _("Uang titipan ini sudah habis dipakai. Muat ulang daftarnya."))
    row_id, value_on = new_id(), max(held.receipt.paid_on, bill.issued_on)
    paper = Paper("billing.applied", row_id, day_of(at))
    work = Rework(bill, paper, actor, at)
    charged = bill.interest
    settle_interest(work, Paid(value_on, held.left))
    if not bill.takes_money and bill.interest == charged:
        raise not_now(bill)
    amount = max(0, min(held.left, bill.outstanding))
    if bill.agency == held.entity:
        work.book(Arrival(paper, amount, "KOMPENSASI"))
    else:  # it leaves one agency's books by the treasury's and comes into the other's
        work.book(Arrival(paper, amount, "NK"), [given_back(held.entity, paper, amount)] if amount else [])
    row = None
    if amount:
        row = Applied(id=row_id, bill=bill, receipt=held.receipt, held=held, amount=amount, value_on=value_on, at=at)
        _used(row, held)
        publish(ReceiptMatched(**named(bill), held_id=held.pk, amount=amount), by=actor, at=at)
    work.tell()
    return row


def _used(row: Applied, held: Held) -> None:
    row.save(force_insert=True)
    held.used += row.amount
    held.save(update_fields=["used"])


def _both(held_id: UUID, bill_id: UUID) -> tuple[Bill, Held]:
    from_bill = Held.objects.filter(pk=held_id).values_list("bill_id", flat=True).first()
    for one in sorted({bill_id, *([from_bill] if from_bill else [])}):
        locked(one)
    return locked(bill_id), locked_held(held_id)
