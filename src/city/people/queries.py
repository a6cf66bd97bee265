"""What others ask about people. Names are given freely; a NIK is shown masked, or revealed on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.kernel.events import publish
from city.kernel.keyring import KeyLost, blind_index
from city.kernel.queries import history_of
from city.kernel.rules import WIB
from city.kernel.subjects import open_for
from city.people import rules
from city.people.declare import PURPOSES
from city.people.events import PersonDataSeen
from city.people.models import (
    Account,
    Agency,
    Appointment,
    Appointments,
    Code,
    Mandate,
    Mandates,
    Organisation,
    Person,
)

MANDATE = "mandate:"


@dataclass(frozen=True)
class Contact:
    """Where messages reach a person: e-mail and E.164 telephone (either may be ""), language, the channel she chose."""

    email: str
    phone: str
    language: str
    channel: str


@dataclass(frozen=True)
class Role:
    """One way a person may act at a moment: `value` is what sessions and forms hold.

    For an office: `title` as it is signed ("Plh. Kepala DPMPTSP"), `place` the agency's name. For a mandate: `title` is
    the giver's name, `place` the scope, `agency` is empty.
    """

    value: str
    title: str
    place: str
    agency: str
    permissions: frozenset[str]
    id: UUID


def network_of(request: HttpRequest) -> str:
    """The network address a request came from, behind as many proxies of ours as CITY_PROXIES says."""
    return str(get_adapter().get_client_ip(request))


# In force as Appointments.valid_at and Mandates.valid_at say it; written out because every page of whoever is signed in
# asks this, and putting the words together cost more than the answer.
_ROLES = """
    SELECT held.from_day, held.id, held.kind, office.title, agency.name, office.agency_id, office.permissions
    FROM people_appointment held
    JOIN people_office office ON office.id = held.office_id JOIN people_agency agency ON agency.code = office.agency_id
    WHERE held.person_id = %(who)s AND held.from_day <= %(day)s
        AND (held.until_day IS NULL OR held.until_day >= %(day)s)
        AND (held.ended_at IS NULL OR held.ended_at > %(at)s)
    UNION ALL
    SELECT given.from_day, given.id, 'mandate', coalesce(giver.name, firm.name), given.scope, '', '{}'
    FROM people_mandate given
    LEFT JOIN people_person giver ON giver.id = given.giver_person_id
    LEFT JOIN people_organisation firm ON firm.id = given.giver_organisation_id
    WHERE given.holder_id = %(who)s AND given.from_day <= %(day)s
        AND (given.until_day IS NULL OR given.until_day >= %(day)s)
        AND (given.revoked_at IS NULL OR given.revoked_at > %(at)s)
"""
_RANK = {"definitive": 0, "plt": 1, "plh": 2}


def roles_of(person_id: UUID, at: datetime) -> list[Role]:
    """The offices and mandates a person holds at a moment, in one question; her own definitive office first."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, {"who": person_id, "day": at.astimezone(WIB).date(), "at": at})
        rows = cursor.fetchall()
    return [_role(row) for row in sorted(rows, key=lambda row: (_RANK.get(row[2], 3), row[0], row[1]))]


def _role(row: tuple[Any, ...]) -> Role:
    _from_day, role_id, kind, title, place, agency, permissions = row
    acting = "" if kind in ("mandate", Appointment.Kind.DEFINITIVE) else f"{Appointment.Kind(kind).label} "
    value = f"{MANDATE}{role_id}" if kind == "mandate" else str(role_id)
    return Role(value, f"{acting}{title}", place, agency, frozenset(permissions), role_id)


def actor_as(person_id: UUID, role: str, roles: Iterable[Role]) -> Actor:
    """The person in the role of this value if it is among hers, else for herself."""
    ref = f"person:{person_id}"
    chosen = next((one for one in roles if role and one.value == role), None)
    if chosen is None:
        return Actor(ref=ref, person_id=person_id)
    if chosen.value.startswith(MANDATE):
        return Actor(ref=ref, person_id=person_id, mandate_id=chosen.id)
    return Actor(
        ref=ref,
        person_id=person_id,
        appointment_id=chosen.id,
        agency=chosen.agency,
        permissions=chosen.permissions,
    )


def actor_for(account: Account, *, appointment_id: UUID | None, at: datetime) -> Actor:
    """The account's person, in the office chosen if it is hers and in force at that moment, else for herself."""
    roles = roles_of(account.person_id, at) if appointment_id else []
    return actor_as(account.person_id, str(appointment_id or ""), roles)


def appointments_of(person_id: UUID, at: datetime) -> Appointments:
    """The offices a person holds at a moment, with office and agency."""
    held = Appointment.objects.valid_at(at).filter(person_id=person_id)
    return held.select_related("office__agency").order_by("from_day", "pk")


def mandates_of(person_id: UUID, at: datetime) -> Mandates:
    """The mandates a person holds at a moment, with their givers."""
    held = Mandate.objects.valid_at(at).filter(holder_id=person_id)
    return held.select_related("giver_person", "giver_organisation").order_by("from_day", "pk")


def holders_of(permission: str, *, agency: str | None = None, at: datetime) -> list[UUID]:
    """Persons whose office in this agency, or in any where none is named, gives the permission at that moment."""
    held = Appointment.objects.valid_at(at).filter(office__permissions__contains=[permission])
    if agency is not None:
        held = held.filter(office__agency_id=agency)
    return list(held.order_by("person_id").values_list("person_id", flat=True).distinct())


