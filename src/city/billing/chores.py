"""What the clock does to money owed: interest as months begin, silence that grants, refunds on their way."""

from contextlib import suppress
from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from city.billing import actions
from city.billing.declare import BANKS
from city.kernel.pulse import every


@every(seconds=900)
def charge_interest(at: datetime) -> int:
    return actions.charge_all_interest(at)


@every(seconds=900)
def deem_granted(at: datetime) -> int:
    return actions.deem_silent_granted(at)


@every(seconds=20)
def send_refunds(at: datetime) -> None:
    """Have approved refunds sent, unless that is waiting already."""
    _have_done(actions.SEND_REFUNDS)


@every(seconds=900)
def follow_refunds(at: datetime) -> None:
    """Have the bank asked about what was sent, unless that is waiting already."""
    _have_done(actions.FOLLOW_REFUNDS)


def _have_done(task: str) -> None:
    """Both tasks share a lock: nobody acts on a refund beside another."""
    if list(BANKS):
        with suppress(AlreadyEnqueued):
            app.configure_task(task, queue="default", queueing_lock=task, lock=actions.SEND_REFUNDS).defer()
