"""Months and whether they still take postings."""

from dataclasses import dataclass
from datetime import date, datetime

from city.ledger.models import Closing

AUDIT = 13  # the period of a closed year's audit adjustments


@dataclass(frozen=True)
class MonthRow:
    """A month by its first day. `closed_at`: when it, or one after it, was closed. `is_over`: it has ended."""

    day: date
    is_over: bool
    closed_at: datetime | None

    @property
    def can_close(self) -> bool:
        return self.is_over and self.closed_at is None


def months(day: date) -> list[MonthRow]:
    """This year's months so far and those of the year before, the newest first."""
    closings = list(Closing.objects.filter(month__lt=AUDIT).order_by("year", "month"))
    rows = []
    for number in range(day.year * 12 + day.month - 1, (day.year - 1) * 12 - 1, -1):
        first = date(number // 12, number % 12 + 1, 1)
        closed = next((one for one in closings if (one.year, one.month) >= (first.year, first.month)), None)
        is_over = (first.year, first.month) < (day.year, day.month)
        rows.append(MonthRow(first, is_over, closed.closed_at if closed else None))
    return rows
