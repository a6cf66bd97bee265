"""A bill is cancelled: nothing is due on it any more, and what was paid is owed back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.billing.actions.lock import day_of, locked, named, require_decider, wrong
from city.billing.actions.posting import Arrival, Paper
from city.billing.actions.rework import Rework
from city.billing.declare import DECIDE
from city.billing.events import BillCancelled
from city.billing.models import Bill
from city.billing.queries import interest_on
from city.kernel.actor import Actor
from city.kernel.events import publish


@transaction.atomic
def cancel(*, bill_id: UUID, reason: str, actor: Actor, at: datetime) -> Bill:
    """Cancel a bill in any state: its claim is corrected away, its payments are held for the payer.

    The city itself may (a withdrawn application), or an office with `billing.decide`. Repeatable. Raises Refusal 403,
    404, 422 without a reason.
    """
    bill = locked(bill_id)
    if not actor.ref.startswith("system:"):
        require_decider(bill, actor, DECIDE, at)
    if not reason.strip():
        raise wrong("bill.no_reason", "reason", _("Tulis alasan pembatalannya."))
    if bill.state != Bill.State.CANCELLED:
        take_back(bill, Paper("billing.bill", bill.pk, day_of(at)), reason.strip(), actor=actor, at=at)
    return bill


def take_back(bill: Bill, paper: Paper, reason: str, *, actor: Actor, at: datetime) -> None:
    """Nothing is due on the locked bill any more."""
    work = Rework(bill, paper, actor, at)
    bill.reduced, bill.interest = bill.amount, 0
    bill.cancelled_at, bill.cancel_reason = at, reason[:400]
    work.book(Arrival(paper), cancelled=True)
    publish(BillCancelled(**named(bill)), by=actor, at=at)


def lower(bill: Bill, paper: Paper, new_principal: int, *, actor: Actor, at: datetime) -> None:
    """A smaller principal on the locked bill, and the interest that goes with it; the caller says why by its event."""
    work = Rework(bill, paper, actor, at)
    bill.reduced = bill.amount - new_principal
    bill.interest = min(bill.interest, interest_on(bill, day_of(at), principal=new_principal))
    work.book(Arrival(paper))
    work.tell()
