"""Orders to the bank that take their time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from city.billing import actions


@app.task(name=actions.SEND_REFUNDS, queue="default", queueing_lock=actions.SEND_REFUNDS, lock=actions.SEND_REFUNDS)
def send_refunds() -> int:
    """A job, because a bank that hangs must not hold up the city's pulse; one at a time, so that no two senders act on
    one refund."""
    return actions.send_refunds(timezone.now())


@app.task(name=actions.FOLLOW_REFUNDS, queue="default", queueing_lock=actions.FOLLOW_REFUNDS, lock=actions.SEND_REFUNDS)
def follow_refunds() -> int:
    """Beside no sender, for the same reason."""
    return actions.follow_refunds(timezone.now())
