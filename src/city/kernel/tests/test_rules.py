"""Working days: tables and properties of the clock every deadline rests on."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city.kernel.rules import WIB, WorkingCalendar, day_one, deadline, is_paused

PLAIN = WorkingCalendar()
MONDAY = date(2026, 11, 23)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
spans = st.tuples(days, st.integers(0, 20)).map(lambda p: (p[0], p[0] + timedelta(days=p[1])))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("received", "first"),
    [
        (at(23, 10), date(2026, 11, 24)),  # Monday morning: Tuesday
        (at(23, 15), date(2026, 11, 24)),  # at closing time: still Monday's
        (at(23, 15, 1), date(2026, 11, 25)),  # a minute later: as if come on Tuesday
        (at(27, 16), date(2026, 12, 1)),  # Friday after closing: as if come on Monday
        (at(28, 9), date(2026, 11, 30)),  # Saturday: the first working day after it
    ],
)
def test_the_count_starts_on_the_first_working_day_after_receipt(received: datetime, first: date) -> None:
    assert day_one(received, PLAIN) == first


def test_five_working_days_from_a_monday_end_on_friday() -> None:
    assert deadline(MONDAY, 5, PLAIN) == date(2026, 11, 27)


def test_an_open_pause_leaves_no_deadline() -> None:
    assert deadline(MONDAY, 5, PLAIN, [(date(2026, 11, 25), None)]) is None


def test_a_pause_that_opens_after_the_last_day_changes_nothing() -> None:
    assert deadline(MONDAY, 2, PLAIN, [(date(2026, 11, 25), None)]) == date(2026, 11, 24)


@given(first=days, n=st.integers(1, 30), pauses=st.lists(spans, max_size=4), holiday=days)
def test_a_new_holiday_moves_the_deadline_by_one_counted_day_or_not_at_all(
    first: date, n: int, pauses: list[tuple[date, date]], holiday: date
) -> None:
    before, after = WorkingCalendar(), WorkingCalendar(frozenset({holiday}))
    start = before.first_on_or_after(first)
    old, new = deadline(start, n, before, pauses), deadline(start, n, after, pauses)
    assert old is not None
    counted = before.counts(holiday) and not is_paused(holiday, pauses) and start <= holiday <= old
    expected = deadline(start, n + 1, before, pauses) if counted else old
    assert new == expected


@given(first=days, n=st.integers(1, 30), pauses=st.lists(spans, max_size=4))
def test_overlapping_pauses_count_once(first: date, n: int, pauses: list[tuple[date, date]]) -> None:
    assert deadline(first, n, PLAIN, pauses) == deadline(first, n, PLAIN, [*pauses, *pauses])
