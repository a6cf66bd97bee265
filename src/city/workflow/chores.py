"""What the heartbeat does for processes."""

from datetime import datetime

from city.kernel.pulse import every
from city.workflow.actions import due_timers, fire


@every(seconds=5)
def fire_due(at: datetime) -> int:
    """Have everything done whose time has come; each timer stands or falls alone. Returns how many were done."""
    return sum(fire(timer_id=timer_id, at=at) for timer_id in due_timers(at))
