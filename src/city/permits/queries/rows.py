"""The row behind an event, for listeners: the event names it by id, and no reader stands between."""

from uuid import UUID

from city.permits.models import Permit


def permit_of(permit_id: UUID) -> Permit:
    return Permit.objects.select_related("case").get(pk=permit_id)
