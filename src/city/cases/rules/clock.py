"""How the time of a case is counted: working days (HK), pauses as a union, milestones, the line of days to draw.

Day one is fixed when the complete file is registered and never again: nobody sets a clock back. Only a sent, itemised
return makes a pause. The day of a return was the office's and counts; the day of the answer was the applicant's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from city.kernel.rules import WIB, WorkingCalendar, day_one, deadline, is_paused
from city.ui.rules.horizon import Day

Pauses = Sequence[tuple[date, date | None]]
MORNING = time(7)  # WIB: reminders come before the offices open


def day_of(at: datetime) -> date:
    """The day in Cilegon."""
    return at.astimezone(WIB).date()


def morning_of(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=WIB)


def end_of(day: date) -> datetime:
    """00.00 WIB after this day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=WIB)


def closing_time(text: str) -> time:
    """ "15:00" as the kind's setting has it."""
    return time.fromisoformat(text)


def _known(last: date | None) -> date:
    if last is None:
        raise ValueError("a count that rests has no last day")
    return last


def pause_from(sent: datetime) -> date:
    return day_of(sent) + timedelta(days=1)


def pause_until(answered: datetime, calendar: WorkingCalendar, closes: time) -> date:
    """The count goes on as it began: on the first working day after receipt, a late one counting as the next day's."""
    return day_one(answered, calendar, closes)


def answer_by(sent: datetime, days: int, calendar: WorkingCalendar) -> date:
    """The last day to answer a return: `days` HK, the first being the working day after it was sent."""
    return _known(deadline(calendar.next_after(day_of(sent)), days, calendar))


def nth_day(first: date, n: int, calendar: WorkingCalendar, pauses: Pauses = ()) -> date | None:
    """The nth counted day; None while an open pause keeps it unknown."""
    return deadline(first, n, calendar, pauses) if n > 0 else None


def wanted_by(submitted: date, days: int, calendar: WorkingCalendar) -> date:
    """By when a file without a running clock would be due, had it been complete when it came: to sort queues by."""
    return _known(deadline(calendar.next_after(submitted), days, calendar))


@dataclass(frozen=True)
class Running:
    """What a clock runs on: its first day, its length in HK, its pauses [from, until) and the working days."""

    first: date
    days: int
    calendar: WorkingCalendar
    pauses: Pauses = ()

    @property
    def due(self) -> date | None:
        return deadline(self.first, self.days, self.calendar, self.pauses)

    def rests_on(self, day: date) -> bool:
        return is_paused(day, self.pauses)

    def due_if_resumed(self, day: date) -> date:
        """The deadline if every open pause ended so that `day` is counted again."""
        closed = [(start, end if end is not None else max(start, day)) for start, end in self.pauses]
        return _known(deadline(self.first, self.days, self.calendar, closed))


@dataclass(frozen=True)
class Count:
    """HK of a clock on one day. `used` holds today; `left` are those after today; `late` those past the deadline."""

    used: int
    left: int
    late: int


def counted_on(running: Running, today: date) -> Count:
    due = running.due
    passed = [d for d in running.calendar.days_between(running.first, today) if not running.rests_on(d)]
    used = min(len(passed), running.days)
    late = len(running.calendar.days_between(due + timedelta(days=1), today)) if due is not None else 0
    return Count(used, running.days - used, late)


def line_of(running: Running, today: date) -> list[Day]:
    """The working days to draw: from day one to the deadline, or to today when that is later.

    While an open pause rests the count, the line ends where it would if the count went on tomorrow.
    """
    due = running.due or running.due_if_resumed(running.calendar.next_after(today))
    last = max(due, today)
    on = running.calendar.days_between(running.first, last)
    now = max((d for d in on if d <= today), default=None)
    return [
        Day(
            d, paused=running.rests_on(d) and not (running.due is None and d > today), today=d == now, deadline=d == due
        )
        for d in on
    ]


def working_days_held(start: date, end: date, calendar: WorkingCalendar) -> int:
    """HK somebody held a file: days after the one it came, to the one it left, so that spans add up to the whole."""
    return len(calendar.days_between(start + timedelta(days=1), end))
