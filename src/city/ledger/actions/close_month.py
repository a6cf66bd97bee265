"""A month is closed: what comes later keeps its value date and is booked in the month it comes in."""

from datetime import datetime

from django.db import connection, transaction

from city.kernel.actor import Actor
from city.kernel.events import publish
from city.ledger.actions.refusing import refusals
from city.ledger.events import MonthClosed


@transaction.atomic
def close_month(*, year: int, month: int, actor: Actor, at: datetime) -> bool:
    """Close a month that is over, and every one before it; 13 ends a closed year's audit adjustments. False when it was
    closed already. Waits for postings under way. Raises Refusal 403, 422."""
    actor.require("ledger.close")
    with refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_close(%s, %s, %s, %s)", [year, month, actor.ref, at])
        new = bool(cursor.fetchone()[0])
    if new:
        publish(MonthClosed(year=year, month=month), by=actor, at=at)
    return new
