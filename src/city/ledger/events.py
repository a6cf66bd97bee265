"""Facts about the ledger's own affairs. A posted document needs no event: its row is the fact, for ever."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event

LEDGER = UUID(int=0x1ED6E2)  # the ledger itself, as a subject


@dataclass(frozen=True, kw_only=True)
class MonthClosed(Event):
    """No posting enters this month any more, nor any before it; 13 stands for a year's audit adjustments."""

    subject_kind: ClassVar[str] = "ledger"
    year: int
    month: int

    @property
    def subject_id(self) -> UUID:
        return LEDGER


@dataclass(frozen=True, kw_only=True)
class RuleEvent(Event):
    """Something that happened to a posting rule."""

    subject_kind: ClassVar[str] = "ledger.rule"
    rule_id: UUID
    type: str
    variant: str

    @property
    def subject_id(self) -> UUID:
        return self.rule_id


@dataclass(frozen=True, kw_only=True)
class PostingRuleDrafted(RuleEvent):
    """Somebody proposed it; it does not count yet."""


@dataclass(frozen=True, kw_only=True)
class PostingRuleReviewed(RuleEvent):
    """Somebody else agreed: it counts from its first day on."""
