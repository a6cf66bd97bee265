"""Months as the law counts them: from a day to the same day of a later month, or to that month's last day."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """31 January and one month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_begun(due: date, day: date) -> int:
    """How many months have begun since the due day was over: none on the due day itself, one on the day after."""
    if day <= due:
        return 0
    months = (day.year - due.year) * 12 + day.month - due.month
    return months + 1 if day > add_months(due, months) else months