def head_of(office_code: str, day: date) -> Appointment | None:
    """Who holds an office on a day: a Plh. before a Plt. before the definitive holder; None when it is vacant."""
    rank = {Appointment.Kind.PLH: 0, Appointment.Kind.PLT: 1, Appointment.Kind.DEFINITIVE: 2}
    end_of_day = datetime.combine(day, time.max, tzinfo=WIB)
    held = Appointment.objects.valid_at(end_of_day).filter(office__code=office_code).select_related("office", "person")
    # Two of one rank: the later decree counts.
    ordered = sorted(held, key=lambda one: (rank[Appointment.Kind(one.kind)], -one.from_day.toordinal(), one.pk))
    return ordered[0] if ordered else None


def agency(code: str) -> Agency:
    """Raises Agency.DoesNotExist: an agency is configuration, not input."""
    return Agency.objects.get(pk=code)


def name_of(person_id: UUID) -> str:
    """The person's name; "" when no such person is known."""
    return Person.objects.filter(pk=person_id).values_list("name", flat=True).first() or ""


def names_of(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.filter(pk__in=set(person_ids)).values_list("pk", "name"))


def organisation_name(organisation_id: UUID) -> str:
    """The organisation's name; "" when no such one is known."""
    return Organisation.objects.filter(pk=organisation_id).values_list("name", flat=True).first() or ""


def contact_of(person_id: UUID) -> Contact:
    """The account's addresses; without an account, those given at the counter. Unknown persons have none."""
    account = Account.objects.filter(person_id=person_id, is_active=True).first()
    if account is not None:
        return Contact(account.email or "", account.phone or "", account.language, account.channel)
    person = Person.objects.filter(pk=person_id).only("email", "phone").first()
    email, phone = (person.email, person.phone) if person else ("", "")
    return Contact(email, phone, "id", Account.Channel.EMAIL if email else Account.Channel.SMS)


def nik_index(nik: str) -> str:
    """The fingerprint a NIK is found by."""
    return blind_index(rules.digits_of(nik), purpose="nik")


def place_of_nik(person_id: UUID) -> str:
    """What a sealed NIK is bound to: moved to another row it does not open."""
    return f"people_person.nik:{person_id}"


def person_with_nik(nik: str) -> Person | None:
    """For actions and forms that already hold the NIK; it says nothing about who may see the person."""
    return Person.objects.filter(nik_index=nik_index(nik)).first()


def _nik_of(person_id: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik_sealed FROM people_person WHERE id = %s", [person_id])
        (sealed,) = cursor.fetchone() or (None,)
    if sealed is None:
        return ""
    try:
        return open_for(person_id, bytes(sealed), about=place_of_nik(person_id))
    except KeyLost:  # erased at her wish: there is nothing left to show
        return ""


def masked_nik(person_id: UUID) -> str:
    """ "3672••••••••0001"; "" when the city has no NIK of this person, or erased it."""
    nik = _nik_of(person_id)
    return rules.masked(nik) if nik else ""


@transaction.atomic
def reveal_nik(person_id: UUID, *, by: Actor, purpose: str, at: datetime) -> str:
    """The whole NIK, on record: publishes PersonDataSeen with its purpose (a code: "permits.letter").

    The person herself and the city's own jobs may; an official may from an office. Raises Refusal 403 otherwise.
    """
    if not (by.is_official or by.person_id == person_id or by.ref.startswith("system:")):
        raise Refusal("person.not_yours", _("NIK orang lain tidak bisa dibuka dari akun ini."), status=403)
    nik = _nik_of(person_id)
    if nik:
        publish(PersonDataSeen(person_id=person_id, what="nik", purpose=purpose), by=by, at=at)
    return nik


@dataclass(frozen=True)
class Seen:
    """Who looked at a person's data, when, and what for (words, "" when the floor that named it is gone)."""

    name: str
    at: datetime
    what: str
    purpose: Any


def seen_of(person_id: UUID, *, most: int = 20) -> list[Seen]:
    """Who looked at her data, newest first; the city's own jobs and she herself are left out."""
    records = history_of("person", person_id).filter(name=PersonDataSeen.__name__, actor__startswith="person:")
    rows = list(records.exclude(actor=f"person:{person_id}").order_by("-pk")[:most])
    names = names_of(UUID(row.actor.removeprefix("person:")) for row in rows)
    return [
        Seen(
            name=names.get(UUID(row.actor.removeprefix("person:")), ""),
            at=row.at,
            what=row.data["what"],
            purpose=PURPOSES.get(row.data["purpose"]) or "",
        )
        for row in rows
    ]


def sentences_in_nik(nik: str, *, born: date | None = None) -> list[str]:
    """What is wrong with a typed NIK, in the reader's language; empty when nothing is."""
    return [sentence(fault) for fault in rules.errors_in_nik(nik, born=born)]


def sentences_in_name(name: str) -> list[str]:
    return [sentence(fault) for fault in rules.errors_in_name(name)]


def sentence(fault: rules.Fault) -> str:
    return gettext(fault.text) % fault.facts if fault.facts else gettext(fault.text)


def normal_phone(text: str) -> str:
    """E.164, or "" when it is no telephone number (see rules.normal_phone)."""
    return rules.normal_phone(text)


def shown_phone(number: str) -> str:
    """ "0812-3456-7890" for "+6281234567890"; "" stays ""."""
    return rules.shown_phone(number) if number else ""


def code(code_id: UUID) -> Code | None:
    """A code that is still on its way, or was just confirmed."""
    return Code.objects.filter(pk=code_id).first()


def shown_address(row: Code) -> str:
    """The address a code went to, as its owner typed it or nearly so: it is hers, and only her browser asks."""
    return row.address if row.channel == "email" else rules.shown_phone(row.address)
