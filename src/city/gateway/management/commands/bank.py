"""`django bank`: the simulated bank of the demo city, a process of its own with books of its own."""

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from city.gateway.agencies.bank.simulator.run import Place, run


class Command(BaseCommand):
    help = "Plays the bank (SIMULASI): SNAP BI for the city, a teller's window for the demo page."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8002)
        parser.add_argument("--keys", type=Path, default=settings.KEYS / "bank")
        parser.add_argument("--books", type=Path, default=settings.HOME / "bank" / "books.sqlite")
        parser.add_argument("--city", default=settings.PUBLIC_URL)

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        run(Place(options["keys"], options["books"], options["city"], port=options["port"]), stop)
