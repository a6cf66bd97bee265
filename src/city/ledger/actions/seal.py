"""Entries get their place in their entity's chain after the commit, by one sealer, so that no posting waits for it."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from city.kernel.seals import add_link, is_sealer
from city.ledger.models import Unsealed
from city.ledger.queries.chain import PREFIX, entry_texts

_LOCK = 7_301_003  # advisory lock: one sealer of the ledger


@transaction.atomic
def seal(*, at: datetime, limit: int = 5000) -> int:
    """Seal committed entries that wait for it, entity by entity; returns how many."""
    if not is_sealer(_LOCK):
        return 0
    waiting: dict[str, list[int]] = defaultdict(list)
    owed = Unsealed.objects.order_by("pk").values_list("entry__entity", "pk")[:limit]
    for entity, entry_id in owed:
        waiting[entity].append(entry_id)
    for entity, ids in sorted(waiting.items()):
        add_link(f"{PREFIX}{entity}", ids, entry_texts(ids), at)
        Unsealed.objects.filter(pk__in=ids).delete()
    return sum(map(len, waiting.values()))
