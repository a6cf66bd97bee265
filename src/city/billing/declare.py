"""Shelves and shapes for the floors above: the bank that takes payments, and the formulas by which fees are found."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from city.billing.rules.statement import Statement, StatementLine, read_statement, write_statement
from city.kernel.registry import Registry

__all__ = ["Statement", "StatementLine", "read_statement", "write_statement"]

QRIS, VA = "qris", "va"


class BankRefused(Exception):
    """The bank answered no. `sentence` is shown to the person as it is; trying again alone will not help."""

    def __init__(self, sentence: object, code: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.code = code


class BankUnreachable(BankRefused):
    """The bank did not answer, or not in time: nothing is known to have happened; the same request may be repeated."""


@dataclass(frozen=True)
class QrisOrder:
    """A QR code wanted for a bill. `label` is the bill's number as printed; `amount` in rupiah."""

    bill: UUID
    label: str
    amount: int
    expires_at: datetime


@dataclass(frozen=True)
class AccountOrder:
    """A virtual account wanted for a bill; `payer_name` is what the payer's bank shows before she pays."""

    bill: UUID
    label: str
    payer_name: str
    amount: int
    expires_at: datetime


@dataclass(frozen=True)
class TransferOrder:
    """Money to give back. `id` makes it safe to repeat: the bank moves it once."""

    id: UUID
    to_bank: str
    to_account: str
    to_name: str
    amount: int
    reason: str


@dataclass(frozen=True)
class QrisCode:
    """`payload` is the EMV text behind the picture; `reference` names the order at the bank."""

    payload: str
    reference: str
    expires_at: datetime


@dataclass(frozen=True)
class VirtualAccount:
    number: str
    reference: str
    expires_at: datetime


@dataclass(frozen=True)
class BankReceipt:
    """Money that arrived, as the bank told it. `reference` is our order's, `bank_reference` is unique at the bank."""

    channel: str
    reference: str
    bank_reference: str
    amount: int
    paid_at: datetime
    payer_name: str = ""


class Bank(Protocol):
    """Who holds the city's account. The gateway registers "snap". Each call may raise BankRefused or BankUnreachable.

    No call is made inside a transaction. Every call is safe to repeat with the same order.
    """

    simulated: bool

    def ask_qris(self, order: QrisOrder) -> QrisCode: ...

    def ask_account(self, order: AccountOrder) -> VirtualAccount: ...

    def inquire(self, channel: str, reference: str) -> list[BankReceipt]:
        """What was paid on an order of ours; empty while nothing was."""

    def statement(self, day: date) -> bytes:
        """The day's file, as `write_statement` writes it; lines of refunds carry the reference of `transfer_back`."""

    def transfer_back(self, order: TransferOrder) -> str:
        """Send money back; returns the bank's reference. The statement tells when it left."""


BANKS: Registry[Bank] = Registry("bank")
