"""Limits that hold across all web processes: one row per thing counted, changed by one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from city.kernel.keyring import blind_index
from city.people.models import Tally

_COUNT = """
    INSERT INTO people_tally AS t (key, count, since) VALUES (%(key)s, 1, %(at)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN t.since <= %(begun)s THEN 1 ELSE t.count + 1 END,
        since = CASE WHEN t.since <= %(begun)s THEN %(at)s ELSE t.since END
    RETURNING count, since
"""
_TAKE_BACK = "UPDATE people_tally SET count = greatest(count - 1, 0) WHERE key = %s"


@dataclass(frozen=True)
class Limit:
    """So many tries of one thing within a span that begins with the first of them."""

    what: str
    most: int
    span: timedelta


def key_of(what: str, whom: str) -> str:
    """Addresses are counted by fingerprint: the table names nobody."""
    return f"{what}:{blind_index(whom, purpose='tally')}"


def count(key: str, *, limit: int, span: timedelta, at: datetime) -> bool:
    """Count one more; False when that is more than `limit` within `span`."""
    return _counted(key, span, at)[0] <= limit


def spend(limit: Limit, whom: str, *, at: datetime) -> datetime | None:
    """Count one more try by somebody; None, or the moment from which she may try again. Call it outside a transaction
    that may be rolled back."""
    tried, since = _counted(key_of(limit.what, whom), limit.span, at)
    return None if tried <= limit.most else since + limit.span


def give_back(limit: Limit, whom: str) -> None:
    """The try turned out harmless."""
    take_back(key_of(limit.what, whom))


def _counted(key: str, span: timedelta, at: datetime) -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "at": at, "begun": at - span})
        tried, since = cursor.fetchone()
    return int(tried), since


def take_back(key: str) -> None:
    """What was counted turned out harmless: a right password."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, [key])


def forget_before(moment: datetime) -> int:
    """Drop counts begun before a moment; returns how many."""
    return Tally.objects.filter(since__lt=moment).delete()[0]
