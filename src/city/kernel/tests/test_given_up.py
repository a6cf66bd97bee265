"""What was given up is named, and handed out again."""

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from city.kernel.given_up import failed, hand_out_again, parked
from city.kernel.models import Delivery, EventRecord

pytestmark = pytest.mark.django_db


def a_parked_delivery() -> Delivery:
    record = EventRecord.objects.create(
        name="Shown", subject_kind="thing", subject_id=uuid4(), data={}, actor="system:test", at=timezone.now()
    )
    return Delivery.objects.create(
        listener="city.x.listeners.tell",
        event=record,
        stream=record.subject_id,
        state=Delivery.State.PARKED,
        attempts=8,
        error="KeyError",
    )


def a_failed_job() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, attempts)"
            " VALUES ('documents.enrich', 'default', '{}', 'failed', 8) RETURNING id"
        )
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def test_verify_names_them() -> None:
    delivery, job = a_parked_delivery(), a_failed_job()
    (said,) = parked()
    assert said.startswith(f"city.x.listeners.tell gave up event {delivery.event_id} (Shown) after 8 tries: KeyError.")
    (said,) = failed()
    assert said.startswith(f"Job {job} (documents.enrich) gave up after 8 tries.")


def test_they_are_handed_out_again() -> None:
    delivery, job = a_parked_delivery(), a_failed_job()
    assert hand_out_again(at=timezone.now()) == (1, 1)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (Delivery.State.PENDING, 0)
    assert status_of(job) == "todo"
    assert [*parked(), *failed()] == []
    assert hand_out_again(at=timezone.now()) == (0, 0)


def test_what_goes_well_is_nobody_s_business() -> None:
    assert [*parked(), *failed()] == []
