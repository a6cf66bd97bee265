"""Rows behind an event, for listeners: the event names them by id, and no reader stands between."""

from uuid import UUID

from city.cases.models import Case
from city.permits.models import Permit


def case_of(case_id: UUID) -> Case:
    """The case an event is about, reached through our own foreign key. Raises Case.DoesNotExist."""
    return Permit(case_id=case_id).case


def permit_of(permit_id: UUID) -> Permit:
    return Permit.objects.select_related("case").get(pk=permit_id)
