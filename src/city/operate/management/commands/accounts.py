"""`city accounts`: who may sign in to the demo city, as what, and with which password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from city.operate import demo


class Command(BaseCommand):
    help = "List the demo accounts with their roles."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo city: it has no demo accounts.")
        rows = demo.accounts()
        width = max(len(sign_in) for _, _, sign_in, _ in rows)
        self.stdout.write(f"  Demo accounts (data contoh); every password is {rows[0][3]}\n")
        for name, part, sign_in, _password in rows:
            self.stdout.write(f"    {sign_in:{width}}  {name} · {part}")
        self.stdout.write("  One-time codes and messages sent: /demo\n")
