"""`city retry`: what was given up is tried again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from city.kernel.given_up import hand_out_again


class Command(BaseCommand):
    help = "Hand out again the deliveries and jobs that gave up; the worker does them at once. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        deliveries, jobs = hand_out_again(at=timezone.now())
        self.stdout.write(f"Handed out again: {deliveries} deliveries, {jobs} jobs.")
