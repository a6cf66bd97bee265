"""Small things the ground's tests are made of."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

from city.kernel.actor import system
from city.kernel.events import Event

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
CLOCK = system("clock")


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    """An event no app knows, for the tests of events themselves."""

    subject_kind: ClassVar[str] = "lamp"
    lamp_id: UUID
    brightness: int = 1

    @property
    def subject_id(self) -> UUID:
        return self.lamp_id
