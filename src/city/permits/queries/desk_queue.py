"""The officers' queue: whose file, why it is here, how many working days are left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from city.cases.declare import KINDS
from city.cases.models import State
from city.cases.queries import buckets_of, queue_counts, queue_rows
from city.kernel.actor import Actor
from city.kernel.queries import working_calendar
from city.kernel.rules import WIB, WorkingCalendar

MOST = 100  # counting stops here; a page shows "99+"

_BUCKETS: Mapping[str, Any] = {
    "verify": gettext_lazy("Kelengkapan"),
    "examine": gettext_lazy("Isi berkas"),
    "review": gettext_lazy("Kajian"),
    "draft": pgettext_lazy("antrean", "Konsep"),
    "initial": pgettext_lazy("antrean", "Paraf"),
    "sign": gettext_lazy("Tanda tangan"),
    "waiting": gettext_lazy("Menunggu pemohon"),
    "all": gettext_lazy("Semua"),
}
_TYPES: Mapping[str, Any] = {
    "new": pgettext_lazy("permohonan", "Baru"),
    "renewal": gettext_lazy("Perpanjangan"),
    "amendment": gettext_lazy("Perubahan"),
    "duplicate": gettext_lazy("Salinan"),
    "closure": gettext_lazy("Penutupan"),
}


def type_words(application_type: str) -> str:
    """How an application type is called ("Perpanjangan")."""
    return str(_TYPES.get(application_type, application_type))


def state_words(state: str) -> str:
    return str(State(state).label)


@dataclass(frozen=True)
class Bucket:
    """One part of the desk. `count` is words ("8", "99+"), empty where nobody counts."""

    code: str
    words: str
    count: str


@dataclass(frozen=True)
class QueueRow:
    """One file in the queue. `left` is working days after today until `urgent_on`, negative when it has passed."""

    id: UUID
    receipt: str
    title: str
    applicant: str
    state: str
    type: str
    urgent_on: date
    left: int
    submitted_on: date | None
    closed: bool

    @property
    def late(self) -> bool:
        return self.left < 0

    @property
    def left_words(self) -> str:
        """What stands under the number."""
        if self.left < 0:
            return _("lewat")
        return _("hari ini") if self.left == 0 else ngettext("hari", "hari", self.left)


@dataclass(frozen=True)
class QueuePage:
    """A page of one bucket and the other buckets beside it."""

    bucket: Bucket
    buckets: list[Bucket]
    rows: list[QueueRow]
    next_key: str

    @property
    def today(self) -> int:
        """How many of the rows shown are due today or late."""
        return sum(row.left <= 0 for row in self.rows if not row.closed)


def working_days_left(day: date, today: date, calendar: WorkingCalendar) -> int:
    """Working days after today up to the day; below zero, how many have passed since."""
    if day >= today:
        return len(calendar.days_between(today + timedelta(days=1), day))
    return -max(1, len(calendar.days_between(day + timedelta(days=1), today)))


def desk_queue(actor: Actor, *, bucket: str, after: str, at: datetime, size: int = 50) -> QueuePage:
    """The bucket asked for, or the first that has something to do. Refuses (403) whoever has no part in any."""
    counts = queue_counts(actor, at, MOST)
    buckets = [_bucket(code, counts.get(code)) for code in buckets_of(actor)]
    if not buckets:
        actor.require("permits.verify")
    chosen = next((one for one in buckets if one.code == bucket), None) or _first_with_work(buckets, counts)
    page = queue_rows(actor, bucket=chosen.code, after=after, at=at, size=size)
    calendar, today = working_calendar(), at.astimezone(WIB).date()
    rows = [_row(row, calendar, today) for row in page.rows]
    return QueuePage(chosen, buckets, rows, page.next_key)


def _first_with_work(buckets: list[Bucket], counts: Mapping[str, int]) -> Bucket:
    return next((one for one in buckets if counts.get(one.code)), buckets[0])


def _bucket(code: str, count: int | None) -> Bucket:
    words = "" if count is None else f"{MOST - 1}+" if count >= MOST else str(count)
    return Bucket(code, str(_BUCKETS[code]), words)


def _row(row: Mapping[str, Any], calendar: WorkingCalendar, today: date) -> QueueRow:
    kind = KINDS.get(row["kind"])
    submitted = row["submitted_at"]
    return QueueRow(
        id=row["id"],
        receipt=row["receipt"] or "",
        title=str(kind.spec.name) if kind else row["kind"],
        applicant=row["applicant__name"],
        state=state_words(row["state"]),
        type=type_words(row["application_type"]),
        urgent_on=row["urgent_on"],
        left=working_days_left(row["urgent_on"], today, calendar),
        submitted_on=submitted.astimezone(WIB).date() if submitted else None,
        closed=row["turn"] == "",
    )
