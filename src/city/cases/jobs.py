"""Work of cases that need not be waited for."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from city.cases import actions


@app.task(name=actions.PREPARE, queue="default", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def prepare_paper(case_id: str, paper_id: str) -> None:
    """Write the paper of a numbered decision; repeated until it stands."""
    actions.prepare_paper(case_id=UUID(case_id), paper_id=UUID(paper_id), at=timezone.now())
