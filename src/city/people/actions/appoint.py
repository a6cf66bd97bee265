"""Who holds which office, from which day to which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.people.events import AppointmentEnded, PersonAppointed
from city.people.models import Agency, Appointment, Office

ADMIN = "platform.admin"


@dataclass(frozen=True)
class Term:
    """From which day to which last day (None: until further notice), and the decree that says so."""

    from_day: date
    decree: str
    until_day: date | None = None
    kind: str = Appointment.Kind.DEFINITIVE


def require_admin(by: Actor) -> None:
    """The platform's administrators, and the city itself when it is set up."""
    if not by.ref.startswith("system:"):
        by.require(ADMIN)


@transaction.atomic
def place_agency(*, code: str, name: str, by: Actor, address: str = "", phone: str = "") -> Agency:
    """An agency as it is now; placing it again brings its name and letterhead up to date."""
    require_admin(by)
    placed, _created = Agency.objects.update_or_create(
        pk=code, defaults={"name": name, "address": address, "phone": phone}
    )
    return placed


@transaction.atomic
def place_office(*, code: str, title: str, agency: str, permissions: Sequence[str], by: Actor) -> Office:
    """An office as it is now. Changing its permissions changes them for all its holders, at their next request."""
    require_admin(by)
    placed, _created = Office.objects.update_or_create(
        code=code, defaults={"title": title, "agency_id": agency, "permissions": sorted(permissions)}
    )
    return placed


@transaction.atomic
def appoint(
    *, person_id: UUID, office_code: str, term: Term, by: Actor, at: datetime, appointment_id: UUID | None = None
) -> Appointment:
    """Give a person an office for a term; the same appointment twice gives the same row.

    Raises Refusal 422 when an acting appointment has no last day or the days are the wrong way round, 404 for an
    unknown office.
    """
    require_admin(by)
    office = Office.objects.filter(code=office_code).first()
    if office is None:
        raise Refusal("office.unknown", _("Jabatan ini tidak tercatat."), status=404)
    if term.kind != Appointment.Kind.DEFINITIVE and term.until_day is None:
        raise Refusal("appointment.open_ended", _("Plt. dan Plh. butuh hari terakhir. Isi tanggalnya."), status=422)
    if term.until_day is not None and term.until_day < term.from_day:
        raise Refusal(
            "appointment.days", _("Hari terakhir lebih awal dari hari pertama. Periksa keduanya."), status=422
        )
    made, created = Appointment.objects.get_or_create(
        pk=appointment_id or new_id(),
        defaults={
            "person_id": person_id,
            "office": office,
            "kind": term.kind,
            "from_day": term.from_day,
            "until_day": term.until_day,
            "decree": term.decree,
        },
    )
    if created:
        event = PersonAppointed(
            person_id=person_id,
            appointment_id=made.pk,
            office=office.code,
            kind=term.kind,
            from_day=term.from_day,
            until_day=term.until_day,
        )
        publish(event, by=by, at=at)
    return made


@transaction.atomic
def end_appointment(*, appointment_id: UUID, decree: str, by: Actor, at: datetime) -> Appointment:
    """Take an office away at this moment: its permissions are gone at the person's next request."""
    require_admin(by)
    held = (
        Appointment.objects.select_for_update(of=("self",)).select_related("office").filter(pk=appointment_id).first()
    )
    if held is None:
        raise Refusal("appointment.unknown", _("Pengangkatan ini tidak tercatat."), status=404)
    if held.ended_at is None:
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        event = AppointmentEnded(
            person_id=held.person_id, appointment_id=held.pk, office=held.office.code, decree=decree
        )
        publish(event, by=by, at=at)
    return held
