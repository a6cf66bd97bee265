"""What the auditor relies on: the log only grows, and a rewritten row is named."""

import pytest
from django.conf import settings
from django.db import Error, connection, transaction

from city.kernel import events, seals
from city.kernel.ids import new_id
from city.kernel.models import EventRecord, Seal
from city.kernel.tests.make import CLOCK, NOON, LampLit


def light(times: int) -> None:
    for _ in range(times):
        with transaction.atomic():
            events.publish(LampLit(lamp_id=new_id()), by=CLOCK, at=NOON)


def broken() -> list[str]:
    return [*seals.broken_seals(), *seals.unsealed_strays()]


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE kernel_eventrecord SET actor = 'person:other'",
        "DELETE FROM kernel_eventrecord",
        "TRUNCATE kernel_eventrecord CASCADE",
        "UPDATE kernel_seal SET hash = ''",
        "DELETE FROM kernel_erasedsubject",
    ],
)
@pytest.mark.django_db
def test_the_applications_role_cannot_rewrite_the_log(sentence: str) -> None:
    light(1)
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sentence)


@pytest.mark.django_db
def test_the_auditor_reads_the_log_and_nothing_that_opens_something_else() -> None:
    tables = [*settings.DB_SECRETS, "kernel_eventrecord"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT t, has_table_privilege('city_auditor', t, 'SELECT') FROM unnest(%s::text[]) t", [tables])
        rights = dict(cursor.fetchall())
    assert [table for table, may_read in rights.items() if may_read] == ["kernel_eventrecord"]
    assert set(rights) == set(tables)


@pytest.mark.django_db
def test_seals_follow_one_another_over_every_event() -> None:
    light(3)
    assert seals.seal(NOON) == 3
    light(2)
    assert seals.seal(NOON) == 2
    assert seals.seal(NOON) == 0
    first, second = Seal.objects.order_by("seq")
    assert second.previous == first.hash
    assert broken() == []


@pytest.mark.django_db
def test_the_fresh_tail_is_no_fault() -> None:
    light(2)
    assert broken() == []


@pytest.mark.django_db
def test_a_row_that_differs_from_its_seal_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    light(2)
    seals.seal(NOON)
    honest = seals.row_text
    target = EventRecord.objects.latest("pk").pk

    def forged(record: EventRecord) -> bytes:
        record.actor = "person:other" if record.pk == target else record.actor
        return honest(record)

    monkeypatch.setattr(seals, "row_text", forged)
    assert len(broken()) == 1
    assert "seal 1" in broken()[0]


@pytest.mark.django_db
def test_an_event_written_past_the_front_door_is_named() -> None:
    stray = EventRecord.objects.create(
        name="LampLit", subject_kind="lamp", subject_id=new_id(), data={}, actor="nobody", at=NOON
    )
    assert broken() == [f"Event {stray.pk} is in no seal and is not waiting for one."]
