"""An officer opens somebody's file: who, when and what for stands on record, for the applicant to see (UU 27/2022)."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from city.kernel.actor import Actor
from city.kernel.events import publish
from city.kernel.models import EventRecord
from city.kernel.rules import WIB
from city.people.events import PersonDataSeen

PURPOSE = "permits.desk"


def note_seen(*, person_id: UUID, by: Actor, at: datetime) -> None:
    """Record once a day for each officer that she opened this person's file; her own she may open unseen."""
    if by.person_id == person_id or _noted_today(person_id, by, at):
        return
    with transaction.atomic():
        publish(PersonDataSeen(person_id=person_id, what="case", purpose=PURPOSE), by=by, at=at)


def _noted_today(person_id: UUID, by: Actor, at: datetime) -> bool:
    midnight = datetime.combine(at.astimezone(WIB).date(), time(), tzinfo=WIB)
    today = EventRecord.objects.filter(subject_kind="person", subject_id=person_id, at__gte=midnight)
    return today.filter(name="PersonDataSeen", actor=by.ref, data__purpose=PURPOSE, data__what="case").exists()
