"""Chores of the job queue itself."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction

from city.kernel.pulse import every

SILENCE = 30  # seconds without a heartbeat after which a worker counts as gone; a living one beats every ten

_STALLED = """
    SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
    ORDER BY j.id FOR UPDATE OF j SKIP LOCKED
"""
_RETRY = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
_LEAVE = "SELECT procrastinate_finish_job_v1(%s, 'aborted', false)"


@every(seconds=10)
def retry_stalled(at: datetime) -> int:
    """A job whose worker was killed stays `doing` for ever: give it back to the queue. Returns how many were found.

    A chore and no periodic job, so that the queue need not work for the queue to be mended. Each job is given back by
    itself: one whose work waits in the queue already (the same queueing lock) is left to that one.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STALLED, [SILENCE])
        stalled = [job for (job,) in cursor.fetchall()]
        for job in stalled:
            try:
                with transaction.atomic():
                    cursor.execute(_RETRY, [job])
            except IntegrityError:
                cursor.execute(_LEAVE, [job])
    return len(stalled)
