"""An event is written with the change that made it true, once, and reaches every listener in order."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection, transaction

from city.kernel import events
from city.kernel.ids import new_id
from city.kernel.models import Delivery, EventRecord
from city.kernel.tests.make import CLOCK, NOON, LampLit


@pytest.fixture
def heard() -> Iterator[list[tuple[UUID, int]]]:
    """What one listener heard, in order; it fails on brightness 13."""
    told: list[tuple[UUID, int]] = []

    def tell(event: LampLit, record: EventRecord) -> None:
        if event.brightness == 13:
            raise ValueError("too bright")
        told.append((event.lamp_id, event.brightness))

    events.listens(to=LampLit)(tell)
    yield told
    events._listeners["LampLit"].clear()


def light(lamp: UUID, brightness: int = 1) -> EventRecord:
    with transaction.atomic():
        return events.publish(LampLit(lamp_id=lamp, brightness=brightness), by=CLOCK, at=NOON)


@pytest.mark.django_db(transaction=False)
def test_an_event_keeps_ids_actor_and_time() -> None:
    lamp = new_id()
    record = light(lamp, 3)
    assert (record.name, record.subject_id, record.actor, record.at) == ("LampLit", lamp, "system:clock", NOON)
    assert record.data == {"lamp_id": str(lamp), "brightness": 3}
    assert events.as_event(record, LampLit) == LampLit(lamp_id=lamp, brightness=3)


def test_publishing_outside_a_transaction_is_refused(own_city: str) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        events.publish(LampLit(lamp_id=new_id()), by=CLOCK, at=NOON)


def test_a_rolled_back_change_leaves_no_event(own_city: str, heard: list[tuple[UUID, int]]) -> None:
    with transaction.atomic():
        light(new_id())
        transaction.set_rollback(True)
    assert events.deliver_pending() == 0
    assert not EventRecord.objects.exists()


def test_listeners_hear_a_subject_in_order_and_once(own_city: str, heard: list[tuple[UUID, int]]) -> None:
    lamp = new_id()
    for brightness in (1, 2, 3):
        light(lamp, brightness)
    events.deliver_pending()
    events.deliver_pending()
    assert heard == [(lamp, 1), (lamp, 2), (lamp, 3)]


def test_a_failing_event_holds_back_its_own_stream_alone(own_city: str, heard: list[tuple[UUID, int]]) -> None:
    broken, sound = new_id(), new_id()
    light(broken, 13)
    light(broken, 2)
    light(sound, 1)
    events.deliver_pending()
    assert heard == [(sound, 1)]
    stuck = Delivery.objects.get(event__subject_id=broken, event__data__brightness=13, listener__contains="tell")
    assert (stuck.state, stuck.attempts, stuck.error) == ("pending", 1, "ValueError")


def test_after_eight_tries_a_delivery_is_parked(own_city: str, heard: list[tuple[UUID, int]]) -> None:
    light(new_id(), 13)
    for _ in range(events.PATIENCE + 2):
        Delivery.objects.update(next_try_at=NOON - timedelta(days=365))
        events.deliver_pending()
    stuck = Delivery.objects.exclude(listener=events.SEALER).get()
    assert (stuck.state, stuck.attempts) == ("parked", events.PATIENCE)


def test_four_workers_deliver_each_event_once(own_city: str, heard: list[tuple[UUID, int]]) -> None:
    lamps = [new_id() for _ in range(10)]
    for brightness in (1, 2):
        for lamp in lamps:
            light(lamp, brightness)

    def work() -> None:
        try:
            for _ in range(20):
                events.deliver_pending()
        finally:
            connection.close()

    crew = [Thread(target=work) for _ in range(4)]
    for worker in crew:
        worker.start()
    for worker in crew:
        worker.join()
    assert sorted(heard) == sorted((lamp, b) for lamp in lamps for b in (1, 2))
    assert all(heard.index((lamp, 1)) < heard.index((lamp, 2)) for lamp in lamps)
