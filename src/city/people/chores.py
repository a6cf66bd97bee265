"""What is swept out: codes that ended, counts nobody needs."""

from datetime import datetime, timedelta

from city.kernel.pulse import every
from city.people.actions import code, tally

KEEP = timedelta(days=1)


@every(seconds=600)
def forget(at: datetime) -> None:
    """A code's row holds what a stranger typed about herself: it goes a day after it ended."""
    code.forget_codes_before(at - KEEP)
    tally.forget_before(at - KEEP)
