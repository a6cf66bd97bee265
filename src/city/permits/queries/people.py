"""In whose name somebody acts, and who that is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from city.kernel.actor import Actor
from city.kernel.errors import Refusal
from city.people.queries import mandates_of, masked_nik, name_of

_FIRMS_LATER = _("Izin ini hanya untuk orang, bukan badan usaha. Ganti peran di menu akun.")
_SIGN_IN = _("Masuk dulu untuk melihat permohonan Anda.")


@dataclass(frozen=True)
class PersonShown:
    """A person as her own form shows her: name, and the NIK masked ("" when the city has none)."""

    id: UUID
    name: str
    nik: str


def person_shown(person_id: UUID) -> PersonShown:
    return PersonShown(person_id, name_of(person_id), masked_nik(person_id))


def applicant_for(actor: Actor, at: datetime) -> UUID:
    """Herself, or the person whose mandate she acts under. Refuses (422) a firm's: permits here are a person's."""
    if actor.person_id is None:
        raise Refusal("person.nobody", _SIGN_IN, status=403)
    if actor.mandate_id is None:
        return actor.person_id
    given = mandates_of(actor.person_id, at).filter(pk=actor.mandate_id).first()
    if given is None or given.giver_person_id is None:
        raise Refusal("permit.for_persons", _FIRMS_LATER, status=422)
    return given.giver_person_id
