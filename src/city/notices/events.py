"""What happened between the city and a person's inbox."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class _AboutNotice(Event):
    subject_kind: ClassVar[str] = "notice"
    notice_id: UUID
    person_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.notice_id


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(_AboutNotice):
    """A person was told something: from this moment the city may say "you were informed"."""

    code: str


@dataclass(frozen=True, kw_only=True)
class NoticeSent(_AboutNotice):
    """The notice also left the city, by this channel."""

    channel: str


@dataclass(frozen=True, kw_only=True)
class NoticeNotSent(_AboutNotice):
    """The channel did not take it after all tries; it stands in the inbox, and an operator can send it again."""

    channel: str
