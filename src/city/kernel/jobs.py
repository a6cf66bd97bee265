"""Chores of the job queue itself."""

from procrastinate.contrib.django import app

SILENCE = 30.0  # seconds without a heartbeat after which a worker counts as gone


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="kernel.retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """A job whose worker was killed stays `doing` for ever: give it back to the queue."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        await app.job_manager.retry_job(job)
