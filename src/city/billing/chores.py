"""What the clock does to money owed: interest as months begin, silence that grants, refunds on their way."""

from datetime import datetime

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
def send_refunds(at: datetime) -> int:
    return actions.send_refunds(at) if len(list(BANKS)) else 0
