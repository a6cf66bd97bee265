"""Hash chains over append-only rows, made after commit by one sealer, so that nobody waits for a chain head."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from city.kernel.checks import check
from city.kernel.events import SEALER
from city.kernel.models import Delivery, EventRecord, Seal
from city.kernel.pulse import every

CHAIN = "events"
_LOCK = 7_301_001  # advisory lock: one sealer at a time in the whole city


def row_text(record: EventRecord) -> bytes:
    """The row as it is hashed: every column, keys sorted, so that one changed byte shows."""
    row = [
        record.pk,
        str(record.uid),
        record.name,
        record.subject_kind,
        str(record.subject_id),
        record.data,
        record.actor,
        record.at.isoformat(),
    ]
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(records: list[EventRecord], previous: str) -> str:
    digest = hashlib.sha256(previous.encode())
    for record in records:
        digest.update(row_text(record))
    return digest.hexdigest()


def _as_ranges(ids: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for row_id in ids:
        if ranges and row_id == ranges[-1][1] + 1:
            ranges[-1][1] = row_id
        else:
            ranges.append([row_id, row_id])
    return ranges


@every(seconds=5)
def seal(at: datetime, limit: int = 5000) -> int:
    """Seal the committed events that are not sealed yet; returns how many."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        owed = Delivery.objects.filter(listener=SEALER, state=Delivery.State.PENDING).order_by("event_id")[:limit]
        ids = list(owed.values_list("event_id", flat=True))
        if not ids:
            return 0
        last = Seal.objects.filter(chain=CHAIN).order_by("-seq").first()
        records = list(EventRecord.objects.filter(pk__in=ids).order_by("pk"))
        previous = last.hash if last else ""
        Seal.objects.create(
            chain=CHAIN,
            seq=last.seq + 1 if last else 1,
            first_id=ids[0],
            last_id=ids[-1],
            row_ids=_as_ranges(ids),
            previous=previous,
            hash=hash_of(records, previous),
            at=at,
        )
        Delivery.objects.filter(listener=SEALER, event_id__in=ids).update(state=Delivery.State.DONE)
        return len(ids)


def _rows_of(link: Seal) -> list[EventRecord]:
    spans = (EventRecord.objects.filter(pk__range=span).order_by("pk") for span in link.row_ids)
    return [record for span in spans for record in span]


@check("events: the chain of seals holds")
def broken_seals() -> Iterator[str]:
    """Every seal follows the one before, and the rows it covers still have the hash they had."""
    previous, seq = "", 0
    for link in Seal.objects.filter(chain=CHAIN).order_by("seq").iterator():
        seq += 1
        if link.seq != seq or link.previous != previous:
            yield f"Seal {link.seq} of chain {CHAIN} does not follow seal {seq - 1}."
        if hash_of(_rows_of(link), link.previous) != link.hash:
            yield f"Events {link.first_id} to {link.last_id} are not what seal {link.seq} was made over."
        previous, seq = link.hash, link.seq


@check("events: nothing outside the seals but the fresh tail")
def unsealed_strays() -> Iterator[str]:
    """An event is either in a seal or still owed to the sealer; a third kind was written past the front door."""
    links = Seal.objects.filter(chain=CHAIN).values_list("row_ids", flat=True)
    sealed = {row_id for ranges in links for low, high in ranges for row_id in range(low, high + 1)}
    waiting = Delivery.objects.filter(listener=SEALER, state=Delivery.State.PENDING)
    owed = set(waiting.values_list("event_id", flat=True))
    for row_id in EventRecord.objects.order_by("pk").values_list("pk", flat=True).iterator():
        if row_id not in sealed and row_id not in owed:
            yield f"Event {row_id} is in no seal and is not waiting for one."
