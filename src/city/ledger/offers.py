"""What the ledger brings: after every migration, by the owner, the chart, the rules and the treasury's books."""

from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from city.ledger.actions.load import load
from city.ledger.queries.reading import AUDIT, READ
from city.ui.declare import Place, places

for order, permission in ((45, READ), (46, AUDIT)):
    places.add(
        f"ledger:{permission}",
        Place(_("Buku besar"), "ledger-trial-balance", frozenset({"desk"}), order=order, permission=permission),
    )


@receiver(post_migrate)
def after_migration(sender: Any, **_signal: Any) -> None:
    if sender.name == "city.ledger":
        load()
