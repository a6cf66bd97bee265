"""What is done to files and papers after the request that asked for it."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from city.documents import actions

# Over some hours: a full disk or a resting time stamp authority is no reason to leave a signed paper unfinished.
_PATIENT = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name=actions.INSPECT, queue="default", retry=_PATIENT)
def inspect(file_id: str) -> None:
    """Look into a received file: ready, or refused with a reason."""
    actions.inspect(file_id=UUID(file_id), at=timezone.now())


@app.task(name=actions.ENRICH, queue="default", retry=_PATIENT)
def enrich(paper_id: str) -> None:
    """Complete, check and issue a signed paper."""
    actions.issue_paper(paper_id=UUID(paper_id), at=timezone.now())
