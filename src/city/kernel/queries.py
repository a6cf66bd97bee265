"""What others ask the ground: the calendar, a subject's facts."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from city.kernel.models import EventRecord, Holiday
from city.kernel.rules import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """The city's working days as they stand now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT day FROM kernel_holiday")
        return WorkingCalendar(frozenset(day for (day,) in cursor.fetchall()))


def unconfirmed_holidays(first: date, last: date) -> "QuerySet[Holiday]":
    """Estimated holidays in a span: a date computed over them is shown as unconfirmed."""
    return Holiday.objects.filter(day__range=(first, last), confirmed=False).order_by("day")


def days_off(first: date, last: date) -> "QuerySet[Holiday]":
    """Holidays and days of collective leave in a span, both days included; weekends carry their holidays too."""
    return Holiday.objects.filter(day__range=(first, last)).order_by("day")


def history_of(subject_kind: str, subject_id: UUID) -> "QuerySet[EventRecord]":
    """What happened to a subject, oldest first."""
    return EventRecord.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("pk")
