"""A case's time, as everybody may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from city.cases.models import Case, Pause
from city.cases.rules.clock import Running, counted_on, day_of, line_of
from city.kernel.plain import fetch_all
from city.kernel.queries import unconfirmed_holidays, working_calendar
from city.kernel.rules import WorkingCalendar
from city.ui.rules.horizon import Day


@dataclass(frozen=True)
class Clock:
    """Working days of a registered case. `due_on` is None while the count rests; `due_if_resumed` is then the deadline
    if the applicant answers today. `unconfirmed`: estimated holidays lie in the span, the date may move."""

    total: int
    used: int
    left: int
    late: int
    day_one: date
    due_on: date | None
    due_if_resumed: date
    paused: bool
    days: list[Day]
    unconfirmed: bool


def pauses_of(case_id: UUID) -> list[tuple[date, date | None]]:
    pauses = sorted(fetch_all(Pause, case=case_id), key=lambda pause: pause.from_day)
    return [(pause.from_day, pause.until_day) for pause in pauses]


def running_of(case: Case, calendar: WorkingCalendar | None = None) -> Running | None:
    """What the clock runs on; None before the file was registered as complete."""
    if case.day_one is None or case.sla_days is None:
        return None
    return Running(case.day_one, case.sla_days, calendar or working_calendar(), pauses_of(case.pk))


def clock(case_id: UUID, at: datetime) -> Clock | None:
    """The clock on a day; None before it began. An ended case's clock stands on its last day."""
    case = Case.objects.get(pk=case_id)
    running = running_of(case)
    if running is None:
        return None
    today = day_of(min(at, case.ended_at) if case.ended_at else at)
    count, days = counted_on(running, today), line_of(running, today)
    resumed = running.due_if_resumed(running.calendar.next_after(today))
    return Clock(
        total=running.days,
        used=count.used,
        left=count.left,
        late=count.late,
        day_one=running.first,
        due_on=running.due,
        due_if_resumed=resumed,
        paused=running.due is None,
        days=days,
        unconfirmed=unconfirmed_holidays(running.first, running.due or resumed).exists(),
    )
