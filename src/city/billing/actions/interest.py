"""Interest for paying late: charged as each month begins (STRD), for all that is overdue."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.billing.actions.lock import day_of, locked, named
from city.billing.actions.posting import Arrival, Paper
from city.billing.actions.rework import Rework
from city.billing.events import InterestCharged
from city.billing.models import Bill
from city.billing.queries import interest_on
from city.kernel.actor import Actor, system
from city.kernel.events import publish

log = logging.getLogger(__name__)
CLOCK = system("clock")


@transaction.atomic
def charge_interest(*, bill_id: UUID, at: datetime, actor: Actor = CLOCK) -> int:
    """Charge what has begun since the last time; returns the rupiah charged, 0 where nothing new is due. Repeatable."""
    bill = locked(bill_id)
    day = day_of(at)
    if not bill.is_overdue(day):
        return 0
    more = interest_on(bill, day) - bill.interest
    if more <= 0:
        return 0
    paper = Paper("billing.bill", bill.pk, day)
    work = Rework(bill, paper, actor, at)
    bill.interest += more
    work.book(Arrival(paper))
    publish(InterestCharged(**named(bill), amount=more, until=day), by=actor, at=at)
    return more


def charge_all_interest(at: datetime) -> int:
    """Every overdue bill, each in a transaction of its own: one that cannot be charged holds none of the others, and is
    tried again at the next turn. Returns how many were charged."""
    overdue = Bill.objects.open().filter(due_on__lt=day_of(at)).order_by("pk").values_list("pk", flat=True)
    return sum(_charged(bill_id, at) for bill_id in overdue)


def _charged(bill_id: UUID, at: datetime) -> bool:
    try:
        return bool(charge_interest(bill_id=bill_id, at=at))
    except Exception:
        log.exception("interest on bill %s could not be charged", bill_id)
        return False
