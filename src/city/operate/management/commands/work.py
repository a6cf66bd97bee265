"""`city worker`: does the jobs of the queue and beats the pulse of the chores."""

import threading
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandParser
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from city.kernel.pulse import beat

SECONDS_TO_FINISH = 10.0  # a job still running then goes back to the queue; jobs are safe to repeat


def the_one_who_fetches() -> App:
    """The queue's own end of the worker, on connections of its own.

    A second app beside the city's: were its connector put into the city's own, as the library proposes, every job that
    a listener, a chore or another job asks for would be queued outside the transaction that asks. It would start before
    its rows are there, find nothing to do, and be lost; or stay when the rows are rolled back.
    """
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    fetching = App(connector=connector, worker_defaults=app.worker_defaults)
    fetching.tasks = app.tasks
    return fetching


class Command(BaseCommand):
    help = "Do the city's jobs, timers, deliveries and chores until told to stop (SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time")

    def handle(self, *args: Any, concurrency: int, **options: Any) -> None:
        stop = threading.Event()
        pulse = threading.Thread(target=beat, args=[stop], name="pulse")
        pulse.start()
        try:
            the_one_who_fetches().run_worker(concurrency=concurrency, shutdown_graceful_timeout=SECONDS_TO_FINISH)
        finally:
            stop.set()
            pulse.join()
