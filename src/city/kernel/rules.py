"""Working days, pure. A day counts when it is no Saturday, Sunday or holiday; the calendar is told, never looked up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")


@dataclass(frozen=True)
class WorkingCalendar:
    """The days on which offices work. `holidays` are the dates taken out of Monday to Friday."""

    holidays: frozenset[date] = frozenset()

    def counts(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def first_on_or_after(self, day: date) -> date:
        while not self.counts(day):
            day += timedelta(days=1)
        return day

    def next_after(self, day: date) -> date:
        return self.first_on_or_after(day + timedelta(days=1))

    def days_between(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included; empty when last < first."""
        span = (last - first).days + 1
        return [day for day in (first + timedelta(days=n) for n in range(span)) if self.counts(day)]


def day_one(received: datetime, calendar: WorkingCalendar, closes: time = time(15)) -> date:
    """The first counted day: the first working day after complete receipt.

    What comes on a working day after closing time counts as come on the next working day.
    """
    local = received.astimezone(WIB)
    late = calendar.counts(local.date()) and local.time() > closes
    return calendar.next_after(calendar.next_after(local.date()) if late else local.date())


def is_paused(day: date, pauses: Iterable[tuple[date, date | None]]) -> bool:
    """Whether the count rests that day. Pauses are half open [from, until); overlapping pauses are a union."""
    return any(start <= day and (end is None or day < end) for start, end in pauses)


def deadline(
    first: date, days: int, calendar: WorkingCalendar, pauses: Iterable[tuple[date, date | None]] = ()
) -> date | None:
    """The last of `days` counted, unpaused working days from `first` on; None while an open pause rests the count."""
    rests = list(pauses)
    open_from = min((start for start, end in rests if end is None), default=None)
    day, left = calendar.first_on_or_after(first), days
    while True:
        if open_from is not None and day >= open_from:
            return None
        if not is_paused(day, rests):
            left -= 1
            if left == 0:
                return day
        day = calendar.next_after(day)
