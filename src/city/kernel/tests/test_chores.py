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


def a_job(status: str, worker: int | None = None, *, once: str | None = None) -> int:
    """`once`: no two jobs with this word wait at a time."""
    made = (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, args, status, worker_id, queueing_lock)"
        " VALUES ('documents.inspect', 'default', '{}', %s, %s, %s) RETURNING id"
    )
    return ask(made, status, worker, once)


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


def test_a_job_that_waits_again_already_holds_up_no_other() -> None:
    """The clock asked for the same work while its worker lay dead: once is enough, and the others go back."""
    silent = a_worker(silent=SILENCE + 1)
    before, held, after = a_job("doing", silent), a_job("doing", silent, once="refunds"), a_job("doing", silent)
    twin, waits = a_job("doing", silent, once="bank"), a_job("todo", once="refunds")
    other = a_job("doing", silent, once="bank")
    assert retry_stalled(timezone.now()) == 5
    assert [is_waiting(job) for job in (before, held, after, twin, waits, other)] == [
        True,
        False,
        True,
        True,
        True,
        False,
    ]
    assert ask("SELECT count(*) FROM procrastinate_jobs WHERE status = 'aborted'") == 2
    assert retry_stalled(timezone.now()) == 0


def test_a_living_worker_keeps_its_job_and_an_ended_one_stays_ended() -> None:
    alive, silent = a_worker(silent=SILENCE / 2), a_worker(silent=SILENCE + 1)
    jobs = [a_job("doing", alive), a_job("succeeded", silent), a_job("failed", silent)]
    assert retry_stalled(timezone.now()) == 0
    assert not any(map(is_waiting, jobs))
