"""The card of an account: every line of a year, with the balance after each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Sum

from city.kernel.paging import page_of
from city.ledger.models import Balance, Line
from city.ledger.queries.balances import CARRIED


@dataclass(frozen=True)
class CardOf:
    """Which card: an account of an entity in a book."""

    code: str
    entity: str
    book: str


@dataclass(frozen=True)
class CardLine:
    """A line with its document; `balance` is debit less credit after it, in sen."""

    booked_on: date
    document: UUID
    label: str
    description: str
    counterpart: str
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True)
class Card:
    """A page of the card; `brought` is the balance before its first line."""

    brought: int
    lines: Sequence[CardLine]
    next_key: str

    @property
    def carried(self) -> int:
        return self.lines[-1].balance if self.lines else self.brought


_FIELDS = ("id", "booked_on", "counterpart", "debit", "credit")
_PAPER = {
    "document": F("entry__document_id"),
    "label": F("entry__document__label"),
    "description": F("entry__document__description"),
}


def account_card(which: CardOf, after: str = "", *, year: int, size: int = 100) -> Card:
    """A year's lines of an account by day, paged by key."""
    first = date(year, 1, 1)
    rows = Line.objects.filter(entity=which.entity, book=which.book, account_id=which.code)
    rows = rows.filter(booked_on__range=(first, date(year, 12, 31)))
    page = page_of(rows.values(*_FIELDS, **_PAPER), by=("booked_on", "id"), after=after, size=size)
    brought = _before(which, page.rows[0] if page.rows else None, first)
    return Card(brought, list(_running(page.rows, brought)), page.next_key)


def _running(rows: Sequence[dict[str, Any]], balance: int) -> Iterator[CardLine]:
    for row in rows:
        balance += row["debit"] - row["credit"]
        told = {name: value for name, value in row.items() if name != "id"}
        yield CardLine(**told, balance=balance)


def _before(which: CardOf, row: dict[str, Any] | None, first: date) -> int:
    """What the months before say, and the lines of the row's own month that stand before it."""
    day = row["booked_on"] if row else first
    months = Balance.objects.filter(entity=which.entity, book=which.book, account=which.code)
    earlier = Q(year=first.year, month__lt=day.month)
    if which.book == CARRIED:
        earlier |= Q(year__lt=first.year)
    brought = _sum(months.filter(earlier))
    if row is None:
        return brought
    here = Line.objects.filter(entity=which.entity, book=which.book, account_id=which.code, booked_on__lte=day)
    here = here.filter(Q(booked_on__lt=day, booked_on__gte=day.replace(day=1)) | Q(booked_on=day, id__lt=row["id"]))
    return brought + _sum(here)


def _sum(rows: Any) -> int:
    return int(rows.aggregate(sum=Sum(F("debit") - F("credit")))["sum"] or 0)
