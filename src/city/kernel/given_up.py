"""What was tried often enough and given up: `city verify` names it, `city retry` hands it out again."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from city.kernel.checks import check
from city.kernel.models import Delivery

# The periodic ones come again by themselves.
_FAILED = ProcrastinateJob.objects.filter(status="failed", procrastinateperiodicdefer=None).order_by("id")


@check("events: no listener has given up")
def parked() -> Iterator[str]:
    """A delivery that failed too often stops its subject's stream until somebody has mended the cause."""
    rows = Delivery.objects.filter(state=Delivery.State.PARKED).select_related("event").order_by("pk")
    for one in rows.iterator():
        yield (
            f"{one.listener} gave up event {one.event_id} ({one.event.name}) after {one.attempts} tries: {one.error}."
            " Mend the cause, then `city retry`."
        )


@check("jobs: none was given up")
def failed() -> Iterator[str]:
    for number, task, attempts in _FAILED.values_list("id", "task_name", "attempts").iterator():
        yield f"Job {number} ({task}) gave up after {attempts} tries. Mend the cause, then `city retry`."


@transaction.atomic
def hand_out_again(*, at: datetime) -> tuple[int, int]:
    """Gives back every parked delivery and failed job; (deliveries, jobs). Both are safe to repeat."""
    deliveries = Delivery.objects.filter(state=Delivery.State.PARKED).update(
        state=Delivery.State.PENDING, attempts=0, next_try_at=at
    )
    jobs = list(_FAILED.values_list("id", flat=True))
    for number in jobs:
        app.job_manager.retry_job_by_id(number, at)
    return deliveries, len(jobs)
