"""Hash chains over append-only rows, made after commit by one sealer, so that nobody waits for a chain head."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
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


def hash_of(rows: Iterable[bytes], previous: str) -> str:
    """The hash of a link: the seal before, then each row's text in order."""
    digest = hashlib.sha256(previous.encode())
    for row in rows:
        digest.update(row)
    return digest.hexdigest()


def is_sealer(lock: int) -> bool:
    """Whether this transaction is the one sealer of a kind of chain; who is not comes again at the next turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        return bool(cursor.fetchone()[0])


def add_link(chain: str, ids: list[int], rows: Iterable[bytes], at: datetime) -> Seal:
    """Seal these committed rows, ids ascending, after whatever the chain ends with. The sealer alone calls this."""
    last = Seal.objects.filter(chain=chain).order_by("-seq").first()
    previous = last.hash if last else ""
    return Seal.objects.create(
        chain=chain,
        seq=last.seq + 1 if last else 1,
        first_id=ids[0],
        last_id=ids[-1],
        row_ids=_as_ranges(ids),
        previous=previous,
        hash=hash_of(rows, previous),
        at=at,
    )


def broken_links(chain: str, rows_of: Callable[[Seal], Iterable[bytes]], what: str) -> Iterator[str]:
    """Every seal follows the one before, and the rows it covers still have the hash they had."""
    previous, seq = "", 0
    for link in Seal.objects.filter(chain=chain).order_by("seq").iterator():
        seq += 1
        if link.seq != seq or link.previous != previous:
            yield f"Seal {link.seq} of chain {chain} does not follow seal {seq - 1}."
        if hash_of(rows_of(link), link.previous) != link.hash:
            yield f"{what} {link.first_id} to {link.last_id} are not what seal {link.seq} was made over."
        previous, seq = link.hash, link.seq


def sealed_ids(chain: str) -> set[int]:
    """Every id that stands in a seal of the chain."""
    links = Seal.objects.filter(chain=chain).values_list("row_ids", flat=True)
    return {row_id for ranges in links for low, high in ranges for row_id in range(low, high + 1)}


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
        if not is_sealer(_LOCK):
            return 0
        owed = Delivery.objects.filter(listener=SEALER, state=Delivery.State.PENDING).order_by("event_id")[:limit]
        ids = list(owed.values_list("event_id", flat=True))
        if not ids:
            return 0
        records = EventRecord.objects.filter(pk__in=ids).order_by("pk")
        add_link(CHAIN, ids, map(row_text, records), at)
        Delivery.objects.filter(listener=SEALER, event_id__in=ids).update(state=Delivery.State.DONE)
        return len(ids)


def _rows_of(link: Seal) -> Iterator[bytes]:
    for span in link.row_ids:
        yield from map(row_text, EventRecord.objects.filter(pk__range=span).order_by("pk"))


@check("events: the chain of seals holds")
def broken_seals() -> Iterator[str]:
    """Every seal follows the one before, and the rows it covers still have the hash they had."""
    return broken_links(CHAIN, _rows_of, "Events")


@check("events: nothing outside the seals but the fresh tail")
def unsealed_strays() -> Iterator[str]:
    """An event is either in a seal or still owed to the sealer; a third kind was written past the front door."""
    sealed = sealed_ids(CHAIN)
    waiting = Delivery.objects.filter(listener=SEALER, state=Delivery.State.PENDING)
    owed = set(waiting.values_list("event_id", flat=True))
    for row_id in EventRecord.objects.order_by("pk").values_list("pk", flat=True).iterator():
        if row_id not in sealed and row_id not in owed:
            yield f"Event {row_id} is in no seal and is not waiting for one."
