"""After a restore: destroys once more the keys that were destroyed since the archive was written."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from city.kernel.subjects import erase


class Command(BaseCommand):
    help = "Destroy the keys of these subjects; what was sealed under them becomes noise. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("listed", type=Path, help="a file with one subject's id a line")

    def handle(self, *args: Any, listed: Path, **options: Any) -> None:
        for subject in listed.read_text().split():
            erase(UUID(subject), at=timezone.now())
