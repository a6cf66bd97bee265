"""Questions to the outside world that take their time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from city.gateway import actions


@app.task(name=actions.ASK, queue="default", queueing_lock=actions.ASK, lock=actions.ASK)
def ask_bank() -> int:
    """Payments whose message was lost. A job, because a bank that hangs must not hold up the city's pulse."""
    return actions.ask_bank(at=timezone.now())
