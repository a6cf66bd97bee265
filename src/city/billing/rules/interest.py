"""Interest for paying late: 1 % of what is unpaid for each month begun, for at most 24 months; never interest on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from city.billing.rules.fees import whole_rupiah
from city.billing.rules.months import add_months, months_begun


@dataclass(frozen=True)
class Part:
    """A part of the principal and the last day to pay it: the whole bill, or one instalment."""

    due_on: date
    amount: int


@dataclass(frozen=True)
class Paid:
    """Principal paid by the end of a day; negative where a payment was taken back."""

    day: date
    amount: int


@dataclass(frozen=True)
class Terms:
    """Dated settings: the rate a month (0.01) and the most months it runs."""

    rate: Decimal
    most_months: int


@dataclass(frozen=True)
class Month:
    """The interest of one part for one month begun on `day`: `base` rupiah were unpaid then."""

    part: int
    month: int
    day: date
    base: int
    amount: int


def months_due(parts: Sequence[Part], paid: Sequence[Paid], terms: Terms, until: date) -> list[Month]:
    """Every month begun by `until`, in the order of parts and months. Payments fill the earliest part first."""
    found = []
    before = 0
    for place, part in enumerate(parts):
        for month in range(1, min(months_begun(part.due_on, until), terms.most_months) + 1):
            last_day = add_months(part.due_on, month - 1)
            base = min(part.amount, max(0, before + part.amount - _paid_by(paid, last_day)))
            if base:
                amount = whole_rupiah(base * terms.rate)
                found.append(Month(place, month, last_day + timedelta(days=1), base, amount))
        before += part.amount
    return found


def _paid_by(paid: Sequence[Paid], day: date) -> int:
    return sum(one.amount for one in paid if one.day <= day)


def interest_due(parts: Sequence[Part], paid: Sequence[Paid], terms: Terms, until: date) -> int:
    """The sum of those months in rupiah."""
    return sum(month.amount for month in months_due(parts, paid, terms, until))
