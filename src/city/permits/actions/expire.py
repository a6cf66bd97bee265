"""A permit whose last day has passed is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.kernel.actor import system
from city.kernel.events import publish
from city.permits.events import PermitExpired
from city.permits.models import Permit, State
from city.permits.queries import day_of

_CLOCK = system("clock")


@transaction.atomic
def expire(*, permit_id: UUID, at: datetime) -> Permit | None:
    """Mark one permit as run out; None where somebody else has it in hand or it is not over."""
    open_now = Permit.objects.select_for_update(skip_locked=True).filter(state__in=(State.ACTIVE, State.SUSPENDED))
    permit = open_now.filter(pk=permit_id).first()
    if permit is None or not permit.is_over(day_of(at)):
        return None
    permit.state = State.EXPIRED
    permit.save(update_fields=["state"])
    publish(PermitExpired(permit_id=permit.pk, kind=permit.kind), by=_CLOCK, at=at)
    return permit


def expire_due(at: datetime, limit: int = 200) -> int:
    """Mark every permit whose last day has passed, each in its own transaction; returns how many."""
    over = Permit.objects.filter(state__in=(State.ACTIVE, State.SUSPENDED), valid_until__lt=day_of(at))
    ids = list(over.order_by("valid_until").values_list("pk", flat=True)[:limit])
    return sum(expire(permit_id=permit_id, at=at) is not None for permit_id in ids)
