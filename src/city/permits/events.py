"""What happened to a permit. Everything before it was issued happened to its case."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PermitEvent(Event):
    subject_kind: ClassVar[str] = "permit"
    permit_id: UUID
    kind: str

    @property
    def subject_id(self) -> UUID:
        return self.permit_id


@dataclass(frozen=True, kw_only=True)
class PermitIssued(PermitEvent):
    """The signed letter is stored and anyone can check it. `automatic`: silence granted it, the e-seal stands on it."""

    case_id: UUID
    valid_from: date
    valid_until: date | None
    automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class PermitSuperseded(PermitEvent):
    """An amended permit took this one's place."""

    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class PermitExpired(PermitEvent):
    """Its last day has passed."""


@dataclass(frozen=True, kw_only=True)
class RenewalDue(PermitEvent):
    """The window in which it can be renewed has opened."""

    valid_until: date


@dataclass(frozen=True, kw_only=True)
class RenewalOpened(PermitEvent):
    """The holder began an application that continues this permit; `how` is renewal or amendment."""

    case_id: UUID
    how: str


@dataclass(frozen=True, kw_only=True)
class PermitSuspended(PermitEvent):
    from_day: date
    article: str


@dataclass(frozen=True, kw_only=True)
class PermitReinstated(PermitEvent):
    from_day: date


@dataclass(frozen=True, kw_only=True)
class PermitRevoked(PermitEvent):
    from_day: date
    article: str


@dataclass(frozen=True, kw_only=True)
class PermitSurrendered(PermitEvent):
    """Its holder gave it back at the counter; the place it stood for is free."""

    from_day: date
