"""What stands on accounts: one balance, and the trial balance of a book."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum

from city.ledger.models import Account, Balance, Book, Line

CARRIED = Book.FINANCIAL  # the other books begin each year with nothing


@dataclass(frozen=True)
class TrialRow:
    """An account at the end of a month, in sen; `opening` and `closing` are debit less credit."""

    account: str
    name: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


@dataclass(frozen=True)
class TrialBalance:
    """The accounts of a book that ever moved, by code."""

    rows: Sequence[TrialRow]

    @property
    def debit(self) -> int:
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        return sum(row.credit for row in self.rows)

    @property
    def apart(self) -> int:
        """Zero, or the books do not balance."""
        return sum(row.closing for row in self.rows)


_TRIAL = """
    SELECT sums.account, named.name, sums.opening, sums.debit, sums.credit FROM (
        SELECT account,
            coalesce(sum(debit - credit) FILTER (WHERE year * 100 + month < %(until)s), 0)::bigint AS opening,
            coalesce(sum(debit) FILTER (WHERE year * 100 + month = %(until)s), 0)::bigint AS debit,
            coalesce(sum(credit) FILTER (WHERE year * 100 + month = %(until)s), 0)::bigint AS credit
        FROM ledger_balance
        WHERE book = %(book)s AND (%(entity)s::text IS NULL OR entity = %(entity)s)
          AND year * 100 + month <= %(until)s AND year >= %(since)s
        GROUP BY account
    ) sums JOIN ledger_account named ON named.code = sums.account ORDER BY sums.account
"""


def trial_balance(entity: str | None, book: str, year: int, month: int) -> TrialBalance:
    """The trial balance of an entity (None: all together) at the end of a month; 13 takes in audit adjustments."""
    since = 0 if book == CARRIED else year
    asked = {"entity": entity, "book": book, "until": year * 100 + month, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(_TRIAL, asked)
        return TrialBalance([TrialRow(*row) for row in cursor.fetchall()])


def balance(account: str, entity: str | None, book: str, until: date | None = None) -> int:
    """Debit less credit, in sen, on an account or on all below it ("1.1.04"), to the end of a day or as it stands."""
    months = _below(Balance.objects.filter(book=book), "account", account)
    days = _below(Line.objects.filter(book=book), "account__code", account)
    if entity is not None:
        months, days = months.filter(entity=entity), days.filter(entity=entity)
    if until is None:
        return _sum(months)
    earlier = months.filter(Q(year__lt=until.year) | Q(year=until.year, month__lt=until.month))
    return _sum(earlier) + _sum(days.filter(booked_on__range=(until.replace(day=1), until)))


def _below(rows: "QuerySet[Any]", field: str, account: str) -> "QuerySet[Any]":
    # Codes sort by byte, and "/" follows ".": a span of the index.
    return rows.filter(Q(**{field: account}) | Q(**{f"{field}__gte": f"{account}.", f"{field}__lt": f"{account}/"}))


def _sum(rows: "QuerySet[Any]") -> int:
    return int(rows.aggregate(sum=Sum(F("debit") - F("credit")))["sum"] or 0)


def account(code: str) -> Account | None:
    """An account by its code."""
    return Account.objects.filter(pk=code).first()


def by_entity(code: str, book: str) -> list[tuple[str, int]]:
    """Who has this account, and how much (debit less credit, in sen)."""
    rows = Balance.objects.filter(account=code, book=book).values("entity")
    return list(rows.annotate(sum=Sum(F("debit") - F("credit"))).order_by("entity").values_list("entity", "sum"))
