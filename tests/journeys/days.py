"""Cases brought somewhere by the city's own actions, and working days that pass for one case alone.

Nobody waits five working days for a test. A case's dates and its timers' times are moved back in the database, and the
worker beside finds them due by itself: the city knows no other clock, and has no door for tests.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from typing import Any

from city.kernel.rules import WIB, WorkingCalendar
from city.operate.demo.cast import id_of

from .live import LiveCity

PLACE = {
    "facility_name": "Klinik Pratama Ciwaduk",
    "facility_type": "clinic",
    "kelurahan": "Cilegon/Ciwaduk",
    "facility_address": "Jalan Contoh Ciwaduk 9, RT 01 RW 03",
}


def a_case(city: LiveCity, key: str, who: str, until: str, *, began: int = 0, **place: str) -> str:
    """One of the cast applies for a SIP Dokter, sent `began` working days ago; it goes as far as `until`. Gives its id.

    By the same actions as the pages', each by whoever it belongs to, as the demo city's own cases are made.
    """
    case_id = str(id_of(f"case:{key}"))
    story = {"key": key, "who": who, "kind": "sip_dokter", "began": began, "until": until, "place": {**PLACE, **place}}
    walked(city, case_id, story)
    return case_id


def to_signature(city: LiveCity, case_id: str, who: str) -> None:
    """A draft that has its answers gets its papers, is sent, and goes through every office, up to the signature."""
    walked(city, case_id, {"key": "", "who": who, "kind": "sip_dokter", "began": 0, "until": "sign"})


def walked(city: LiveCity, case_id: str, story: dict[str, Any]) -> None:
    """A case goes its way by the actions of everybody on it; `story` is as in the demo city's own file."""
    city.run(
        "from uuid import UUID\n"
        "from django.utils.timezone import now\n"
        "from city.operate.demo import walking\n"
        "from city.operate.demo.stories import Story\n"
        "walking._print = lambda way: None\n"  # the worker beside prints the letter
        f"Told = type('Told', (Story,), {{'id': UUID({case_id!r})}})\n"
        f"walking.walk(Told(**{story!r}), now())"
    )


def today() -> date:
    return datetime.now(WIB).date()


def calendar(city: LiveCity) -> WorkingCalendar:
    return WorkingCalendar(frozenset(day for (day,) in city.rows("SELECT day FROM kernel_holiday")))


def working_day(city: LiveCity, ago: int) -> date:
    """The last working day up to today, or so many before it."""
    return calendar(city).days_between(today() - timedelta(days=ago * 3 + 20), today())[-1 - ago]


def days_pass(city: LiveCity, case_id: str, days: int) -> None:
    """So many working days go by for one case: its dates and its timers are moved back by as many."""
    works = calendar(city)

    def back(day: date) -> date:
        return works.days_between(day - timedelta(days=days * 3 + 20), day)[-1 - days]

    moves = [
        ("cases_case", "id", case_id, ("day_one", "due_on", "urgent_on"), back),
        ("cases_case", "id", case_id, ("submitted_at", "registered_at", "created_at"), _at(back)),
        ("cases_correction", "case_id", case_id, ("answer_by",), back),
        ("cases_correction", "case_id", case_id, ("sent_at",), _at(back)),
        ("cases_pause", "case_id", case_id, ("from_day",), lambda day: back(day - timedelta(1)) + timedelta(1)),
        ("cases_review", "case_id", case_id, ("urgent_on",), back),
        ("workflow_task", "subject_id", case_id, ("opened_at",), _at(back)),
        ("workflow_timer", "process_id", _process(city, case_id), ("due_at",), _due(back)),
    ]
    _move_at_once(city, [change for move in moves for change in _changes(city, *move)])


def _at(back: Callable[[date], date]) -> Callable[[datetime], datetime]:
    """The same hour of an earlier day."""

    def moved(at: datetime) -> datetime:
        local = at.astimezone(WIB)
        return datetime.combine(back(local.date()), local.timetz())

    return moved


def _due(back: Callable[[date], date]) -> Callable[[datetime], datetime]:
    """A timer at midnight ends the day before; one of this morning has struck, whatever the hour of the test."""

    def moved(at: datetime) -> datetime:
        local = at.astimezone(WIB)
        if local.time() == hour():
            return datetime.combine(back(local.date() - timedelta(1)) + timedelta(1), hour(), tzinfo=WIB)
        then = datetime.combine(back(local.date()), local.timetz())
        return min(then, datetime.now(UTC)) if then.astimezone(WIB).date() <= today() else then

    return moved


def _process(city: LiveCity, case_id: str) -> Any:
    return city.one("SELECT process_id FROM cases_case WHERE id = %s", [case_id])


def _changes(
    city: LiveCity, table: str, key: str, value: Any, columns: tuple[str, ...], back: Callable[[Any], Any]
) -> Iterator[tuple[str, Any, str, Any]]:
    """Table, row, column and new value of everything that moves."""
    unfired = " AND fired_at IS NULL" if table == "workflow_timer" else ""
    asked = f"SELECT id, {', '.join(columns)} FROM {table} WHERE {key} = %s{unfired}"  # noqa: S608 - names of ours
    for row, *days in city.rows(asked, [value]):
        yield from ((table, row, column, back(day)) for column, day in zip(columns, days, strict=True) if day)


def _move_at_once(city: LiveCity, changes: Iterable[tuple[str, Any, str, Any]]) -> None:
    """One statement: the worker sees all of it or nothing."""
    rows: dict[tuple[str, Any], dict[str, Any]] = {}
    for table, row, column, moved in changes:
        rows.setdefault((table, row), {})[column] = moved
    parts, values = [], []
    for place, ((table, row), columns) in enumerate(rows.items()):
        sets = ", ".join(f"{column} = %s" for column in columns)
        parts.append(f"moved_{place} AS (UPDATE {table} SET {sets} WHERE id = %s RETURNING id)")  # noqa: S608
        values += [*columns.values(), row]
    city.rows(f"WITH {', '.join(parts)} SELECT 1", values)


def until(city: LiveCity, question: str, values: list[Any], wanted: Any, *, tries: int = 240) -> None:
    """The worker beside does its part: the first column of the answer becomes what is wanted."""
    found: Any = None
    for _try in range(tries):
        found = [row[0] for row in city.rows(question, values)]
        if found == wanted:
            return
        time.sleep(0.5)
    raise AssertionError(f"{question} {values}: {found}, not {wanted}\n{city.words()}")


def events(city: LiveCity, subject_id: str, *names: str) -> list[tuple[str, str, dict[str, Any]]]:
    """What is on record about a subject: name, by whom, facts; oldest first."""
    asked = "SELECT name, actor, data FROM kernel_eventrecord WHERE subject_id = %s AND name = ANY(%s) ORDER BY id"
    return [(name, actor, data) for name, actor, data in city.rows(asked, [subject_id, list(names)])]


def notices(city: LiveCity, code: str, about: str, count: int = 1) -> None:
    """So many notices of this code about a receipt or permit number are written: the events have come that far."""
    asked = "SELECT count(*) FROM notices_notice WHERE code = %s AND %s IN (facts->>'receipt', facts->>'number')"
    until(city, asked, [code, about], [count])


def told(city: LiveCity, key: str, code: str, about: str) -> int:
    """How many notices of this code somebody of the cast has about a receipt or permit number."""
    asked = "SELECT count(*) FROM notices_notice WHERE person_id = %s AND code = %s AND facts::text LIKE %s"
    return int(city.one(asked, [id_of(f"person:{key}"), code, f"%{about}%"]))
