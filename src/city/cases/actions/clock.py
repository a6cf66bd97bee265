"""A deadline is worked out, and worked out again: after a pause, or when a holiday is set; every time on record."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from city.cases.actions import steps
from city.cases.actions.lock import locked
from city.cases.declare import KindSpec
from city.cases.events import ClockRecomputed
from city.cases.models import CalendarMark, Case, ClockEntry, Correction
from city.cases.queries import running_cases, running_of, spec_of
from city.cases.rules.clock import Running, answer_by, day_of, end_of, morning_of, nth_day
from city.kernel.actor import system
from city.kernel.events import publish
from city.kernel.plain import insert
from city.kernel.queries import working_calendar
from city.kernel.rules import WorkingCalendar

WARNED_BEFORE = (2, 1)  # HK left when the office and the applicant are warned: days 3 and 4 of 5
REMINDED_BEFORE = (5, 2)  # HK left to answer a return
AUTOMATIC = "automatic"
LAPSE = "lapse"


def set_clock(case: Case, running: Running, why: str, *, at: datetime) -> None:
    """The case's deadline as it is now, the record of it, and the times that hang on it; the case is not saved."""
    case.due_on = running.due
    if case.due_on is not None:
        case.urgent_on = case.due_on
    insert(ClockEntry(case=case, due_on=case.due_on, why=why, at=at))
    warnings = {f"warn_{running.days - left}": running.days - left for left in WARNED_BEFORE}
    if case.due_on is None:
        steps.clear_times(case, AUTOMATIC, *warnings)
        return
    days = {name: nth_day(running.first, n, running.calendar, running.pauses) for name, n in warnings.items()}
    times = mornings_to_come(days, at)
    if spec_of(case.kind_version_id).automatic:
        times[AUTOMATIC] = end_of(case.due_on)
    steps.set_times(case, times)


def mornings_to_come(days: Mapping[str, date | None], at: datetime) -> dict[str, datetime]:
    return {name: morning_of(day) for name, day in days.items() if day is not None and morning_of(day) > at}


def set_answer_time(case: Case, correction: Correction, calendar: WorkingCalendar, *, at: datetime) -> None:
    """Until when a sent return can be answered, its reminders, and the time at which the case lapses."""
    sent = correction.sent_at or at
    days = spec_of(case.kind_version_id).days("correction_days", day_of(sent))
    correction.answer_by = answer_by(sent, days, calendar)
    case.urgent_on = correction.answer_by
    first = calendar.next_after(day_of(sent))
    reminders = {f"remind_{left}": nth_day(first, days - left, calendar) for left in REMINDED_BEFORE}
    steps.set_times(case, {LAPSE: end_of(correction.answer_by), **mornings_to_come(reminders, at)})


def own_share(spec: KindSpec, setting: str, asked: datetime) -> date:
    """The last day of what one office has for its part: so many HK, the first being the working day after."""
    return answer_by(asked, spec.days(setting, day_of(asked)), working_calendar())


@transaction.atomic
def recompute_clock(*, case_id: UUID, at: datetime, why: str) -> Case:
    """Work a case's deadlines out again with the working days as they are now. Nothing is written where none moved.

    `why` is a code ("calendar"). A case without a running clock keeps its place.
    """
    case = locked(case_id)
    calendar = working_calendar()
    running = running_of(case, calendar)
    if case.is_final:
        return case
    if running is not None and running.due != case.due_on:
        set_clock(case, running, why, at=at)
        case.save(update_fields=["due_on", "urgent_on"])
        publish(
            ClockRecomputed(case_id=case.pk, kind=case.kind, due_on=case.due_on, why=why), by=system("clock"), at=at
        )
    _recompute_answer_time(case, calendar, at)
    return case


def _recompute_answer_time(case: Case, calendar: WorkingCalendar, at: datetime) -> None:
    sent = Correction.objects.filter(case_id=case.pk, state=Correction.State.SENT).first()
    before = sent.answer_by if sent else None
    if sent is not None:
        set_answer_time(case, sent, calendar, at=at)
        if sent.answer_by != before:
            sent.save(update_fields=["answer_by"])
            case.save(update_fields=["urgent_on"])


def follow_calendar(at: datetime) -> int:
    """When the working days were changed, work every running deadline out again; returns how many cases were looked at.

    Each case is a transaction of its own; the mark is set last, so that a stop in between only repeats the rest.
    """
    holidays = sorted(day.isoformat() for day in working_calendar().holidays)
    mark = hashlib.sha256("\n".join(holidays).encode()).hexdigest()
    if CalendarMark.objects.filter(mark=mark).exists():
        return 0
    waiting = list(running_cases().values_list("pk", flat=True))
    sent = Correction.objects.filter(state=Correction.State.SENT).values_list("case_id", flat=True)
    ids = sorted({*waiting, *sent})
    for case_id in ids:
        recompute_clock(case_id=case_id, at=at, why="calendar")
    with transaction.atomic():
        CalendarMark.objects.all().delete()
        CalendarMark.objects.create(mark=mark, at=at)
    return len(ids)
