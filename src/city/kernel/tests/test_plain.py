"""A row read or written in plain SQL is the row Django would have read or written."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from city.kernel import plain
from city.kernel.models import EventRecord, Holiday, SubjectKey

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def values_of(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def a_fact() -> EventRecord:
    data = {"count": 3, "names": ["a'b", 'c"d', "é"], "none": None}
    return EventRecord(name="Tried", subject_kind="test", subject_id=uuid4(), data=data, actor="tests", at=AT)


def test_a_row_written_reads_the_same_either_way() -> None:
    fact = a_fact()
    plain.insert(fact)
    ours, theirs = plain.fetch(EventRecord, pk=fact.pk), EventRecord.objects.get(pk=fact.pk)
    assert ours is not None
    assert values_of(ours) == values_of(theirs)
    assert ours.data == {"count": 3, "names": ["a'b", 'c"d', "é"], "none": None}
    assert ours.recorded_at is not None  # the database fills it itself


def test_what_was_read_can_be_saved_by_django_too() -> None:
    plain.insert(Holiday(day=date(2031, 1, 1), name="Tahun baru", source="contoh"))
    day = plain.fetch(Holiday, day=date(2031, 1, 1))
    assert day is not None
    day.confirmed = True
    day.save()
    assert Holiday.objects.get(pk=day.pk).confirmed


def test_rows_are_found_by_their_values_in_the_order_of_their_keys() -> None:
    days = [Holiday(day=date(2032, 1, n), name="n", source="satu") for n in (3, 1, 2)]
    for day in days:
        plain.insert(day)
    assert [row.pk for row in plain.fetch_all(Holiday, source="satu")] == [day.pk for day in days]
    assert plain.fetch_all(Holiday, source="dua") == []
    assert set(plain.fetch_many(Holiday, [days[0].pk, days[2].pk, -1])) == {days[0].pk, days[2].pk}
    assert plain.fetch_many(Holiday, []) == {}


def test_only_the_fields_named_are_written() -> None:
    day = Holiday(day=date(2033, 1, 1), name="lama", source="lama")
    plain.insert(day)
    day.name, day.source = "baru", "baru"
    plain.rewrite(day, "name")
    assert Holiday.objects.values_list("name", "source").get(pk=day.pk) == ("baru", "lama")
    plain.rewrite(day)
    assert Holiday.objects.values_list("name", "source").get(pk=day.pk) == ("baru", "baru")


def test_what_is_not_there_is_not_written_in_silence() -> None:
    assert plain.fetch(SubjectKey, pk=uuid4()) is None
    with pytest.raises(DatabaseError, match="not there"):
        plain.rewrite(Holiday(pk=-1, day=date(2034, 1, 1), name="x", source="x"))
    plain.insert(Holiday(day=date(2034, 1, 1), name="x", source="x"))
    with pytest.raises(IntegrityError), transaction.atomic():
        plain.insert(Holiday(day=date(2034, 1, 1), name="y", source="y"))


def test_a_text_is_never_part_of_the_statement() -> None:
    hostile = "x'); DELETE FROM kernel_holiday; --"
    plain.insert(Holiday(day=date(2035, 1, 1), name=hostile, source="%s"))
    assert plain.fetch(Holiday, name=hostile, source="%s") is not None


@pytest.mark.parametrize(("lock", "said"), [("", ""), ("update", "FOR UPDATE"), ("change", "FOR NO KEY UPDATE")])
def test_a_lock_is_asked_for_as_told(lock: str, said: str) -> None:
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        plain.fetch(Holiday, lock=lock, pk=-1)
    (statement,) = [one["sql"] for one in asked.captured_queries if "SELECT" in one["sql"]]
    assert statement.endswith(said) if said else "FOR" not in statement
