"""What is done to files and papers after the request that asked for it."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from city.documents import actions


@app.task(name=actions.INSPECT, queue="default", retry=5)
def inspect(file_id: str) -> None:
    """Look into a received file: ready, or refused with a reason."""
    actions.inspect(file_id=UUID(file_id), at=timezone.now())


@app.task(name=actions.ENRICH, queue="default", retry=5)
def enrich(paper_id: str) -> None:
    """Complete, check and issue a signed paper."""
    actions.issue_paper(paper_id=UUID(paper_id), at=timezone.now())
