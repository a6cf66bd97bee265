"""What a killed worker held goes back to the queue, and nothing else does."""

import pytest
from django.db import connection
from django.utils import timezone

from city.kernel.chores import SILENCE, retry_stalled

pytestmark = pytest.mark.django_db


def ask(question: str, *values: str | float | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return int(cursor.fetchone()[0])


def a_worker(*, silent: float) -> int:
    beat = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id"
    return ask(beat, silent)


def a_job(status: str, worker: int | None = None) -> int:
    made = (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, worker_id)"
        " VALUES ('documents.inspect', 'default', '{}', %s, %s) RETURNING id"
    )
    return ask(made, status, worker)


def is_waiting(job: int) -> bool:
    return bool(ask("SELECT count(*) FROM procrastinate_jobs WHERE id = %s AND status = 'todo'", job))


def test_the_job_of_a_silent_worker_goes_back() -> None:
    held = a_job("doing", a_worker(silent=SILENCE + 1))
    assert retry_stalled(timezone.now()) == 1
    assert is_waiting(held)
    assert retry_stalled(timezone.now()) == 0


def test_the_job_of_a_worker_that_is_gone_altogether_goes_back() -> None:
    """Another worker has cleared it away already."""
    assert is_waiting(a_job("doing")) is False
    assert retry_stalled(timezone.now()) == 1


def test_a_living_worker_keeps_its_job_and_an_ended_one_stays_ended() -> None:
    alive, silent = a_worker(silent=SILENCE / 2), a_worker(silent=SILENCE + 1)
    jobs = [a_job("doing", alive), a_job("succeeded", silent), a_job("failed", silent)]
    assert retry_stalled(timezone.now()) == 0
    assert not any(map(is_waiting, jobs))
