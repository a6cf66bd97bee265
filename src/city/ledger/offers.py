"""What the ledger brings: after every migration, by the owner, the chart, the rules and the treasury's books."""

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver

from city.ledger.actions.load import load


@receiver(post_migrate)
def after_migration(sender: Any, **_signal: Any) -> None:
    if sender.name == "city.ledger":
        load()
