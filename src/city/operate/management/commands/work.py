"""`city worker`: does the jobs of the queue and beats the pulse of the chores."""

import threading
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from city.kernel.pulse import beat

SECONDS_TO_FINISH = 10.0  # a job still running then goes back to the queue; jobs are safe to repeat


class Command(BaseCommand):
    help = "Do the city's jobs, timers, deliveries and chores until told to stop (SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time")

    def handle(self, *args: Any, concurrency: int, **options: Any) -> None:
        stop = threading.Event()
        pulse = threading.Thread(target=beat, args=[stop], name="pulse")
        pulse.start()
        try:
            connector = cast(DjangoConnector, app.connector).get_worker_connector()
            with app.replace_connector(connector) as working:
                working.run_worker(concurrency=concurrency, shutdown_graceful_timeout=SECONDS_TO_FINISH)
        finally:
            stop.set()
            pulse.join()
