"""Rows of billing: rates, bills, what was paid, what is held, the bank's days. Money is whole rupiah."""

from city.billing.models.bank import BankDay, BankLine
from city.billing.models.bill import Bill, Bills, Instalment, InstalmentPlan, InterestCharge, Objection, Tariff
from city.billing.models.payment import (
    Applied,
    Deposit,
    DepositLine,
    Held,
    PaymentRequest,
    Receipt,
    ReceiptConflict,
    Refund,
)

__all__ = [
    "Applied",
    "BankDay",
    "BankLine",
    "Bill",
    "Bills",
    "Deposit",
    "DepositLine",
    "Held",
    "Instalment",
    "InstalmentPlan",
    "InterestCharge",
    "Objection",
    "PaymentRequest",
    "Receipt",
    "ReceiptConflict",
    "Refund",
    "Tariff",
]
