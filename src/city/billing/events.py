"""What happened to money owed and paid. Payloads hold ids, codes, dates and numbers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from city.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class BillEvent(Event):
    """`of_kind` and `of_id` name what the bill is for ("cases.case" and the case's id)."""

    subject_kind: ClassVar[str] = "bill"
    bill_id: UUID
    of_kind: str
    of_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.bill_id


@dataclass(frozen=True, kw_only=True)
class BillIssued(BillEvent):
    """Assessed and numbered; due on a day."""

    amount: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PaymentAsked(BillEvent):
    """The bank made a QR code or a virtual account for it."""

    channel: str
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class BillSettled(BillEvent):
    """Nothing is owed on it any more: whoever waited for the money may go on."""


@dataclass(frozen=True, kw_only=True)
class BillReopened(BillEvent):
    """It was settled, and something is owed on it again."""


@dataclass(frozen=True, kw_only=True)
class BillCancelled(BillEvent):
    """Nothing is due on it; what was paid is held for its payer."""


@dataclass(frozen=True, kw_only=True)
class BillReduced(BillEvent):
    """Lowered by a correction; what was paid too much is held."""

    amount: int


@dataclass(frozen=True, kw_only=True)
class InterestCharged(BillEvent):
    """A month began with something unpaid; negative where a payment proved earlier than it was told."""

    amount: int
    until: date


@dataclass(frozen=True, kw_only=True)
class InstalmentsAsked(BillEvent):
    plan_id: UUID


@dataclass(frozen=True, kw_only=True)
class InstalmentsDecided(BillEvent):
    """`agreed`: its parts have days of their own now."""

    plan_id: UUID
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class ObjectionFiled(BillEvent):
    objection_id: UUID


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(BillEvent):
    """`outcome` is granted, partly, refused or deemed_granted."""

    objection_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(Event):
    """Money came. Without a bill it is held until somebody finds whose it is."""

    subject_kind: ClassVar[str] = "bill"
    receipt_id: UUID
    bill_id: UUID | None
    channel: str
    amount: int
    held: int

    @property
    def subject_id(self) -> UUID:
        return self.bill_id or self.receipt_id


@dataclass(frozen=True, kw_only=True)
class PaymentContradicted(Event):
    """The bank told a known payment again, otherwise."""

    subject_kind: ClassVar[str] = "receipt"
    receipt_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.receipt_id


@dataclass(frozen=True, kw_only=True)
class ReceiptMatched(BillEvent):
    """Held money was put on a bill."""

    held_id: UUID
    amount: int


@dataclass(frozen=True, kw_only=True)
class CashDeposited(Event):
    """Cash of the counter is on the city's account."""

    subject_kind: ClassVar[str] = "deposit"
    deposit_id: UUID
    amount: int

    @property
    def subject_id(self) -> UUID:
        return self.deposit_id


@dataclass(frozen=True, kw_only=True)
class RefundEvent(Event):
    subject_kind: ClassVar[str] = "refund"
    refund_id: UUID
    bill_id: UUID | None

    @property
    def subject_id(self) -> UUID:
        return self.refund_id


@dataclass(frozen=True, kw_only=True)
class RefundAsked(RefundEvent):
    amount: int


@dataclass(frozen=True, kw_only=True)
class RefundApproved(RefundEvent):
    """By another person than who asked."""


@dataclass(frozen=True, kw_only=True)
class RefundRefused(RefundEvent):
    """The money stays held."""


@dataclass(frozen=True, kw_only=True)
class RefundSent(RefundEvent):
    """The bank took the order."""


@dataclass(frozen=True, kw_only=True)
class RefundConfirmed(RefundEvent):
    """The bank's statement shows it."""


@dataclass(frozen=True, kw_only=True)
class StatementRead(Event):
    """A day of the bank was read in."""

    subject_kind: ClassVar[str] = "bank_day"
    bank_day_id: UUID
    day: date

    @property
    def subject_id(self) -> UUID:
        return self.bank_day_id
