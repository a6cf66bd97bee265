"""What time does to a permit: its renewal opens, and after its last day it is over."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from city.cases.queries import spec_of
from city.kernel.actor import system
from city.kernel.events import publish
from city.permits.events import PermitExpired, RenewalDue
from city.permits.models import Permit, State
from city.permits.queries import day_of, renewable, renewal_days

if TYPE_CHECKING:
    from django.db.models import QuerySet

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


@transaction.atomic
def tell_renewable(*, permit_id: UUID, at: datetime) -> bool:
    """Say once, on the first day of the window, that a permit can be renewed."""
    waiting = Permit.objects.select_for_update(skip_locked=True, of=("self",)).select_related("case")
    permit = waiting.filter(pk=permit_id, renewal_told_at=None).first()
    if permit is None or permit.valid_until is None or not renewable(permit, day_of(at)):
        return False
    permit.renewal_told_at = at
    permit.save(update_fields=["renewal_told_at"])
    event = RenewalDue(permit_id=permit.pk, kind=permit.kind, valid_until=permit.valid_until)
    publish(event, by=_CLOCK, at=at)
    return True


def tell_renewals_due(at: datetime, limit: int = 200) -> int:
    """Holders whose window has opened are told, each in its own transaction; returns how many."""
    ids = list(_in_window(day_of(at)).order_by("valid_until").values_list("pk", flat=True)[:limit])
    return sum(tell_renewable(permit_id=permit_id, at=at) for permit_id in ids)


def _in_window(day: date) -> "QuerySet[Permit]":
    """Untold permits whose kind, in the version they were given under, can be renewed and opens so early. Those that
    cannot must not fill the batch: nobody is ever told of them, so they would stand before the others for good."""
    untold = Permit.objects.filter(state=State.ACTIVE, renewal_told_at=None, successors=None)
    open_now = Q(pk__in=[])
    for version in untold.order_by().values_list("case__kind_version", flat=True).distinct():
        spec = spec_of(version)
        if "renewal" in spec.application_types:
            opens = day + timedelta(days=renewal_days(spec))
            open_now |= Q(case__kind_version=version, valid_until__lte=opens)
    return untold.filter(open_now)


def expire_due(at: datetime, limit: int = 200) -> int:
    """Mark every permit whose last day has passed, each in its own transaction; returns how many."""
    over = Permit.objects.filter(state__in=(State.ACTIVE, State.SUSPENDED), valid_until__lt=day_of(at))
    ids = list(over.order_by("valid_until").values_list("pk", flat=True)[:limit])
    return sum(expire(permit_id=permit_id, at=at) is not None for permit_id in ids)
