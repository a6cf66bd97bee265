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
    if list(BANKS):
        once = actions.SEND_REFUNDS
        with suppress(AlreadyEnqueued):
            app.configure_task(once, queue="default", queueing_lock=once, lock=once).defer()
