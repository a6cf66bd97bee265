"""Facts that happened.

`publish` writes one row in the caller's transaction, and one delivery row for each listener. The worker delivers after
commit, at least once, oldest first within a subject. A listener runs in a transaction with its delivery row, so what it
writes here is written once; what it does elsewhere it must make safe to repeat.
"""

import dataclasses
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from city.kernel.actor import Actor
from city.kernel.ids import new_id
from city.kernel.models import Delivery, EventRecord
from city.kernel.pulse import every

log = logging.getLogger(__name__)
PATIENCE = 8  # tries before a delivery is parked and an operator is told
SEALER = "kernel.seal"  # the sealer is owed every event, like a listener


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. Subclass it in `<app>/events.py`; every field is an id, a code, a date or a number."""

    subject_kind: ClassVar[str]

    @property
    def subject_id(self) -> UUID:
        """Whose timeline this stands in; deliveries keep their order within it."""
        raise NotImplementedError


E = TypeVar("E", bound=Event)
Listener = Callable[[Any, EventRecord], None]

_types: dict[str, type[Event]] = {}
_listeners: dict[str, dict[str, Listener]] = defaultdict(dict)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if value is None or isinstance(value, (str, int, bool, list, tuple)):
        return value
    raise TypeError(f"an event holds ids, codes, dates and numbers, not {type(value).__name__}")


# A fact and what is owed of it in one journey: every transition makes it.
_PUBLISH = """
    WITH fact AS (
        INSERT INTO kernel_eventrecord (uid, name, subject_kind, subject_id, data, actor, at)
        VALUES (%(uid)s, %(name)s, %(subject_kind)s, %(subject_id)s, %(data)s, %(actor)s, %(at)s)
        RETURNING id, subject_id, recorded_at
    ), owed AS (
        INSERT INTO kernel_delivery (listener, event_id, stream, state, attempts, error)
        SELECT listener, fact.id, fact.subject_id, 'pending', 0, '' FROM fact, unnest(%(owed)s::text[]) AS listener
    )
    SELECT id, recorded_at FROM fact
"""


def publish(event: Event, *, by: Actor, at: datetime) -> EventRecord:
    """Record a fact, in the caller's transaction. Raises RuntimeError outside one: a fact without its rows is a lie."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish inside the transaction that makes it true")
    name = type(event).__name__
    told: dict[str, Any] = {
        "uid": new_id(),
        "name": name,
        "subject_kind": event.subject_kind,
        "subject_id": event.subject_id,
        "data": {f.name: _plain(getattr(event, f.name)) for f in dataclasses.fields(event)},
        "actor": by.ref,
        "at": at,
    }
    sent: dict[str, Any] = {**told, "data": Jsonb(told["data"]), "owed": [SEALER, *_listeners[name]]}
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISH, sent)
        number, recorded_at = cursor.fetchone()
    return EventRecord(id=number, recorded_at=recorded_at, **told)


def listens(to: type[E]) -> Callable[[Callable[[E, EventRecord], None]], Callable[[E, EventRecord], None]]:
    """Declare a listener in `<app>/listeners.py`: `def tell_applicant(event, record)`."""

    def keep(listener: Callable[[E, EventRecord], None]) -> Callable[[E, EventRecord], None]:
        _types[to.__name__] = to
        _listeners[to.__name__][f"{listener.__module__}.{listener.__name__}"] = listener
        return listener

    return keep


_READERS: dict[Any, Callable[[str], Any]] = {
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def as_event(record: EventRecord, kind: type[E]) -> E:
    """The typed event of a row; UUIDs and dates are read back from their text."""
    values = {}
    for field in dataclasses.fields(kind):
        value = record.data.get(field.name)
        if value is not None:
            read = _READERS.get(_bare(field.type))
            value = read(value) if read else value
        values[field.name] = value
    return kind(**values)


def _bare(annotation: Any) -> Any:
    for kind in (UUID, datetime, date):
        if annotation in (kind, kind | None):
            return kind
    return annotation


_DUE = """
    SELECT d.id FROM kernel_delivery d
    WHERE d.state = 'pending' AND d.listener <> %s AND d.next_try_at <= now()
      AND NOT EXISTS (SELECT 1 FROM kernel_delivery b WHERE b.state <> 'done' AND b.listener = d.listener
                      AND b.stream = d.stream AND b.event_id < d.event_id)
    ORDER BY d.event_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
"""


def _deliver_one() -> bool:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_DUE, [SEALER])
            row = cursor.fetchone()
        if row is None:
            return False
        delivery = Delivery.objects.select_related("event").get(pk=row[0])
        record = delivery.event
        listener = _listeners[record.name].get(delivery.listener)
        try:
            with transaction.atomic():
                if listener is not None:
                    listener(as_event(record, _types[record.name]), record)
        except Exception as error:
            log.exception("listener %s failed on event %s", delivery.listener, record.pk)
            _put_off(delivery, error)
        else:
            delivery.state = Delivery.State.DONE
            delivery.error = "" if listener else "no such listener any more"
            delivery.save(update_fields=["state", "error"])
    return True


def _put_off(delivery: Delivery, error: Exception) -> None:
    delivery.attempts += 1
    delivery.error = f"{type(error).__name__}"  # the text may hold personal data: the log line has the trace
    delivery.state = Delivery.State.PARKED if delivery.attempts >= PATIENCE else Delivery.State.PENDING
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now = cursor.fetchone()[0]
    delivery.next_try_at = now + timedelta(seconds=2**delivery.attempts)
    delivery.save(update_fields=["attempts", "error", "state", "next_try_at"])


@every(seconds=0.5)
def deliver_pending(at: datetime | None = None, limit: int = 500) -> int:
    """Hand out what is owed, oldest first within each subject; returns how many were tried."""
    count = 0
    while count < limit and _deliver_one():
        count += 1
    return count
