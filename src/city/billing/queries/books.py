"""Billing's own sums, the ledger's, and the bank's, side by side. Rupiah."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Sum

from city.billing.models import BankDay, Bill, Deposit, Held, Receipt, Refund
from city.billing.rules.reconciliation import Item, Movement, Result, compared, with_opening
from city.ledger.declare import TREASURY
from city.ledger.queries import balance, booked_late

SEN = 100
BOOK = "finansial"
CLAIMS, CITY_ACCOUNT, TILL, DEBT = "1.1.04", "1.1.01.01", "1.1.01.02", "2.1.07.01.02"


@dataclass(frozen=True)
class Books:
    """The same four sums from our rows and from the ledger, of one agency or of all."""

    claims: int
    claims_in_ledger: int
    till: int
    till_in_ledger: int
    debt: int
    debt_in_ledger: int


def books_of(agency: str) -> Books:
    """An agency's open bills, cash and held money, as billing has them and as the ledger has them."""
    cash = Receipt.objects.filter(channel=Receipt.Channel.CASH, entity=agency)
    held = Held.objects.filter(entity=agency)
    waiting = Refund.objects.filter(held__entity=agency, state__in=[Refund.State.ASKED, Refund.State.APPROVED])
    owed = F("amount") + F("interest") - F("reduced") - F("paid")
    return Books(
        claims=_sum(Bill.objects.filter(agency=agency), owed),
        claims_in_ledger=_rupiah(CLAIMS, agency),
        till=_sum(cash) - _sum(Deposit.objects.filter(agency=agency)),
        till_in_ledger=_rupiah(TILL, agency),
        debt=_sum(held, F("amount") - F("used")) + _sum(waiting),
        debt_in_ledger=-_rupiah(DEBT, agency),
    )


def agencies() -> list[str]:
    """Every agency with a bill or money of its own."""
    owners = set(Bill.objects.values_list("agency", flat=True).distinct())
    return sorted(owners | set(Receipt.objects.values_list("entity", flat=True).distinct()))


def bank_in_ledger(until: date | None = None) -> int:
    """The city's account in the treasury's books."""
    return _rupiah(CITY_ACCOUNT, TREASURY, until)


def bank_by_receipts() -> int:
    """The city's account as our own rows have it: what came by the bank, deposits, less what was sent back. A deposit
    that the bank told of first is among what came."""
    by_bank = Receipt.objects.exclude(channel=Receipt.Channel.CASH)
    sent = Refund.objects.filter(sent_at__isnull=False, returned_on=None)
    return _sum(by_bank) + _sum(Deposit.objects.filter(receipt=None)) - _sum(sent)


def _rupiah(account: str, entity: str, until: date | None = None) -> int:
    return balance(account, entity, BOOK, until) // SEN


def _sum(rows: "QuerySet[Any]", what: Any = "amount") -> int:
    return int(rows.aggregate(sum=Sum(what))["sum"] or 0)


# Of each day the newest file; against it everything that moved our account up to that day, by the day in the ledger:
# what was told after its month was closed is booked when it was told. Marks are compared as slips are. Only what
# differs comes back, so that years of days that agree cost no memory.
_DIFFERENT = """
    WITH days AS (SELECT DISTINCT ON (day) id, day FROM billing_bankday WHERE day <= %(day)s
                  ORDER BY day, read_at DESC, id DESC),
    bank AS (SELECT upper(replace(l.bank_reference, ' ', '')) AS mark, l.amount, d.day, l.text AS what
             FROM billing_bankline l JOIN days d ON d.id = l.bank_day_id),
    moved AS (SELECT bank_reference AS mark, amount, coalesce(late.booked_on, paid_on) AS day, label AS what
              FROM billing_receipt LEFT JOIN unnest(%(late)s::uuid[], %(booked)s::date[]) AS late(receipt, booked_on)
              ON late.receipt = id WHERE channel <> 'cash'
              UNION ALL SELECT bank_reference, amount, deposited_on, label FROM billing_deposit WHERE receipt_id IS NULL
              UNION ALL SELECT bank_reference, -amount, sent_on, label FROM billing_refund
              UNION ALL SELECT coalesce(nullif(return_reference, ''), 'kembali ' || bank_reference), amount,
              returned_on, label FROM billing_refund),
    books AS (SELECT upper(replace(mark, ' ', '')) AS mark, amount, day, what FROM moved
              WHERE day BETWEEN %(first)s AND %(day)s)
    SELECT mark, bank.amount, bank.day, bank.what, books.amount, books.day, books.what
    FROM bank FULL JOIN books USING (mark) WHERE bank.amount IS DISTINCT FROM books.amount
"""


def statement_of(day: date) -> BankDay | None:
    """The newest file of a day."""
    return BankDay.objects.filter(day=day).order_by("-read_at", "-pk").first()


def reconciliation_of(day: date) -> Result | None:
    """A day's closing balance at the bank and in the ledger, and the listed items that explain the gap; None without a
    statement of that day."""
    statement = statement_of(day)
    if statement is None:
        return None
    return Result(statement.closing, bank_in_ledger(day), tuple(listed_bank_items(day)))


def listed_bank_items(day: date) -> list[Item]:
    """Everything by which bank and books differ at the end of a day, the oldest first."""
    first = BankDay.objects.order_by("day", "-read_at", "-pk").first()
    if first is None:
        return []
    late = booked_late("billing.receipt", first.day)
    told: dict[str, Any] = {"day": day, "first": first.day, "late": list(late), "booked": list(late.values())}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT, told)
        rows = cursor.fetchall()
    bank = [Movement(mark, amount, when, what) for mark, amount, when, what, *_ in rows if amount is not None]
    books = [Movement(mark, amount, when, what) for mark, *_, amount, when, what in rows if amount is not None]
    before = first.opening - bank_in_ledger(_day_before(first.day))
    return with_opening(compared(bank, books), before, first.day)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
