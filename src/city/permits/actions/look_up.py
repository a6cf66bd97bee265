"""Somebody at the counter is found by her NIK, and may later see who looked and why (UU 27/2022 art. 7)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from city.kernel.actor import Actor
from city.kernel.events import publish
from city.people.events import PersonDataSeen
from city.people.queries import person_with_nik


@transaction.atomic
def look_up(*, nik: str, purpose: str, by: Actor, at: datetime) -> UUID | None:
    """The person's id, or None when the city does not know this NIK. `purpose` is a code ("counter.file")."""
    by.require("permits.counter")
    person = person_with_nik(nik)
    if person is None:
        return None
    publish(PersonDataSeen(person_id=person.pk, what="profile", purpose=purpose), by=by, at=at)
    return person.pk
