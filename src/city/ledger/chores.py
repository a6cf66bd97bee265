"""What the worker does for the ledger."""

from datetime import datetime

from city.kernel.pulse import every
from city.ledger.actions.seal import seal


@every(seconds=5)
def seal_entries(at: datetime) -> int:
    """The chain of every entity grows by what was committed."""
    return seal(at=at)
