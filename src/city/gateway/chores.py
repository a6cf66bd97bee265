"""What the gateway does by the clock."""

from contextlib import suppress
from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from city.billing.declare import BANKS
from city.gateway.actions import ASK, EVERY
from city.kernel.pulse import every


@every(seconds=EVERY)
def ask_bank(at: datetime) -> None:
    """Have the bank asked, unless that is waiting already."""
    if list(BANKS):
        with suppress(AlreadyEnqueued):
            app.configure_task(ASK, queue="default", queueing_lock=ASK, lock=ASK).defer()
