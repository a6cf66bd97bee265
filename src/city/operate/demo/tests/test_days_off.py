"""The demo city's calendar: what is decreed, what is only estimated, and that placing it again changes nothing."""

from datetime import date

import pytest

from city.kernel.models import Holiday
from city.kernel.queries import unconfirmed_holidays, working_calendar
from city.operate.demo.days_off import place_holidays

pytestmark = pytest.mark.django_db


def test_2026_has_the_decreed_17_holidays_and_8_days_of_collective_leave() -> None:
    place_holidays()
    year = Holiday.objects.filter(day__year=2026)
    assert year.filter(source__contains="libur nasional").count() == 17
    assert year.filter(source__contains="cuti bersama").count() == 8
    assert not year.filter(confirmed=False).exists()


def test_christmas_and_the_leave_before_it_are_not_counted() -> None:
    place_holidays()
    days = working_calendar().days_between(date(2026, 12, 21), date(2026, 12, 28))
    assert [day.day for day in days] == [21, 22, 23, 28]


def test_estimates_show_as_unconfirmed_and_without_the_word_in_their_name() -> None:
    place_holidays()
    waiting = list(unconfirmed_holidays(date(2027, 1, 1), date(2027, 12, 31)))
    assert date(2027, 3, 10) in [row.day for row in waiting]
    assert not any("perkiraan" in row.name for row in waiting)


def test_placing_them_again_changes_nothing() -> None:
    place_holidays()
    before = list(Holiday.objects.order_by("pk").values())
    place_holidays()
    assert list(Holiday.objects.order_by("pk").values()) == before
