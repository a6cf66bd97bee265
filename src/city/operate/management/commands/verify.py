"""`city verify`: asks every check that the apps declared, and names what is broken."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from city.kernel.checks import CHECKS


class Command(BaseCommand):
    help = "Ask every declared check; status 1 and one line per broken thing when something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at-most", type=int, default=100, help="broken lines shown per check")

    def handle(self, *args: Any, at_most: int, **options: Any) -> None:
        broken = 0
        for name, ask in CHECKS.items():
            began = time.monotonic()
            lines = list(ask())
            broken += len(lines)
            verdict = f"{len(lines)} broken" if lines else "holds"
            self.stdout.write(f"{name}: {verdict} ({time.monotonic() - began:.1f} s)")
            for line in lines[:at_most]:
                self.stdout.write(f"    {line}")
            if len(lines) > at_most:
                self.stdout.write(f"    … and {len(lines) - at_most} more")
        if broken:
            sys.exit(1)
