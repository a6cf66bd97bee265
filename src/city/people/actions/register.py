"""A person becomes known to the city, and her data are kept right."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import FieldError, Refusal
from city.kernel.events import publish
from city.kernel.ids import new_id
from city.kernel.subjects import seal_for
from city.people import queries, rules
from city.people.events import PersonRegistered, ProfileChanged
from city.people.models import Person

COUNTER = "permits.counter"
NIK_TAKEN = _("NIK ini sudah tercatat. Cari orangnya dengan NIK itu, atau cocokkan lagi dengan KTP.")


@dataclass(frozen=True)
class NewPerson:
    """What is optional about a new person; `person_id` makes the registration safe to repeat."""

    person_id: UUID | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    birth_date: date | None = None
    is_demo: bool = False


def _errors_in(name: str, nik: str, given: NewPerson) -> list[FieldError]:
    errors = [FieldError("name", sentence) for sentence in queries.sentences_in_name(name)]
    errors += [FieldError("nik", sentence) for sentence in queries.sentences_in_nik(nik, born=given.birth_date)]
    if given.phone and not rules.normal_phone(given.phone):
        errors.append(FieldError("phone", _("Nomor telepon ini tidak lengkap. Contoh: 0812-3456-7890.")))
    return errors


def require_registrar(by: Actor) -> None:
    """Officials register others from the counter; the city itself registers who signs up."""
    if not by.ref.startswith("system:"):
        by.require(COUNTER)


@transaction.atomic
def register_person(
    *, name: str, nik: str, by: Actor, at: datetime, phone: str = "", email: str = "", more: NewPerson = NewPerson()
) -> Person:
    """Register a person by her KTP; the same registration twice gives the same person.

    Raises Refusal 422 with one sentence per field; `person.nik_taken` (409) when the NIK is another person's already.
    """
    require_registrar(by)
    given = replace(more, phone=phone or more.phone, email=email or more.email)
    if errors := _errors_in(name, nik, given):
        raise Refusal("person.invalid", _("Ada yang perlu diperbaiki."), status=422, errors=errors)
    person_id = given.person_id or new_id()
    if (again := Person.objects.filter(pk=person_id).first()) is not None:
        return again
    person = Person(
        id=person_id,
        name=rules.name_of(name),
        phone=rules.normal_phone(given.phone),
        email=rules.normal_email(given.email),
        address=given.address.strip(),
        birth_date=given.birth_date,
        is_demo=given.is_demo,
        created_by=by.ref,
        created_at=at,
    )
    _keep_nik(person, nik)
    _save_once(person)
    publish(PersonRegistered(person_id=person.pk), by=by, at=at)
    return person


def _keep_nik(person: Person, nik: str) -> None:
    plain = rules.digits_of(nik)
    person.nik_sealed = seal_for(person.pk, plain, about=queries.place_of_nik(person.pk))
    person.nik_index = queries.nik_index(plain)


def _save_once(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise Refusal("person.nik_taken", NIK_TAKEN, errors=[FieldError("nik", NIK_TAKEN)]) from error


@transaction.atomic
def save_profile(
    person_id: UUID,
    *,
    by: Actor,
    at: datetime,
    name: str | None = None,
    nik: str | None = None,
    address: str | None = None,
) -> Person:
    """Mend a person's data; None leaves a part as it is. She mends her own, the counter mends others'.

    A known NIK is changed at the counter alone, where the KTP is seen: `person.nik_fixed` (403) otherwise.
    """
    own = by.person_id == person_id
    if not own:
        require_registrar(by)
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Refusal("person.unknown", _("Orang ini tidak tercatat."), status=404)
    errors = [FieldError("name", s) for s in queries.sentences_in_name(name)] if name is not None else []
    errors += [FieldError("nik", s) for s in queries.sentences_in_nik(nik)] if nik is not None else []
    if errors:
        raise Refusal("person.invalid", _("Ada yang perlu diperbaiki."), status=422, errors=errors)
    changed = _change(person, name, nik, address, own and not by.is_official)
    if changed:
        _save_once(person)
        publish(ProfileChanged(person_id=person.pk, fields=tuple(changed)), by=by, at=at)
    return person


def _change(person: Person, name: str | None, nik: str | None, address: str | None, by_herself: bool) -> list[str]:
    changed = []
    if name is not None and person.name != rules.name_of(name):
        person.name = rules.name_of(name)
        changed.append("name")
    if address is not None and person.address != address.strip():
        person.address = address.strip()
        changed.append("address")
    if nik is not None and person.nik_index != queries.nik_index(nik):
        if by_herself and person.nik_index is not None:
            raise Refusal("person.nik_fixed", _("NIK diubah di loket: bawa KTP Anda."), status=403)
        _keep_nik(person, nik)
        changed.append("nik")
    return changed
