"""Chores of the job queue itself."""

from datetime import datetime

from django.db import connection

from city.kernel.pulse import every

SILENCE = 30  # seconds without a heartbeat after which a worker counts as gone; a living one beats every ten

_RETRY = """
    WITH held AS (
        SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
        WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
        FOR UPDATE OF j SKIP LOCKED
    )
    SELECT count(procrastinate_retry_job_v2(held.id, now(), NULL, NULL, NULL)) FROM held
"""


@every(seconds=10)
def retry_stalled(at: datetime) -> int:
    """A job whose worker was killed stays `doing` for ever: give it back to the queue. Returns how many.

    A chore and no periodic job, so that the queue need not work for the queue to be mended.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RETRY, [SILENCE])
        return int(cursor.fetchone()[0])
