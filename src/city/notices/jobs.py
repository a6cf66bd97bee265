"""Notices on their way out."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from city.kernel.messages import NotCarried
from city.notices import actions
from city.notices.models import Dispatch


@app.task(name=actions.SEND, queue="default", retry=RetryStrategy(max_attempts=actions.PATIENCE, exponential_wait=4))
def send(dispatch_id: str) -> None:
    """Send one notice; raises NotCarried for the queue to try later, until the row says that it failed."""
    state = actions.send(dispatch_id=UUID(dispatch_id), at=timezone.now())
    if state == Dispatch.State.WAITING:
        raise NotCarried(dispatch_id)
