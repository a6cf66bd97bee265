"""`city demo load`: fills a demo city with its invented people and their cases."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from city.operate import demo


class Command(BaseCommand):
    help = "Place the demo city's people, calendar and cases; again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["load"])
        parser.add_argument("--whole", action="store_true", help="years of cases, for measuring")

    def handle(self, *args: Any, whole: bool, **options: Any) -> None:
        demo.load(whole, at=timezone.now())
