"""What the worker looks after."""

from datetime import datetime

from city.kernel.pulse import every
from city.permits.actions import expire_due, tell_renewals_due


@every(seconds=60)
def expire_permits(at: datetime) -> int:
    """Permits whose last day has passed. The public answer does not wait for this: it looks at the day itself."""
    return expire_due(at)


@every(seconds=600)
def tell_renewals(at: datetime) -> int:
    """Holders hear once that their permit can be renewed."""
    return tell_renewals_due(at)
