"""What happened to people's rows. Ids, codes and dates only: who the person is stays in people."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class _OfPerson(Event):
    subject_kind: ClassVar[str] = "person"
    person_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.person_id


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(_OfPerson):
    """The city knows a person now; at a counter or by her own sign-up."""


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(_OfPerson):
    """`fields` names what was changed, never to what."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonDataSeen(_OfPerson):
    """Somebody looked at a person's sealed data, and said what for (UU 27/2022, art. 7: she may know)."""

    what: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class AccountOpened(_OfPerson):
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactChanged(_OfPerson):
    """The account's e-mail ("email") or telephone ("phone") is another one, or gone."""

    contact: str


@dataclass(frozen=True, kw_only=True)
class PasswordReset(_OfPerson):
    """A new password by a code sent to `contact`; every session of the account ended."""

    contact: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(_OfPerson):
    """A new password by somebody who knew the old one; her other sessions ended."""


@dataclass(frozen=True, kw_only=True)
class PersonAppointed(_OfPerson):
    appointment_id: UUID
    office: str
    kind: str
    from_day: date
    until_day: date | None


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(_OfPerson):
    appointment_id: UUID
    office: str
    decree: str


@dataclass(frozen=True, kw_only=True)
class MandateGranted(_OfPerson):
    """The person is the holder, who may now act for the giver."""

    mandate_id: UUID
    scope: str


@dataclass(frozen=True, kw_only=True)
class MandateRevoked(_OfPerson):
    mandate_id: UUID
    scope: str
