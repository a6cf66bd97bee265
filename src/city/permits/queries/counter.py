"""What the counter sees: people it looked up today, and the cases it filed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from city.cases.queries import filed_at_counter
from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.paging import Page
from city.kernel.queries import history_of
from city.people.queries import sentences_in_nik
from city.permits.models import Permit, State
from city.permits.queries.mine import Errand, errand_of
from city.permits.queries.permits import day_of, no_such_permit, permit_for

_HELD = (State.ACTIVE, State.SUSPENDED)
OPEN_FOR = timedelta(hours=8)  # one shift: after that the KTP is asked for again


def counter_cases(agency: str, after: str) -> Page[Errand]:
    page = filed_at_counter(agency, after, 20)
    return Page([errand_of(row) for row in page.rows], page.next_key)


def faults_of_nik(nik: str) -> list[str]:
    return sentences_in_nik(nik)


def surrenderable(actor: Actor, person_id: UUID, at: datetime) -> list[Permit]:
    """Permits of this person that she may give back to this office now; none for an officer who may not take them."""
    if not actor.may("permits.surrender"):
        return []
    held = Permit.objects.filter(holder_id=person_id, state__in=_HELD, case__agency=actor.agency)
    return list(held.exclude(valid_until__lt=day_of(at)).order_by("-issued_at"))


def permit_of_holder(actor: Actor, person_id: UUID, permit_id: UUID) -> Permit:
    """Refuses (404) a permit that is not this person's, or another office's."""
    permit = permit_for(actor, permit_id)
    if permit.holder_id != person_id or permit.case.agency != actor.agency:
        raise no_such_permit()
    return permit


def seen_at_counter(actor: Actor, person_id: UUID, at: datetime) -> None:
    """Refuses (404) a person whom this officer neither looked up nor registered this shift: no leafing about."""
    marks = history_of("person", person_id).filter(
        name__in=("PersonDataSeen", "PersonRegistered"), actor=actor.ref, at__gte=at - OPEN_FOR
    )
    if not marks.exists():
        raise Refusal("counter.unknown", _("Cari orangnya dengan NIK dulu."), status=404)
